#include "platform/rpc/stdio.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdio>
#include <cstring>

#include <nlohmann/json.hpp>

#include "platform/app/rpc_errors.hpp"
#include "platform/rpc/json_rpc.hpp"
#include "platform/rpc/line_reader.hpp"

namespace debrief::platform {
namespace {

/// False once nobody reads any more.
class LineWriter {
public:
    LineWriter(int descriptor, const std::function<bool()>& stopped) : descriptor_(descriptor), stopped_(stopped) {}

    void write(std::string line) {
        line += '\n';
        std::string_view rest{line};
        while (open_ && !rest.empty()) {
            // A pipe that says it is writable takes so much without waiting: a reader who reads nothing must not keep
            // us from ending.
            pollfd waits{descriptor_, POLLOUT, 0};
            if (::poll(&waits, 1, 200) <= 0) {
                if (stopped_()) open_ = false;
                continue;
            }
            const auto count = ::write(descriptor_, rest.data(), std::min<std::size_t>(rest.size(), PIPE_BUF));
            if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
            if (count <= 0) {
                open_ = false;
                // A reader that went away is an ordinary end; an answer that finds no room is not.
                if (count < 0 && errno != EPIPE) failure_ = errno;
                return;
            }
            rest.remove_prefix(static_cast<std::size_t>(count));
        }
    }
    [[nodiscard]] bool is_open() const { return open_; }
    [[nodiscard]] int failure() const { return failure_; }  ///< An errno, 0 if all was written.

private:
    int descriptor_;
    const std::function<bool()>& stopped_;
    bool open_ = true;
    int failure_ = 0;
};

bool is_blank(const std::string& text) {
    return text.find_first_not_of(" \t\r") == std::string::npos;
}

}  // namespace

int serve_stdio(App& app, int input, int output, const std::function<bool()>& stop) {
    // A reader that went away is an ordinary end, not a reason to die with a signal.
    std::signal(SIGPIPE, SIG_IGN);
    const std::function<bool()> stopped = [&stop] { return stop && stop(); };
    LineWriter writer{output, stopped};
    app.on_notification([&writer](const std::string& method, const nlohmann::json& params) {
        writer.write(rpc_notification(method, params));
    });
    {
        LineReader reader{input, rpc_line_max, 2 * rpc_line_max, [&app] { app.wake(); }};
        while (!reader.ended() && writer.is_open() && !stopped()) {
            if (const auto line = reader.take()) {
                if (line->too_long) {
                    writer.write(rpc_refusal(rpc_invalid_request, "This line has more than 16 MiB.",
                                             "Send less at a time, or give 'path' instead of 'text'."));
                } else if (!is_blank(line->text)) {
                    if (auto answer = app.handle(line->text); !answer.empty()) writer.write(std::move(answer));
                }
                app.poll(std::chrono::milliseconds{0});
                continue;
            }
            app.poll(std::chrono::milliseconds{200});
        }
    }
    app.on_notification({});
    if (stopped()) return 3;
    if (writer.failure() == 0) return 0;
    std::fprintf(stderr, "debrief: An answer could not be written: %s.\n", std::strerror(writer.failure()));
    return 1;
}

}  // namespace debrief::platform
