// Writing down a record in one line.
#include <unistd.h>

#include <optional>

#include <nlohmann/json.hpp>

#include "core/civil_date.hpp"
#include "platform/cli/files.hpp"
#include "platform/cli/names.hpp"
#include "platform/cli/run_commands.hpp"
#include "platform/cli/words.hpp"

namespace debrief::platform::cli {
namespace {

using nlohmann::json;

/// `next`: what a newcomer does then; empty where nothing in particular.
Outcome put(Context& context, const std::string& table, const json& fields, const std::string& said,
            const std::string& next = {}) {
    auto door = context.door();
    if (!door) return door.error();
    auto made = (*door)->call("record.put", {{"table", table}, {"fields", fields}});
    if (!made) return made.error();
    if (context.out.look().json) {
        context.out.json(*made);
    } else {
        context.out.paragraph({Style::good, "Saved: "}, {Style::plain, said});
        context.out.paragraph({Style::dim, "Id: "}, {Style::dim, text_of(*made, "id")});
        if (!next.empty()) context.out.paragraph({Style::dim, "Next: "}, {Style::accent, next});
    }
    return ExitCode::done;
}

/// An instant with its offset, or a date and time by the user's clock.
std::optional<std::string> instant_of(const std::string& typed, const Environment& environment) {
    if (core::parse_instant(typed)) return typed;
    std::string local = typed;
    if (local.size() == 16 && (local[10] == ' ' || local[10] == 'T')) {
        local[10] = 'T';
        const auto as_utc = core::parse_instant(local + ":00Z");
        if (as_utc) return core::instant_text(*as_utc - environment.utc_offset);
    }
    return std::nullopt;
}

}  // namespace

Outcome run_add_account(Context& context, const Arguments& arguments) {
    json fields{{"name", arguments.text("name")}};
    if (const auto industry = arguments.value("industry")) fields["industry"] = *industry;
    const std::string name = quoted_for_shell(arguments.text("name"));
    return put(context, "account", fields, "account " + arguments.text("name"),
               "debrief add contact " + name + " NAME --role WORDS, or after a meeting: debrief chat " + name);
}

Outcome run_add_contact(Context& context, const Arguments& arguments) {
    auto account = find_named(context, "account", arguments.text("account"));
    if (!account) return account.error();
    json fields{{"account", account->id}, {"name", arguments.text("name")}, {"confirmed", true}};
    if (const auto role = arguments.value("role")) fields["role"] = *role;
    if (const auto email = arguments.value("email")) fields["email"] = *email;
    return put(context, "contact", fields, arguments.text("name") + " at " + account->name);
}

Outcome run_add_meeting(Context& context, const Arguments& arguments) {
    auto account = find_named(context, "account", arguments.text("account"));
    if (!account) return account.error();
    auto door = context.door();
    if (!door) return door.error();
    auto info = (*door)->call("system.info", json::object());
    if (!info) return info.error();
    std::string at = text_of(*info, "now");
    if (const auto typed = arguments.value("at")) {
        const auto instant = instant_of(*typed, context.environment);
        if (!instant) {
            return core::Error{core::Errc::invalid,
                               "'" + *typed + "' is no time of a meeting. It needs a date and a time of day.", "at",
                               "--at 2025-03-18T09:30"};
        }
        at = *instant;
    }
    json fields{{"account", account->id}, {"title", arguments.text("title")}, {"at", at}};
    const auto begins = core::parse_instant(at);
    if (begins) {
        using namespace std::chrono;
        fields["date"] = core::civil_text(sys_days{floor<days>(*begins + context.environment.utc_offset)});
        if (const auto length = arguments.number("minutes"))
            fields["ends_at"] = core::instant_text(*begins + minutes{*length});
    }
    json contacts = json::array();
    for (const auto& typed : arguments.list("with")) {
        auto contact = find_named(context, "contact", typed, account->id);
        if (!contact) return contact.error();
        contacts.push_back(contact->id);
    }
    if (!contacts.empty()) fields["contacts"] = std::move(contacts);
    return put(context, "meeting", fields,
               "meeting with " + account->name + " at " + local_time(at, context.environment));
}

/// A note is the free beginning of a debrief: what it says is understood, shown and waits for confirmation.
Outcome run_add_note(Context& context, const Arguments& arguments) {
    auto account = find_named(context, "account", arguments.text("account"));
    if (!account) return account.error();
    std::string text = arguments.joined("text");
    if (text == "-") {
        auto read = read_all(STDIN_FILENO);
        if (!read) return read.error();
        text = *std::move(read);
    }
    auto door = context.door();
    if (!door) return door.error();
    auto chat = (*door)->call("chat.start", {{"kind", "debrief"}, {"account", account->id}});
    if (!chat) return chat.error();
    const std::string conversation = text_of(*chat, "conversation");
    auto said = (*door)->call("chat.say", {{"conversation", conversation}, {"text", text}});
    if (!said) return said.error();
    auto got = (*door)->call("chat.get", {{"conversation", conversation}});
    if (!got) return got.error();
    const json understood = got->value("understood", json::array());
    if (context.out.look().json) {
        context.out.json({{"conversation", conversation}, {"state", (*said)["state"]}, {"understood", understood}});
        return ExitCode::done;
    }
    context.out.paragraph({Style::good, "Saved. "},
                          {Style::plain, "Understood so far, nothing counts before you confirm it:"});
    for (const auto& item : understood) {
        if (text_of(item, "state") != "proposed") continue;
        context.out.paragraph({Style::accent, "  " + dimension_words(text_of(item, "dimension")) + "  "},
                              {Style::plain, text_of(item, "text")});
    }
    context.out.paragraph({Style::dim, "Next: "}, {Style::accent, "debrief chat " + quoted_for_shell(account->name)});
    return ExitCode::done;
}

}  // namespace debrief::platform::cli
