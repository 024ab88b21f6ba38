// A conversation through a pipe: one line in, the bot's lines out. The end of the input is no "stop": it goes on next
// time.
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <optional>

#include "platform/cli/chat.hpp"

namespace debrief::platform::cli {
namespace {

// A record's text ends at 64 KiB; a longer line is read to its end, refused by the façade and not kept in memory whole.
constexpr std::size_t line_bytes_max = 16U << 20U;

/// Lines of standard input; while none is there, `idle` runs.
class Lines {
public:
    std::optional<std::string> next(const std::function<void()>& idle) {
        for (;;) {
            if (const auto end = buffer_.find('\n', searched_); end != std::string::npos) {
                std::string line = buffer_.substr(0, end);
                buffer_.erase(0, end + 1);
                searched_ = 0;
                if (!line.empty() && line.back() == '\r') line.pop_back();
                return line;
            }
            searched_ = buffer_.size();
            if (over_ || interrupted()) {
                if (buffer_.empty() || interrupted()) return std::nullopt;
                searched_ = 0;
                return std::exchange(buffer_, {});
            }
            pollfd input{STDIN_FILENO, POLLIN, 0};
            const int ready = ::poll(&input, 1, 50);
            if (ready == 0) {
                idle();
                continue;
            }
            if (ready < 0) continue;
            std::array<char, 65536> bytes{};
            const auto got = ::read(STDIN_FILENO, bytes.data(), bytes.size());
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) {
                over_ = true;
            } else if (buffer_.size() < line_bytes_max) {
                buffer_.append(bytes.data(), static_cast<std::size_t>(got));
            } else {
                const std::string_view more{bytes.data(), static_cast<std::size_t>(got)};
                if (const auto end = more.find('\n'); end != std::string_view::npos) buffer_.append(more.substr(end));
            }
        }
    }

private:
    std::string buffer_;
    std::size_t searched_ = 0;
    bool over_ = false;
};

}  // namespace

Outcome chat_with_pipe(Context& context, Door& door, Chat& chat, bool echo) {
    watch_for_interruption();
    door.on_notification([&](const std::string& method, const nlohmann::json& params) {
        if (const auto words = chat.noticed(method, params); !words.empty()) context.out.talk(words);
    });
    Lines lines;
    ExitCode worst = ExitCode::done;
    const auto idle = [&] { door.poll(std::chrono::milliseconds{0}); };
    while (const auto line = lines.next(idle)) {
        if (echo) context.out.paragraph({Style::dim, "> "}, {Style::dim, *line});
        const Chat::Done done = chat.line(*line);
        if (done.code != ExitCode::done) worst = done.code;
        if (done.next == Chat::Next::quit) break;
        if (done.next == Chat::Next::over) {
            // What is left over was meant for somebody: say that nobody heard it.
            std::size_t unheard = 0;
            while (const auto rest = lines.next(idle)) {
                if (!rest->empty()) ++unheard;
            }
            if (unheard > 0) {
                context.out.talk("The conversation was over; " + std::to_string(unheard) +
                                 " more lines were not said.");
                worst = ExitCode::failed;
            }
            break;
        }
    }
    door.on_notification({});
    chat.farewell();
    return interrupted() ? ExitCode::cancelled : worst;
}

}  // namespace debrief::platform::cli
