// Listings: accounts, contacts, meetings, search.
#include <algorithm>
#include <cctype>

#include <nlohmann/json.hpp>

#include "platform/cli/names.hpp"
#include "platform/cli/run_commands.hpp"
#include "platform/cli/table.hpp"
#include "platform/cli/words.hpp"

namespace debrief::platform::cli {
namespace {

using nlohmann::json;

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

/// The names of all records of a table, by id.
core::Result<std::map<std::string, std::string>> names_by_id(Context& context, const std::string& table) {
    auto records = all_records(context, table, json::object());
    if (!records) return records.error();
    std::map<std::string, std::string> names;
    for (const auto& record : *records) names[text_of(record, "id")] = text_of(record, "name");
    return names;
}

/// `{account: id}` if an account was named.
core::Result<json> where_account(Context& context, const Arguments& arguments) {
    json where = json::object();
    if (const auto typed = arguments.value("account")) {
        auto account = find_named(context, "account", *typed);
        if (!account) return account.error();
        where["account"] = account->id;
    }
    return where;
}

void print(Context& context, const Table& table, std::string_view nothing) {
    if (table.empty()) {
        context.out.talk(nothing);
    } else {
        table.print(context.out);
    }
}

}  // namespace

Outcome run_accounts(Context& context, const Arguments& arguments) {
    auto accounts = all_records(context, "account", json::object(), "name");
    if (!accounts) return accounts.error();
    const std::string words = lower(arguments.joined("words"));
    json shown = json::array();
    for (auto& account : *accounts) {
        const bool fits = words.empty() || lower(text_of(account, "name")).find(words) != std::string::npos ||
                          lower(text_of(account, "industry")).find(words) != std::string::npos;
        if (fits) shown.push_back(std::move(account));
    }
    if (context.out.look().json) {
        context.out.json(shown);
        return ExitCode::done;
    }
    auto users = names_by_id(context, "user");
    if (!users) return users.error();
    Table table{{"account", "industry", "country", "owner"}};
    for (const auto& account : shown) {
        const std::string owner = text_of(account, "owner");
        const auto found = users->find(owner);
        table.row({text_of(account, "name"), text_of(account, "industry"), text_of(account, "country"),
                   found == users->end() ? owner : found->second});
    }
    print(context, table,
          words.empty() ? "There are no accounts yet. Next: debrief add account NAME, or debrief import crm-csv FOLDER"
                        : "No account has these words.");
    return ExitCode::done;
}

Outcome run_contacts(Context& context, const Arguments& arguments) {
    auto where = where_account(context, arguments);
    if (!where) return where.error();
    auto contacts = all_records(context, "contact", *where, "name");
    if (!contacts) return contacts.error();
    if (context.out.look().json) {
        context.out.json(*contacts);
        return ExitCode::done;
    }
    auto accounts = names_by_id(context, "account");
    if (!accounts) return accounts.error();
    Table table{{"contact", "role", "account", "e-mail"}};
    for (const auto& contact : *contacts) {
        table.row({text_of(contact, "name") + (flag_of(contact, "gone") ? " (gone)" : ""), text_of(contact, "role"),
                   (*accounts)[text_of(contact, "account")], text_of(contact, "email")});
    }
    print(context, table, "There are no contacts yet. Next: debrief add contact ACCOUNT NAME");
    return ExitCode::done;
}

Outcome run_meetings(Context& context, const Arguments& arguments) {
    auto where = where_account(context, arguments);
    if (!where) return where.error();
    auto door = context.door();
    if (!door) return door.error();
    auto info = (*door)->call("system.info", json::object());
    if (!info) return info.error();
    const std::string now = text_of(*info, "now");
    const bool upcoming = arguments.flag("upcoming");
    const bool waiting = arguments.flag("waiting");
    if (upcoming) (*where)["at"] = {{"greater", now}};
    if (waiting) (*where)["at"] = {{"less_equal", now}};
    auto meetings = all_records(context, "meeting", *where, upcoming ? "at" : "-at");
    if (!meetings) return meetings.error();
    json shown = json::array();
    for (auto& meeting : *meetings) {
        if (!waiting || !flag_of(meeting, "debriefed")) shown.push_back(std::move(meeting));
    }
    if (context.out.look().json) {
        context.out.json(shown);
        return ExitCode::done;
    }
    auto accounts = names_by_id(context, "account");
    if (!accounts) return accounts.error();
    Table table{{"when", "account", "about", "debrief"}};
    for (const auto& meeting : shown) {
        const std::string at = text_of(meeting, "at");
        const char* state = flag_of(meeting, "debriefed") ? "done" : at > now ? "to come" : "waits";
        table.row({local_time(at, context.environment), (*accounts)[text_of(meeting, "account")],
                   text_of(meeting, "title"), state});
    }
    print(context, table,
          "There are no such meetings. Next: debrief add meeting ACCOUNT TITLE, or debrief import ics FILE");
    return ExitCode::done;
}

Outcome run_search(Context& context, const Arguments& arguments) {
    auto door = context.door();
    if (!door) return door.error();
    json params{{"query", arguments.joined("words")}};
    if (const auto limit = arguments.number("limit")) params["limit"] = *limit;
    auto found = (*door)->call("search", params);
    if (!found) return found.error();
    const json& hits = (*found)["hits"];
    if (context.out.look().json) {
        context.out.json(hits);
        return ExitCode::done;
    }
    if (hits.empty()) {
        context.out.talk("Nothing here has these words.");
        return ExitCode::done;
    }
    for (const auto& hit : hits) {
        const std::string account = text_of(hit, "account");
        std::string where = text_of(hit, "table") + "." + text_of(hit, "field");
        if (!account.empty()) where = name_of_record(context, "account", account) + " · " + where;
        context.out.paragraph({Style::accent, where + "  "}, {Style::plain, text_of(hit, "snippet")});
        context.out.paragraph({Style::dim, "  "}, {Style::dim, text_of(hit, "id")});
    }
    return ExitCode::done;
}

}  // namespace debrief::platform::cli
