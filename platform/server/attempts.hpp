// Slows down guessing: an address that failed too often is turned away for a while.
#pragma once

#include <chrono>
#include <map>
#include <string>

namespace debrief::platform {

/// Threads: one owner. Remembers at most `addresses_max`; the least recent go first.
class Attempts {
public:
    using Time = std::chrono::steady_clock::time_point;
    static constexpr int failures_max = 10;
    static constexpr std::chrono::seconds forgiven_each{6};  ///< One failure is forgotten after so long.
    static constexpr std::size_t addresses_max = 10'000;

    void failed(const std::string& address, Time now);
    [[nodiscard]] bool admits(const std::string& address, Time now);

private:
    struct Seen {
        int failures = 0;
        Time since{};
    };
    void forgive(Seen& seen, Time now);
    std::map<std::string, Seen> seen_;
};

}  // namespace debrief::platform
