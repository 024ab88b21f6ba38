#include "platform/rpc/line_reader.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <string_view>
#include <utility>

namespace debrief::platform {

LineReader::LineReader(int descriptor, std::size_t line_max, std::size_t waiting_max, std::function<void()> arrived)
    : descriptor_(descriptor), line_max_(line_max), waiting_max_(waiting_max), arrived_(std::move(arrived)) {
    if (::pipe2(stop_, O_CLOEXEC) != 0) stop_[0] = stop_[1] = -1;
    // Ctrl-C is for the thread that owns us: it waits in calls that a signal is to end.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    thread_ = std::thread{[this] { read(); }};
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

LineReader::~LineReader() {
    {
        const std::lock_guard lock{mutex_};
        stopping_ = true;
    }
    room_.notify_all();
    if (stop_[1] >= 0) ::close(stop_[1]);
    thread_.join();
    if (stop_[0] >= 0) ::close(stop_[0]);
}

void LineReader::add(ReadLine line) {
    {
        std::unique_lock lock{mutex_};
        room_.wait(lock, [this] { return waiting_ < waiting_max_ || stopping_; });
        waiting_ += line.text.size() + 1;
        lines_.push_back(std::move(line));
    }
    arrived_();
}

void LineReader::read() {
    std::array<char, 65536> block{};
    ReadLine line;
    for (;;) {
        std::array<pollfd, 2> waits{{{descriptor_, POLLIN, 0}, {stop_[0], POLLIN, 0}}};
        if (::poll(waits.data(), stop_[0] >= 0 ? 2 : 1, -1) < 0 && errno != EINTR) break;
        if (waits[1].revents != 0) break;
        if (waits[0].revents == 0) continue;
        const auto count = ::read(descriptor_, block.data(), block.size());
        if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (count <= 0) break;
        std::string_view rest{block.data(), static_cast<std::size_t>(count)};
        while (!rest.empty()) {
            const auto end = rest.find('\n');
            const auto piece = rest.substr(0, end);
            if (!line.too_long && line.text.size() + piece.size() > line_max_) line = {{}, true};
            if (!line.too_long) line.text += piece;
            if (end == std::string_view::npos) break;
            add(std::exchange(line, {}));
            rest.remove_prefix(end + 1);
        }
    }
    // A last line without its end is a line, too.
    if (line.too_long || !line.text.empty()) add(std::move(line));
    {
        const std::lock_guard lock{mutex_};
        at_end_ = true;
    }
    arrived_();
}

std::optional<ReadLine> LineReader::take() {
    std::optional<ReadLine> line;
    {
        const std::lock_guard lock{mutex_};
        if (lines_.empty()) return line;
        line = std::move(lines_.front());
        lines_.pop_front();
        waiting_ -= line->text.size() + 1;
    }
    room_.notify_all();
    return line;
}

bool LineReader::ended() {
    const std::lock_guard lock{mutex_};
    return at_end_ && lines_.empty();
}

}  // namespace debrief::platform
