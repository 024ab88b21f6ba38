// `debrief admin`: its words are the server room's; here they are only handed over, to the server's folder or, from an
// administrator's device, to the server itself, and the answer is shown.
#include <algorithm>
#include <filesystem>

#include <nlohmann/json.hpp>

#include "platform/cli/nearest.hpp"
#include "platform/cli/progress.hpp"
#include "platform/cli/run_commands.hpp"
#include "platform/cli/words.hpp"
#include "platform/server/admin.hpp"

namespace debrief::platform::cli {

namespace {

/// "debrief admin" as whoever typed it would begin the next command.
std::string admin_words(const std::string& data) {
    return data.empty() ? "debrief admin " : "debrief admin --data " + quoted_for_shell(data) + " ";
}

/// What the server's room says to type next, as it is typed here: it does not know where its folder was named.
std::string to_be_typed(std::string text, const std::string& data) {
    constexpr std::string_view words = "debrief admin ";
    for (auto at = text.find(words); at != std::string::npos; at = text.find(words, at + words.size())) {
        const std::string_view behind = std::string_view{text}.substr(at + words.size());
        if (!behind.starts_with("--data")) text.replace(at, words.size(), admin_words(data));
    }
    return text;
}

/// Before the folder is opened: a typo must not make a workspace.
std::optional<Failure> unknown_command(const std::string& data, const std::vector<std::string>& words) {
    const auto names = admin_command_names();
    // What follows the command's own one or two words is not part of it.
    const std::string two = words.size() > 1 ? words[0] + " " + words[1] : words[0];
    const auto is_one = [&names](const std::string& name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    if (is_one(two) || is_one(words[0])) return std::nullopt;
    auto meant = nearest(two, names);
    if (!meant) meant = nearest(words[0], names);
    return Failure{"There is no administrator's command '" + two + "'.",
                   "'debrief help admin' lists them.",
                   meant ? "Did you mean: " + admin_words(data) + *meant + "?" : "debrief help admin",
                   ExitCode::usage,
                   "usage",
                   "words"};
}

/// On the server's folder. What takes its time shows how far it is, and can be broken off.
core::Result<nlohmann::json> at_the_folder(Context& context, const std::string& data, std::vector<std::string> words) {
    if (words[0] != "import" && words[0] != "sample") return admin(data, words);
    std::string label = "Loading the sample";
    if (words[0] == "import") {
        // The second that stands alone, after the format. A running server has a folder of its own to look from.
        std::vector<std::size_t> alone;
        for (std::size_t i = 1; i < words.size(); ++i) {
            if (words[i].rfind("--", 0) != 0) alone.push_back(i);
        }
        if (alone.size() == 2) {
            auto& path = words[alone[1]];
            std::error_code ignored;
            if (const auto full = std::filesystem::absolute(path, ignored); !ignored) path = full.string();
            label = "Importing " + name_of_input(path);
        }
    }
    ProgressLine shown{context, nullptr, label};
    return admin(data, words, {[&shown](std::size_t done, std::size_t of) { shown.take(done, of); }, interrupted});
}

/// From an administrator's device, over its connection to the server.
core::Result<nlohmann::json> at_the_server(Context& context, const std::vector<std::string>& words) {
    auto door = context.door();
    if (!door) return door.error();
    return (*door)->call("admin.run", {{"words", words}});
}

}  // namespace

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
    if (data.empty() && !context.store_exists()) {
        return core::Error{core::Errc::invalid,
                           "'debrief admin' needs --data DIR. It works on the server's own folder, or from the device "
                           "of an administrator who has joined.",
                           "data", "debrief admin --data DIR user list"};
    }
    if (words.empty()) {
        return core::Error{core::Errc::invalid,
                           "It does not say what to do. An administrator's commands are listed in the help.", "words",
                           "debrief help admin"};
    }
    if (auto failure = unknown_command(data, words)) return *failure;
    auto result = data.empty() ? at_the_server(context, words) : at_the_folder(context, data, words);
    if (!result) {
        auto failure = failure_of(result.error());
        // As with every other command, a name that fits nothing, or several, is wrong usage.
        if (result.error().code == core::Errc::not_found) failure.code = ExitCode::usage;
        if (result.error().hint.empty()) failure.next = admin_words(data) + "user list, team list, device list";
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
    const std::string text = to_be_typed(text_of(*result, "text"), data);
    // Not broken into lines: an invitation is there to be copied.
    if (!text.empty()) context.out.raw(text.back() == '\n' ? text : text + "\n");
    return ExitCode::done;
}

}  // namespace debrief::platform::cli
