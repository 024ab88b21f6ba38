// `debrief admin`: its words are the server room's; here they are only handed over and the answer shown.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "platform/cli/run_commands.hpp"
#include "platform/cli/words.hpp"
#include "platform/server/admin.hpp"

namespace debrief::platform::cli {

Outcome run_admin(Context& context, const Arguments& arguments) {
    std::string data;
    std::vector<std::string> words;
    const std::vector<std::string> typed = arguments.list("words");
    for (std::size_t i = 0; i < typed.size(); ++i) {
        if (typed[i] == "--data" && i + 1 < typed.size()) {
            data = typed[++i];
        } else if (typed[i].rfind("--data=", 0) == 0) {
            data = typed[i].substr(7);
        } else {
            words.push_back(typed[i]);
        }
    }
    if (data.empty()) {
        return core::Error{core::Errc::invalid,
                           "'debrief admin' needs --data DIR. It works on the server's own folder.", "data",
                           "debrief admin --data DIR user list"};
    }
    if (words.empty()) {
        return core::Error{core::Errc::invalid,
                           "It does not say what to do. An administrator's commands are listed in the help.", "words",
                           "debrief help admin"};
    }
    auto result = admin(data, words);
    if (!result) {
        auto failure = failure_of(result.error());
        // As with every other command, a name that fits nothing, or several, is wrong usage.
        if (result.error().code == core::Errc::not_found) failure.code = ExitCode::usage;
        if (result.error().hint.empty()) failure.next = "debrief admin --data DIR user list, team list, device list";
        return failure;
    }
    if (context.out.look().json) {
        context.out.json(*result);
        return ExitCode::done;
    }
    if (result->contains("anomalies")) {
        const auto has = [&words](const char* flag) {
            return std::find(words.begin(), words.end(), flag) != words.end();
        };
        print_import_report(context, *result, has("--dry-run"), has("--verbose"));
        return ExitCode::done;
    }
    const std::string text = text_of(*result, "text");
    // Not broken into lines: an invitation is there to be copied.
    if (!text.empty()) context.out.raw(text.back() == '\n' ? text : text + "\n");
    return ExitCode::done;
}

}  // namespace debrief::platform::cli
