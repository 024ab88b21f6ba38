// Help, version, completion.
#include <nlohmann/json.hpp>

#include "core/catalogue/catalogue.hpp"
#include "platform/app/version.hpp"
#include "platform/cli/help.hpp"
#include "platform/cli/names.hpp"
#include "platform/cli/nearest.hpp"
#include "platform/cli/run_commands.hpp"
#include "platform/cli/words.hpp"
#include "platform/server/admin.hpp"

namespace debrief::platform::cli {
namespace {

using nlohmann::json;

}  // namespace

Outcome run_help(Context& context, const Arguments& arguments) {
    const std::string wanted = arguments.joined("words");
    if (context.out.look().json) {
        const auto* command = find_command(wanted);
        auto page = wanted.empty() ? std::optional{overview_json()}
                    : command      ? std::optional{command_json(*command)}
                                   : topic_json(wanted);
        if (page && wanted == "admin") (*page)["details"] = admin_help();
        if (page) {
            context.out.json(*page);
            return ExitCode::done;
        }
    } else if (wanted.empty()) {
        show_overview(context.out);
        return ExitCode::done;
    } else if (const auto* command = find_command(wanted); command != nullptr) {
        show_command(context.out, *command);
        if (wanted == "admin") context.out.paragraph(admin_help());
        // `chat` is a command and a page.
        if (wanted == "chat") show_topic(context.out, wanted);
        return ExitCode::done;
    } else if (show_topic(context.out, wanted)) {
        return ExitCode::done;
    }
    std::vector<std::string> names;
    for (const auto& command : commands()) {
        if (!command.group.empty()) names.emplace_back(command.name);
    }
    for (const auto& topic : topics()) names.emplace_back(topic.name);
    const auto meant = nearest(wanted, names);
    return Failure{"There is no help on '" + wanted + "'.",
                   "Help knows the commands and a few topics.",
                   meant ? "Did you mean: debrief help " + *meant + "?" : "debrief help topics",
                   ExitCode::usage,
                   "usage",
                   "words"};
}

Outcome run_version(Context& context, const Arguments&) {
    if (context.out.look().json) {
        context.out.json(
            {{"version", program_version}, {"protocol", rpc_protocol}, {"catalogue", core::catalogue().version}});
    } else {
        context.out.line("debrief " + std::string{program_version});
    }
    return ExitCode::done;
}

Outcome run_completion(Context& context, const Arguments& arguments) {
    context.out.raw(completion_script(arguments.text("shell")));
    return ExitCode::done;
}

/// Answers TAB: names that begin with what is typed, one a line. Silent about everything else.
Outcome run_complete(Context& context, const Arguments& arguments) {
    if (!context.store_exists()) return ExitCode::done;
    const std::string kind = arguments.text("kind");
    const std::string table = kind == "contacts" ? "contact" : kind == "users" ? "user" : "account";
    auto records = all_records(context, table, json::object(), "name");
    if (!records) return ExitCode::done;
    std::string start = arguments.text("start");
    // The word as it stands in the shell may carry its quotes or backslashes.
    std::erase_if(start, [](char c) { return c == '\\' || c == '"' || c == '\''; });
    for (const auto& record : *records) {
        const std::string name = text_of(record, "name");
        const bool fits =
            name.size() >= start.size() && std::equal(start.begin(), start.end(), name.begin(), [](char a, char b) {
                return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
            });
        if (fits) context.out.line(name);
    }
    return ExitCode::done;
}

Outcome run_man(Context& context, const Arguments& arguments) {
    const std::string wanted = arguments.joined("words");
    const Command* command = wanted.empty() ? nullptr : find_command(wanted);
    if (!wanted.empty() && command == nullptr) {
        return Failure{"There is no command '" + wanted + "'.",
                       "A manual page is there for each command.",
                       "debrief help",
                       ExitCode::usage,
                       "usage",
                       "words"};
    }
    context.out.raw(manual_page(command));
    return ExitCode::done;
}

}  // namespace debrief::platform::cli
