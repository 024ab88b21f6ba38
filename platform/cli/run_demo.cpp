// `debrief demo`: from nothing to the first question of the bot, without a question about setting up.
#include <unistd.h>

#include <cstdlib>

#include <nlohmann/json.hpp>

#include "platform/cli/names.hpp"
#include "platform/cli/progress.hpp"
#include "platform/cli/run_commands.hpp"
#include "platform/cli/words.hpp"
#include "platform/sample/sample.hpp"

namespace debrief::platform::cli {
namespace {

using nlohmann::json;

/// A folder of its own for the sample, so that a trial never mixes with real work.
core::Result<std::string> sample_folder(const Environment& environment) {
    std::string base = environment.variable("TMPDIR").value_or("");
    if (base.empty()) base = "/tmp";
    std::string pattern = base + "/debrief-demo-XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr) {
        return core::Error{core::Errc::io, "No folder for the sample could be made in " + base + ".", "store",
                           "debrief demo --store FOLDER"};
    }
    return pattern;
}

/// The account whose meeting ended last and waits for its debrief.
core::Result<Named> account_to_debrief(Context& context, const std::string& now) {
    auto meetings = all_records(context, "meeting", {{"at", {{"less_equal", now}}}}, "-at");
    if (!meetings) return meetings.error();
    for (const auto& meeting : *meetings) {
        if (flag_of(meeting, "debriefed")) continue;
        const std::string id = text_of(meeting, "account");
        return Named{id, name_of_record(context, "account", id)};
    }
    auto accounts = all_records(context, "account", json::object(), "name");
    if (!accounts) return accounts.error();
    if (accounts->empty())
        return core::Error{core::Errc::internal, "The sample holds no account. It should hold 85.", "",
                           "debrief doctor"};
    return Named{text_of(accounts->front(), "id"), text_of(accounts->front(), "name")};
}

}  // namespace

Outcome run_demo(Context& context, const Arguments& arguments) {
    const bool own_folder = !context.globals.store && !context.environment.variable("DEBRIEF_HOME");
    if (own_folder) {
        auto folder = sample_folder(context.environment);
        if (!folder) return folder.error();
        context.folder = *folder;
    }
    const bool fresh = !context.store_exists();
    if (!context.out.look().json) {
        context.out.talk("Sample data in " + context.folder +
                         (own_folder ? " (delete the folder when you are done)" : "") + ".");
    }
    context.may_make_store = true;
    auto door = context.door();
    if (!door) return door.error();
    auto info = (*door)->call("system.info", json::object());
    if (!info) return info.error();
    if (fresh || (*info)["user"].is_null()) {
        auto made = (*door)->call("store.init", {{"workspace", "Sample"}, {"user", sample_people().rep}});
        if (!made) return made.error();
        const ProgressLine shown{context, *door, "Loading the sample"};
        auto loaded = (*door)->call("import", {{"format", "sample"}});
        if (!loaded) return loaded.error();
    }
    core::Result<Named> account = core::Error{};
    if (const auto typed = arguments.value("account")) {
        account = find_named(context, "account", *typed);
    } else {
        account = account_to_debrief(context, text_of(*info, "now"));
    }
    if (!account) return account.error();
    const std::string command = program_words(context) + " chat " + quoted_for_shell(account->name);
    if (arguments.flag("no-chat")) {
        if (context.out.look().json) {
            context.out.json({{"store", context.folder}, {"account", {{"id", account->id}, {"name", account->name}}}});
        } else {
            context.out.paragraph({Style::good, "The sample is ready. "}, {Style::plain, "Next:"});
            context.out.line("  " + command);
        }
        return ExitCode::done;
    }
    if (!context.out.look().json)
        context.out.talk("You come from a meeting with " + account->name + ". Go on later with:\n" + command);
    Arguments chat;
    chat.values["account"] = {account->id};
    return run_chat(context, chat);
}

}  // namespace debrief::platform::cli
