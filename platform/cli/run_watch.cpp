// `debrief watch`: connects, waits, shows.
#include <chrono>
#include <deque>
#include <utility>

#include "platform/cli/run_commands.hpp"
#include "platform/cli/watch.hpp"
#include "platform/cli/words.hpp"

namespace debrief::platform::cli {

using nlohmann::json;

Outcome run_watch(Context& context, const Arguments& arguments) {
    auto door = context.door();
    if (!door) return door.error();
    Watch watch{context, **door};
    if (auto remembered = watch.remember_present(); !remembered) return remembered.error();

    watch_for_interruption();
    // Notifications come inside a call or a poll, where no other call may be made: they wait here.
    std::deque<std::pair<std::string, json>> waiting;
    (*door)->on_notification(
        [&](const std::string& method, const json& params) { waiting.emplace_back(method, params); });
    if (!arguments.flag("offline")) {
        auto status = (*door)->call("sync.status", json::object());
        if (!status) return status.error();
        if (flag_of(*status, "enrolled")) {
            auto connected = (*door)->call("sync.connect", json::object());
            if (!connected) return connected.error();
        }
    }
    context.out.talk("Watching. Ctrl-C ends it.");

    const auto count = arguments.number("count");
    const auto seconds = arguments.number("for");
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{seconds.value_or(0)};
    while (!interrupted()) {
        while (!waiting.empty()) {
            // A pane may have been resized since the last news.
            if (context.out.width() > 0) context.out.set_width(columns_now());
            const auto [method, params] = std::move(waiting.front());
            waiting.pop_front();
            watch.show(method, params);
            if (method == "sync" && params.contains("wiped")) {
                (*door)->on_notification({});
                return cut_off_error(params);
            }
            if (count && watch.observations_seen() >= *count) break;
        }
        if (count && watch.observations_seen() >= *count) break;
        if (seconds && std::chrono::steady_clock::now() >= end) break;
        (*door)->poll(std::chrono::milliseconds{100});
    }
    (*door)->on_notification({});
    // Ctrl-C is how a watch ends; but one that waited for a count and did not get it was cut short.
    if (interrupted()) return count ? ExitCode::cancelled : ExitCode::done;
    if (count && watch.observations_seen() < *count) {
        return Failure{"Only " + std::to_string(watch.observations_seen()) + " of " + std::to_string(*count) +
                           " observations arrived.",
                       "The time that --for gave was over.",
                       "debrief status",
                       ExitCode::failed,
                       "timeout",
                       "for"};
    }
    return ExitCode::done;
}

}  // namespace debrief::platform::cli
