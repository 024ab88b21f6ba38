// A process of its own for a server that a bench measures.
#pragma once

#include <csignal>
#include <ctime>

#include <sys/prctl.h>
#include <sys/wait.h>

#include "tests/bench/light_readers.hpp"

namespace debrief::bench {

/// A server in a process of its own, which ends with this object or with us.
class Child {
public:
    using SayPort = std::function<void(std::uint16_t)>;
    /// `serve` says its port, and then runs for ever.
    explicit Child(const std::function<void(const SayPort&)>& serve) {
        int ends[2];
        if (::pipe(ends) != 0) give_up("no pipe");
        process_ = ::fork();
        if (process_ == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            serve([&](std::uint16_t port) {
                if (::write(ends[1], &port, sizeof port) != sizeof port) std::_Exit(1);
            });
            std::_Exit(1);
        }
        ::close(ends[1]);
        if (process_ < 0 || ::read(ends[0], &port_, sizeof port_) != sizeof port_) give_up("a server does not start");
        ::close(ends[0]);
    }
    ~Child() {
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }
    /// Seconds on a processor so far.
    [[nodiscard]] double worked() const {
        clockid_t clock{};
        timespec time{};
        if (::clock_getcpuclockid(process_, &clock) != 0 || ::clock_gettime(clock, &time) != 0)
            give_up("no clock of a process");
        return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
    }

private:
    pid_t process_ = -1;
    std::uint16_t port_ = 0;
};

inline double milliseconds(SteadyTime from, SteadyTime to) {
    return std::chrono::duration<double, std::milli>(to - from).count();
}

/// Ends the bench if it takes too long.
template <typename Done, typename Work>
void until(const Done& done, const char* what, const Work& work) {
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds{20};
    while (!done()) {
        if (std::chrono::steady_clock::now() > limit) give_up(what);
        work();
    }
}
inline void doze() {
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
}

}  // namespace debrief::bench
