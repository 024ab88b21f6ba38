// `debrief chat` and the list of conversations that are not finished.
#include <algorithm>
#include <chrono>

#include "platform/cli/chat.hpp"
#include "platform/cli/line_editor.hpp"
#include "platform/cli/names.hpp"
#include "platform/cli/run_commands.hpp"
#include "platform/cli/table.hpp"
#include "platform/cli/words.hpp"

namespace debrief::platform::cli {
namespace {

using nlohmann::json;

/// Names at this account, so that TAB can complete them: whole names and their single words.
std::vector<std::string> names_at(Context& context, const std::string& account) {
    std::vector<std::string> names;
    auto contacts = all_records(context, "contact", {{"account", account}});
    if (!contacts) return names;
    for (const auto& contact : *contacts) {
        const std::string name = text_of(contact, "name");
        for (std::size_t at = 0; at < name.size();) {
            const auto end = std::min(name.find(' ', at), name.size());
            if (end > at) names.push_back(name.substr(at, end - at));
            at = end + 1;
        }
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

/// What was just confirmed is on its way: gives it a moment to leave, as long as the server answers. Nobody waits for a
/// network that is not there; the rest goes with the next program that syncs.
void let_it_leave(Door& door) {
    constexpr std::chrono::milliseconds step{20}, limit{3000};
    for (std::chrono::milliseconds waited{0}; waited < limit && !interrupted(); waited += step) {
        const auto status = door.call("sync.status", json::object());
        if (!status || number_of(*status, "pending") == 0) return;
        const std::string state = text_of(*status, "state");
        if (state == "offline" || state == "revoked") return;
        door.poll(step);
    }
}

/// A review that colleagues have begun is joined and not begun again: gives what they wrote a moment to come.
void let_it_arrive(Door& door) {
    constexpr std::chrono::milliseconds step{20}, limit{2000};
    for (std::chrono::milliseconds waited{0}; waited < limit && !interrupted(); waited += step) {
        const auto status = door.call("sync.status", json::object());
        const std::string state = status ? text_of(*status, "state") : "offline";
        if (state != "connecting" && state != "syncing") return;
        door.poll(step);
    }
}

}  // namespace

Outcome converse_about(Context& context, Door& door, const Named& account, const std::optional<Named>& about,
                       const json& params, bool echo) {
    const bool keys = !context.out.look().json && LineEditor::possible() && may_prompt(context.environment);
    Chat chat{context, door, account, keys};
    if (about) chat.tell_end_of(*about);
    // A link that cannot be had is no reason not to talk: status says so.
    if (auto status = door.call("sync.status", json::object()); status && flag_of(*status, "enrolled")) {
        if (auto connected = door.call("sync.connect", json::object()); !connected)
            context.out.talk(connected.error().detail);
        if (text_of(params, "kind").ends_with("_review")) let_it_arrive(door);
    }
    if (auto started = chat.start(params); !started) return started.error();
    const auto names = chat.kind() == "coaching" ? std::vector{account.name} : names_at(context, account.id);
    auto outcome = keys ? chat_with_keys(context, door, chat, names) : chat_with_pipe(context, door, chat, echo);
    let_it_leave(door);
    return outcome;
}

namespace {

/// The page of the last review of this kind, or of the one that goes on.
Outcome print_page(Context& context, Door& door, const Named& account, const std::string& kind) {
    auto list = door.call("chat.list", json::object());
    if (!list) return list.error();
    for (const auto& one : (*list)["conversations"]) {
        const bool open = text_of(one.value("state", json::object()), "phase") != "done";
        if (text_of(one, "kind") != kind || text_of(one, "account") != account.id || !open) continue;
        auto got = door.call("chat.get", {{"conversation", text_of(one, "id")}});
        if (!got) return got.error();
        context.out.raw(text_of(got->value("outcome", json::object()), "page"));
        return ExitCode::done;
    }
    auto reviews = all_records(context, "review", {{"account", account.id}, {"kind", kind}}, "-on");
    if (!reviews) return reviews.error();
    if (reviews->empty()) {
        return Failure{"There is no review of " + account.name + " yet.",
                       "A page is made as a review goes on.",
                       program_words(context) + " review " + quoted_for_shell(account.name),
                       ExitCode::failed,
                       "not_found",
                       "account"};
    }
    context.out.raw(text_of(reviews->front(), "text"));
    return ExitCode::done;
}

}  // namespace

Outcome run_chat(Context& context, const Arguments& arguments) {
    auto account = find_named(context, "account", arguments.text("account"));
    if (!account) return account.error();
    auto door = context.door();
    if (!door) return door.error();
    json params{{"kind", "debrief"}, {"account", account->id}};
    for (const char* key : {"meeting", "language"}) {
        if (const auto value = arguments.value(key)) params[key] = *value;
    }
    if (const auto minutes = arguments.number("minutes")) params["minutes"] = *minutes;

    return converse_about(context, **door, *account, std::nullopt, params, arguments.flag("echo"));
}

Outcome run_review(Context& context, const Arguments& arguments) {
    auto account = find_named(context, "account", arguments.text("account"));
    if (!account) return account.error();
    auto door = context.door();
    if (!door) return door.error();
    const std::string kind = arguments.value("kind").value_or("deal") + "_review";
    if (arguments.flag("page")) return print_page(context, **door, *account, kind);
    json params{{"kind", kind}, {"account", account->id}};
    if (const auto language = arguments.value("language")) params["language"] = *language;
    return converse_about(context, **door, *account, std::nullopt, params, arguments.flag("echo"));
}

Outcome run_drafts(Context& context, const Arguments&) {
    auto door = context.door();
    if (!door) return door.error();
    auto list = (*door)->call("chat.list", json::object());
    if (!list) return list.error();
    json open = json::array();
    for (const auto& conversation : (*list)["conversations"]) {
        if (text_of(conversation.value("state", json::object()), "phase") != "done") open.push_back(conversation);
    }
    if (context.out.look().json) {
        context.out.json(open);
        return ExitCode::done;
    }
    Table table{{"account", "kind", "where it stands", "typed, not sent"}};
    for (const auto& conversation : open) {
        const json state = conversation.value("state", json::object());
        const std::string phase = text_of(state, "phase");
        const std::string stands = phase == "confirming" ? "waits for your word"
                                   : phase == "asking"   ? "question " + std::to_string(number_of(state, "asked"))
                                                         : phase;
        table.row({name_of_record(context, "account", text_of(conversation, "account")), text_of(conversation, "kind"),
                   stands, text_of(state, "draft")});
    }
    if (table.empty()) {
        context.out.talk("Every conversation is finished.");
    } else {
        table.print(context.out);
    }
    return ExitCode::done;
}

}  // namespace debrief::platform::cli
