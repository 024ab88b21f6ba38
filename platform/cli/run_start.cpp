// The first minutes: `debrief` alone, `init`, `join`.
#include <nlohmann/json.hpp>

#include "platform/cli/files.hpp"
#include "platform/cli/names.hpp"
#include "platform/cli/prompt.hpp"
#include "platform/cli/run_commands.hpp"
#include "platform/cli/words.hpp"

namespace debrief::platform::cli {
namespace {

using nlohmann::json;

const char* const first_accounts = "debrief add account NAME, or debrief import crm-csv FOLDER";

void greet_stranger(Context& context) {
    auto& out = context.out;
    out.paragraph({}, {Style::strong, "Debrief asks about your customer, after the meeting."});
    out.paragraph("This device has no store yet. Choose one:");
    out.paragraph({Style::accent, "  debrief demo      "},
                  {Style::plain, "try it now, with sample accounts; nothing to set up"});
    out.paragraph({Style::accent, "  debrief init      "}, {Style::plain, "a workspace of your own on this device"});
    out.paragraph({Style::accent, "  debrief join URL  "}, {Style::plain, "your team's workspace, with an invitation"});
    out.paragraph({Style::dim, "It will live in "}, {Style::dim, context.folder});
    out.paragraph({Style::dim, "More: "}, {Style::dim, "debrief help"});
}

/// Which meetings are over and not debriefed, newest first.
core::Result<json> waiting_meetings(Context& context, const std::string& now) {
    auto meetings = all_records(context, "meeting", {{"at", {{"less_equal", now}}}}, "-at");
    if (!meetings) return meetings.error();
    json waiting = json::array();
    for (auto& meeting : *meetings) {
        if (!flag_of(meeting, "debriefed")) waiting.push_back(std::move(meeting));
    }
    return waiting;
}

/// What to do where nothing waits; says which meeting is the next one.
core::Result<std::string> next_step(Context& context, const json& info, bool enrolled) {
    auto door = context.door();
    if (!door) return door.error();
    const bool leads = text_of(info, "role") == "manager";
    const auto accounts = (*door)->call("record.list", {{"table", "account"}, {"limit", 2}});
    if (!accounts) return accounts.error();
    const json& some = (*accounts)["records"];
    if (some.empty()) {
        if (!enrolled) return std::string{first_accounts};
        return std::string{leads ? "debrief sync fetches what your team has written; then debrief team"
                                 : "debrief sync fetches what is yours; or debrief add account NAME"};
    }
    const auto coming = (*door)->call("record.list", {{"table", "meeting"},
                                                      {"where", {{"at", {{"greater", text_of(info, "now")}}}}},
                                                      {"order", "at"},
                                                      {"limit", 1}});
    if (!coming) return coming.error();
    if (const json& meetings = (*coming)["records"]; !meetings.empty()) {
        const std::string account = name_of_record(context, "account", text_of(meetings[0], "account"));
        context.out.paragraph(
            {}, {Style::plain, "The next meeting: " + account + ", " + text_of(meetings[0], "title") + " (" +
                                   local_time(text_of(meetings[0], "at"), context.environment) + ")"});
        return "debrief plan " + quoted_for_shell(account);
    }
    if (leads) return std::string{"debrief team"};
    if (some.size() == 1) return "debrief chat " + quoted_for_shell(text_of(some[0], "name"));
    return std::string{"debrief chat ACCOUNT after a meeting; debrief accounts lists them"};
}

}  // namespace

Outcome run_greeting(Context& context, const Arguments&) {
    if (!context.store_exists()) {
        if (context.out.look().json) {
            context.out.json({{"store", context.folder},
                              {"initialised", false},
                              {"next", {"debrief demo", "debrief init", "debrief join URL"}}});
        } else {
            greet_stranger(context);
        }
        return ExitCode::done;
    }
    auto door = context.door();
    if (!door) return door.error();
    auto info = (*door)->call("system.info", json::object());
    if (!info) return info.error();
    auto sync = (*door)->call("sync.status", json::object());
    if (!sync) return sync.error();
    if (sync->contains("wiped")) return cut_off_error(*sync);
    if ((*info)["user"].is_null()) {
        greet_stranger(context);
        return ExitCode::done;
    }
    auto waiting = waiting_meetings(context, text_of(*info, "now"));
    if (!waiting) return waiting.error();
    auto chats = (*door)->call("chat.list", json::object());
    if (!chats) return chats.error();

    std::size_t unfinished = 0;
    std::string unfinished_account;
    for (const auto& chat : (*chats)["conversations"]) {
        const std::string phase = text_of(chat["state"], "phase");
        if (phase == "done") continue;
        if (unfinished++ == 0) unfinished_account = text_of(chat, "account");
    }
    if (context.out.look().json) {
        context.out.json({{"store", context.folder},
                          {"initialised", true},
                          {"info", *info},
                          {"sync", *sync},
                          {"waiting", *waiting},
                          {"unfinished", unfinished}});
        return ExitCode::done;
    }
    auto& out = context.out;
    const std::string name = text_of(*info, "user_name");
    out.paragraph({}, {Style::strong, "Hello" + (name.empty() ? std::string{} : ", " + name) + ". " +
                                          text_of(*info, "workspace_name")});
    out.paragraph({Style::dim, "Data: "}, {Style::dim, context.folder});
    out.paragraph({}, {Style::plain, standing_line(*sync, context.environment)});
    std::string next_account;
    if (!waiting->empty()) {
        const json& meeting = waiting->front();
        next_account = name_of_record(context, "account", text_of(meeting, "account"));
        out.paragraph(
            {}, {Style::plain, counted(waiting->size(), "meeting waits", "meetings wait") +
                                   " for a debrief, the newest: " + next_account + ", " + text_of(meeting, "title") +
                                   " (" + local_time(text_of(meeting, "at"), context.environment) + ")"});
    }
    if (unfinished > 0) {
        const std::string account = name_of_record(context, "account", unfinished_account);
        out.paragraph({}, {Style::plain, counted(unfinished, "conversation is", "conversations are") +
                                             " not finished, the newest: " + account});
        if (next_account.empty()) next_account = account;
    }
    if (const auto conflicts = number_of(*sync, "conflicts"); conflicts > 0) {
        out.paragraph({}, {Style::warn, counted(static_cast<std::size_t>(conflicts), "field was", "fields were") +
                                            " changed by two people at once: debrief conflicts"});
    }
    std::string next = "debrief chat " + quoted_for_shell(next_account);
    if (next_account.empty()) {
        auto step = next_step(context, *info, flag_of(*sync, "enrolled"));
        if (!step) return step.error();
        next = *step;
    }
    out.paragraph({Style::dim, "Next: "}, {Style::accent, next});
    return ExitCode::done;
}

Outcome run_init(Context& context, const Arguments& arguments) {
    // Before anything is asked for nothing. Looking must not make a store.
    if (context.store_exists()) {
        auto door = context.door();
        if (!door) return door.error();
        auto info = (*door)->call("system.info", json::object());
        if (!info) return info.error();
        if (const std::string owner = text_of(*info, "user_name"); !owner.empty()) {
            return core::Error{core::Errc::invalid, "This store belongs to " + owner + " already.", "user",
                               "Use another folder with --store, or go on with this one: debrief"};
        }
    }
    json params = json::object();
    struct Question {
        const char* key;
        const char* words;
    };
    for (const auto& [key, words] :
         {Question{"workspace", "What is your workspace called?"}, Question{"user", "What is your name?"}}) {
        auto typed = arguments.value(key);
        if (!typed || typed->empty()) {
            auto line = ask_line(context, words, std::string{"--"} + key);
            if (!line) return line.error();
            typed = *line;
        }
        params[key] = *typed;
    }
    for (const char* key : {"role", "team", "language"}) {
        if (const auto typed = arguments.value(key)) params[key] = *typed;
    }
    context.may_make_store = true;
    auto door = context.door();
    if (!door) return door.error();
    auto made = (*door)->call("store.init", params);
    if (!made) return made.error();
    if (context.out.look().json) {
        context.out.json(*made);
        return ExitCode::done;
    }
    context.out.paragraph({Style::good, "Made "},
                          {Style::plain, "the workspace " + params["workspace"].get<std::string>() + " for " +
                                             params["user"].get<std::string>() + "."});
    context.out.paragraph({Style::dim, "Data: "}, {Style::dim, context.folder});
    context.out.paragraph({Style::dim, "Next: "}, {Style::accent, first_accounts});
    return ExitCode::done;
}

Outcome run_join(Context& context, const Arguments& arguments) {
    context.may_make_store = true;
    auto door = context.door();
    if (!door) return door.error();
    json params{{"invitation", arguments.text("invitation")}};
    if (const auto local = arguments.value("local")) params["local"] = *local;
    auto ca = arguments.value("ca");
    if (!ca) ca = context.environment.variable("DEBRIEF_CA");
    if (ca && !ca->empty()) {
        auto pem = read_file(*ca);
        if (!pem) return pem.error();
        params["ca"] = std::move(*pem);
    }
    watch_for_interruption();
    auto joined = (*door)->call("sync.join", params);
    if (!joined) {
        core::Error error = joined.error();
        if (error.field == "local") {
            error.hint = "debrief join INVITATION --local upload brings them along; --local discard throws them away.";
        }
        return error;
    }
    // The first round is part of joining: a device that holds nothing is no use offline.
    auto round = (*door)->call("sync.once", {{"timeout_s", 60}});
    if (context.out.look().json) {
        if (round) (*joined)["first_sync"] = *round;
        context.out.json(*joined);
        return ExitCode::done;
    }
    context.out.paragraph({Style::good, "Joined "},
                          {Style::plain, text_of(*joined, "workspace_name") + " as " + text_of(*joined, "user_name") +
                                             " (" + text_of(*joined, "role") + ")."});
    context.out.paragraph({Style::dim, "Data: "}, {Style::dim, context.folder});
    if (round) {
        context.out.paragraph(
            {}, {Style::plain,
                 counted(static_cast<std::size_t>(number_of(*round, "pulled")), "change", "changes") + " fetched."});
    } else {
        context.out.talk("The first sync did not finish (" + round.error().detail + "). Run: debrief sync");
    }
    context.out.paragraph({Style::dim, "Next: "}, {Style::accent, "debrief"});
    return ExitCode::done;
}

}  // namespace debrief::platform::cli
