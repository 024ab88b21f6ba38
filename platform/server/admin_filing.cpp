// Work that was handed over, and words that must go: `debrief admin handover …` and `debrief admin erase …`.
#include <charconv>

#include "platform/app/json_codec.hpp"
#include "platform/server/admin_words.hpp"
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

json handover_json(const AdminContext& context, const sync::Handover& item) {
    json records = json::array();
    for (const auto& write : item.changeset.records) {
        records.push_back({{"table", write.table}, {"id", write.record.text()}, {"fields", write.fields.size()}});
    }
    return {{"id", item.id},       {"author", item.author.text()},      {"author_name", name_of(context, item.author)},
            {"scope", item.scope}, {"at", core::instant_text(item.at)}, {"records", std::move(records)}};
}

Result<std::int64_t> number_of(const std::string& word) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (error == std::errc{} && end == word.data() + word.size()) return number;
    return Error{Errc::invalid, "'" + word + "' is no number of a change that waits.", "id",
                 "debrief admin --data DIR handover list"};
}

Result<json> handover_list(const AdminContext& context, const Words&) {
    const auto items = context.store.handovers();
    if (!items) return items.error();
    json list = json::array();
    std::string text;
    for (const auto& item : *items) {
        list.push_back(handover_json(context, item));
        text += std::to_string(item.id) + "  " + day_of(item.at) + "  " + name_of(context, item.author) + "  " +
                item.scope + "  " + std::to_string(item.changeset.records.size()) + " records\n";
    }
    if (text.empty()) text = "Nothing waits to be filed.\n";
    text.pop_back();
    return json{{"handover", std::move(list)}, {"text", text}};
}

Result<json> handover_show(const AdminContext& context, const Words& words) {
    const auto id = number_of(words.plain[0]);
    if (!id) return id.error();
    const auto items = context.store.handovers();
    if (!items) return items.error();
    for (const auto& item : *items) {
        if (item.id != *id) continue;
        json shown = handover_json(context, item);
        std::string text = name_of(context, item.author) + ", " + core::instant_text(item.at) + ", " + item.scope;
        json writes = json::array();
        for (const auto& write : item.changeset.records) {
            const auto* table = core::catalogue().table(write.table);
            json fields = json::object();
            text += "\n" + write.table + " " + write.record.text();
            for (const auto& field : write.fields) {
                fields[field.field] = value_json(field.value, table == nullptr ? nullptr : table->field(field.field));
                text += "\n  " + field.field + " = " +
                        fields[field.field].dump(-1, ' ', false, json::error_handler_t::replace);
            }
            writes.push_back({{"table", write.table}, {"id", write.record.text()}, {"fields", std::move(fields)}});
        }
        shown["records"] = std::move(writes);
        shown["text"] = text;
        return shown;
    }
    return Error{Errc::not_found, "Nothing with the number " + words.plain[0] + " waits to be filed.", "id",
                 "debrief admin --data DIR handover list"};
}

Result<json> handover_file(const AdminContext& context, const Words& words) {
    const auto id = number_of(words.plain[0]);
    if (!id) return id.error();
    std::optional<core::Uuid> as;
    if (const auto named = words.option("--as")) {
        const auto user = sync::find_user(context.store.directory(), *named);
        if (!user) return user.error();
        as = *user;
    }
    DEBRIEF_TRY(context.store.file_handover(*id, as));
    return json{{"text", "It is filed: everybody who serves the account has it now."}};
}

Result<json> handover_drop(const AdminContext& context, const Words& words) {
    const auto id = number_of(words.plain[0]);
    if (!id) return id.error();
    DEBRIEF_TRY(context.store.drop_handover(*id));
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
         handover_list},
        {"handover show", "NUMBER", "shows one of them", 1, 1, {}, {}, handover_show},
        {"handover file",
         "NUMBER [--as USER]",
         "puts it where it was written for, in its author's name or another's",
         1,
         1,
         {"--as"},
         {},
         handover_file},
        {"handover drop", "NUMBER", "drops it for good", 1, 1, {}, {}, handover_drop},
        {"erase contact", "ID", "erases a person's words, everywhere and for good", 1, 1, {}, {}, erase_contact},
        {"erase message", "ID", "erases a line, and all that was understood from it", 1, 1, {}, {}, erase_message},
    };
}

}  // namespace debrief::platform
