// Work that was handed over, and words that must go: `debrief admin handover …` and `debrief admin erase …`.
#include <charconv>

#include "core/catalogue/scope.hpp"
#include "platform/app/json_codec.hpp"
#include "platform/server/admin_words.hpp"
#include "sync/server/access.hpp"
#include "sync/server/admin.hpp"
#include "sync/server/handover.hpp"

namespace debrief::platform {
namespace {

using core::Errc;
using core::Error;
using core::Result;
using nlohmann::json;
using Words = AdminWords;

std::string name_of(const AdminContext& context, const core::Uuid& user) {
    const auto& users = context.store.directory().users;
    const auto found = users.find(user);
    return found == users.end() ? user.text() : found->second.name;
}

bool may_file(const AdminContext& context, const sync::Handover& item) {
    return !context.user || sync::may_file(context.store.directory(), *context.user, item.scope);
}

bool may_read(const AdminContext& context, const core::Scope& scope) {
    return !context.user || sync::may_read(context.store.directory(), *context.user, scope);
}

/// The account that a scope belongs to, as a scope; the scope itself where it is nobody's account.
core::Scope account_of(const core::Scope& scope) {
    if (scope.kind != core::ScopeKind::private_account) return scope;
    return {core::ScopeKind::account, scope.second, {}};
}

/// Who files it need not be who may read it: of the rest they get how much it is.
json handover_json(const AdminContext& context, const sync::Handover& item) {
    json shown{
        {"id", item.id},       {"author", item.author.text()},      {"author_name", name_of(context, item.author)},
        {"scope", item.scope}, {"at", core::instant_text(item.at)}, {"count", item.changeset.records.size()},
        {"readable", false}};
    const auto scope = core::parse_scope(item.scope);
    if (!scope) return shown;
    if (const auto account = account_of(*scope); account.kind == core::ScopeKind::account) {
        shown["account"] = account.first.text();
        const auto record = context.store.records().get("account", account.first);
        if (record && *record && may_read(context, account)) shown["account_name"] = (*record)->text("name");
    }
    if (!may_read(context, *scope)) return shown;
    shown["readable"] = true;
    json& records = shown["records"] = json::array();
    for (const auto& write : item.changeset.records) {
        records.push_back({{"table", write.table}, {"id", write.record.text()}, {"fields", write.fields.size()}});
    }
    return shown;
}

Result<std::int64_t> number_of(const AdminContext& context, const std::string& word) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (error == std::errc{} && end == word.data() + word.size()) return number;
    return Error{Errc::invalid, "'" + word + "' is no number of a change that waits.", "id",
                 admin_program(context) + "handover list"};
}

/// What waits for whoever asks, oldest first.
Result<std::vector<sync::Handover>> waiting(const AdminContext& context) {
    auto items = context.store.handovers();
    if (!items) return items.error();
    std::erase_if(*items, [&](const sync::Handover& item) { return !may_file(context, item); });
    return items;
}

/// The one that a number names. What is not theirs to file is, for them, not there.
Result<sync::Handover> named(const AdminContext& context, const std::string& word) {
    const auto id = number_of(context, word);
    if (!id) return id.error();
    auto items = waiting(context);
    if (!items) return items.error();
    for (auto& item : *items) {
        if (item.id == *id) return std::move(item);
    }
    return Error{Errc::not_found, "Nothing with the number " + word + " waits to be filed.", "id",
                 admin_program(context) + "handover list"};
}

/// Where it belongs, for people.
std::string place_of(const json& shown) {
    return shown.contains("account_name") ? shown["account_name"].get<std::string>()
                                          : shown["scope"].get<std::string>();
}

Result<json> handover_list(const AdminContext& context, const Words&) {
    const auto items = waiting(context);
    if (!items) return items.error();
    json list = json::array();
    std::string text;
    for (const auto& item : *items) {
        list.push_back(handover_json(context, item));
        text += std::to_string(item.id) + "  " + day_of(item.at) + "  " + name_of(context, item.author) + "  " +
                place_of(list.back()) + "  " + std::to_string(item.changeset.records.size()) + " records\n";
    }
    if (text.empty()) text = "Nothing waits to be filed.\n";
    text.pop_back();
    return json{{"handover", std::move(list)}, {"text", text}};
}

Result<json> handover_show(const AdminContext& context, const Words& words) {
    const auto item = named(context, words.plain[0]);
    if (!item) return item.error();
    json shown = handover_json(context, *item);
    std::string text = name_of(context, item->author) + ", " + core::instant_text(item->at) + ", " + place_of(shown);
    if (!shown["readable"].get<bool>()) {
        shown["text"] = text + "\nIts words are not yours to read. It can be filed or dropped all the same.";
        return shown;
    }
    json writes = json::array();
    for (const auto& write : item->changeset.records) {
        const auto* table = core::catalogue().table(write.table);
        json fields = json::object();
        text += "\n" + write.table + " " + write.record.text();
        for (const auto& field : write.fields) {
            fields[field.field] = value_json(field.value, table == nullptr ? nullptr : table->field(field.field));
            text +=
                "\n  " + field.field + " = " + fields[field.field].dump(-1, ' ', false, json::error_handler_t::replace);
        }
        writes.push_back({{"table", write.table}, {"id", write.record.text()}, {"fields", std::move(fields)}});
    }
    shown["records"] = std::move(writes);
    shown["text"] = text;
    return shown;
}

Result<json> handover_file(const AdminContext& context, const Words& words) {
    const auto item = named(context, words.plain[0]);
    if (!item) return item.error();
    std::optional<core::Uuid> as;
    if (const auto other = words.option("--as")) {
        const auto user = sync::find_user(context.store.directory(), *other);
        if (!user) return user.error();
        as = *user;
    }
    const bool filer = context.user && sync::duty_of(context.store.directory(), *context.user) == sync::Duty::filing;
    if (filer && as && *as != *context.user && *as != item->author) {
        return Error{Errc::denied, "A manager files in the author's name or in their own.", "as", {}};
    }
    DEBRIEF_TRY(context.store.file_handover(item->id, as));
    return json{{"text", "It is filed: everybody who serves the account has it now."}};
}

Result<json> handover_drop(const AdminContext& context, const Words& words) {
    const auto item = named(context, words.plain[0]);
    if (!item) return item.error();
    DEBRIEF_TRY(context.store.drop_handover(item->id));
    return json{{"text", "It is dropped."}};
}

Result<json> erase(const AdminContext& context, const std::string& table, const std::string& word) {
    const auto id = core::parse_uuid(word);
    const auto place = id ? context.store.records().locate(*id)
                          : Result<std::optional<core::TouchedRecord>>{std::optional<core::TouchedRecord>{}};
    if (!place) return place.error();
    if (!*place || (*place)->table != table)
        return Error{Errc::not_found, "There is no " + table + " with this id.", table, {}};
    const auto erased = context.store.erase(*id);
    if (!erased) return erased.error();
    std::map<std::string, int> removed;
    for (const auto& record : *erased) ++removed[record.table];
    return json{{"removed", removed},
                {"text", "Erased: the words of " + std::to_string(erased->size()) +
                             " records, here and wherever "
                             "devices come back."}};
}

Result<json> erase_contact(const AdminContext& context, const Words& words) {
    return erase(context, "contact", words.plain[0]);
}
Result<json> erase_message(const AdminContext& context, const Words& words) {
    return erase(context, "message", words.plain[0]);
}

}  // namespace

std::vector<AdminCommand> filing_commands() {
    return {
        {"handover list",
         "",
         "lists the work of people who lost an account before they synced",
         0,
         0,
         {},
         {},
         handover_list,
         AdminRight::filer},
        {"handover show", "NUMBER", "shows one of them", 1, 1, {}, {}, handover_show, AdminRight::filer},
        {"handover file",
         "NUMBER [--as USER]",
         "puts it where it was written for, in its author's name or another's",
         1,
         1,
         {"--as"},
         {},
         handover_file,
         AdminRight::filer},
        {"handover drop", "NUMBER", "drops it for good", 1, 1, {}, {}, handover_drop, AdminRight::filer},
        {"erase contact", "ID", "erases a person's words, everywhere and for good", 1, 1, {}, {}, erase_contact},
        {"erase message", "ID", "erases a line, and all that was understood from it", 1, 1, {}, {}, erase_message},
    };
}

}  // namespace debrief::platform
