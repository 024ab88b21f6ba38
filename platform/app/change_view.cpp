#include "platform/app/change_view.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <nlohmann/json.hpp>

#include "core/catalogue/scope.hpp"
#include "core/civil_date.hpp"
#include "platform/app/json_codec.hpp"
#include "platform/app/names.hpp"

namespace debrief::platform {
namespace {

using core::Uuid;
using nlohmann::json;

/// The fields of a record, as shown or, where it was deleted, as they were.
core::FieldMap fields_of(core::Store& store, const std::string& table, const Uuid& id) {
    const auto record = store.get(table, id);
    if (record && *record) return (*record)->fields;
    core::FieldMap fields;
    if (const auto history = store.history(table, id)) {
        for (const auto& version : history->versions) {
            if (!version.replaced_by) fields[version.field] = version.value;
        }
    }
    return fields;
}

std::string shortened(const std::string& text) {
    auto end = std::min(text.find_first_of("\r\n"), text.size());
    if (end <= name_bytes_max) return end == text.size() ? text : text.substr(0, end) + "…";
    end = name_bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // Not within a character.
    return text.substr(0, end) + "…";
}

std::string kind_of(const core::RecordWrite& write) {
    const auto* table = core::catalogue().table(write.table);
    bool fresh = true, required = false, needs = false;
    for (const auto& field : write.fields) {
        if (field.field == core::deleted_field) return field.value == core::Value{true} ? "deleted" : "restored";
        fresh = fresh && field.replaces.empty();
        const auto* known = table == nullptr ? nullptr : table->field(field.field);
        required = required || (known != nullptr && known->required && field.replaces.empty());
    }
    if (table != nullptr) {
        needs = std::any_of(table->fields.begin(), table->fields.end(),
                            [](const core::Field& one) { return one.required; });
    }
    return (needs ? required : fresh) ? "made" : "changed";
}

std::string reason_word(core::InTheWay::Why why) {
    switch (why) {
        case core::InTheWay::Why::changed:
            return "changed";
        case core::InTheWay::Why::erased:
            return "erased";
        case core::InTheWay::Why::refused:
            return "refused";
        case core::InTheWay::Why::unknown:
            break;
    }
    return "unknown";
}

}  // namespace

std::string record_title(core::Store& store, const std::string& table, const Uuid& id) {
    const auto fields = fields_of(store, table, id);
    for (const auto* name : {"name", "title", "text", "question", "objective", "summary"}) {
        const auto found = fields.find(name);
        const auto* text = found == fields.end() ? nullptr : std::get_if<std::string>(&found->second);
        if (text != nullptr && !text->empty()) return shortened(*text);
    }
    // A stance is somebody's, a plan an account's.
    constexpr std::array<std::pair<const char*, const char*>, 3> about{
        {{"person", "contact"}, {"contact", "contact"}, {"account", "account"}}};
    for (const auto& [field, target] : about) {
        const auto found = fields.find(field);
        const auto* ref = found == fields.end() ? nullptr : std::get_if<Uuid>(&found->second);
        if (ref == nullptr || *ref == id) continue;
        if (auto name = name_in(store, target, *ref); !name.empty()) return shortened(name);
    }
    return {};
}

json changed_record_json(core::Store& store, const core::RecordWrite& write) {
    const auto* table = core::catalogue().table(write.table);
    json fields = json::object();
    for (const auto& field : write.fields) {
        if (field.field == core::deleted_field) continue;
        fields[field.field] = value_json(field.value, table == nullptr ? nullptr : table->field(field.field));
    }
    return {{"table", write.table},
            {"id", write.record.text()},
            {"name", record_title(store, write.table, write.record)},
            {"kind", kind_of(write)},
            {"fields", std::move(fields)}};
}

std::optional<Uuid> account_of(core::Store& store, const core::Changeset& changeset) {
    if (const auto scope = core::parse_scope(changeset.scope)) {
        if (scope->kind == core::ScopeKind::account) return scope->first;
        if (scope->kind == core::ScopeKind::private_account) return scope->second;
    }
    for (const auto& write : changeset.records) {
        const auto record = store.get(write.table, write.record);
        if (!record || !*record) continue;
        if (const auto account = (*record)->ref("account")) return account;
    }
    return std::nullopt;
}

core::Result<json> act_json(core::Store& store, core::Acts& acts, const core::Act& act) {
    const auto changes = acts.changes(act);
    if (!changes) return changes.error();
    json records = json::array();
    for (const auto& change : *changes) {
        for (const auto& write : change.records) records.push_back(changed_record_json(store, write));
    }
    return json{{"id", act.id},
                {"what", act.what},
                {"at", core::instant_text(act.at)},
                {"undone", act.undone},
                {"records", std::move(records)}};
}

core::Result<json> turn_json(core::Store& store, core::Acts& acts, const std::optional<core::Turn>& turn) {
    if (!turn) return json{{"done", false}, {"reason", "nothing"}, {"fields", json::array()}};
    auto act = act_json(store, acts, turn->act);
    if (!act) return act.error();
    json result{{"done", !turn->in_the_way}, {"fields", turn->fields}};
    if (turn->act.id != 0) result["act"] = std::move(*act);  // Nothing was done, so there is no act.
    if (!turn->in_the_way) return result;
    const auto& way = *turn->in_the_way;
    result["reason"] = reason_word(way.why);
    if (!way.table.empty()) {
        result["table"] = way.table;
        result["record"] = way.record.text();
        result["name"] = record_title(store, way.table, way.record);
    }
    if (!way.field.empty()) result["field"] = way.field.substr(0, way.field.find('/'));
    if (!way.by.is_nil()) {
        const auto& self = store.identity();
        result["by"] = named_json({way.by, way.by == self.user ? self.user_name : name_in(store, "user", way.by)});
        result["here"] = way.on == store.identity().device;
    }
    return result;
}

}  // namespace debrief::platform
