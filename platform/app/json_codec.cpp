#include "platform/app/json_codec.hpp"

#include <algorithm>

#include "core/civil_date.hpp"
#include "platform/app/names.hpp"

namespace debrief::platform {
namespace {

using core::Errc;
using core::Error;
using core::Field;
using core::FieldType;
using core::Uuid;
using core::Value;
using nlohmann::json;

Error not_as_asked(const std::string& place, const std::string& must_be) {
    return {Errc::invalid, "'" + place + "' must be " + must_be + ".", place, {}};
}

core::Result<Uuid> ref_from_json(core::Store& store, const Field& field, const json& value, const std::string& place,
                                 const std::optional<Uuid>& account) {
    if (!value.is_string()) return not_as_asked(place, "an id");
    const auto text = value.get<std::string>();
    // A reference may stand before its record: it bears one that is not there.
    if (const auto id = core::parse_uuid(text)) return *id;
    if (field.target == "user" || field.target == "account" || field.target == "team")
        return resolve(store, field.target, text, place);
    if (field.target == "contact") return resolve(store, field.target, text, place, account);
    return not_as_asked(place, "an id");
}

core::Result<Value> set_from_json(core::Store& store, const Field& field, const json& value, const std::string& place,
                                  const std::optional<Uuid>& account) {
    if (!value.is_array()) return not_as_asked(place, "a list of ids");
    core::UuidSet set;
    for (std::size_t i = 0; i < value.size(); ++i) {
        auto id = ref_from_json(store, field, value[i], place + "[" + std::to_string(i) + "]", account);
        if (!id) return id.error();
        set.push_back(*id);
    }
    std::sort(set.begin(), set.end());
    set.erase(std::unique(set.begin(), set.end()), set.end());
    return Value{std::move(set)};
}

}  // namespace

json value_json(const Value& value, const Field* field) {
    if (const auto* flag = std::get_if<bool>(&value)) return *flag;
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
        if (field != nullptr && field->type == FieldType::instant) return core::instant_text(core::Instant{*number});
        return *number;
    }
    if (const auto* text = std::get_if<std::string>(&value)) {
        if (field == nullptr || field->type != FieldType::json) return *text;
        auto document = json::parse(*text, nullptr, false);
        return document.is_discarded() ? json(*text) : document;
    }
    if (const auto* id = std::get_if<Uuid>(&value)) return id->text();
    if (const auto* set = std::get_if<core::UuidSet>(&value)) return ids_json(*set);
    return nullptr;
}

core::Result<Value> value_from_json(core::Store& store, const Field& field, const json& value, const std::string& place,
                                    const std::optional<Uuid>& account) {
    if (value.is_null()) return Value{core::Null{}};
    switch (field.type) {
        case FieldType::text:
        case FieldType::prose:
        case FieldType::word:
            if (!value.is_string()) return not_as_asked(place, "text");
            return Value{value.get<std::string>()};
        case FieldType::civil:
            if (!value.is_string() || !core::is_civil(value.get<std::string>())) {
                return not_as_asked(place, "a date like 2025-03-18, 2025-W12, 2025-03, 2025-Q2 or 2025");
            }
            return Value{value.get<std::string>()};
        case FieldType::integer:
            if (!value.is_number_integer() ||
                (value.is_number_unsigned() && value.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX))) {
                return not_as_asked(place, "a whole number");
            }
            return Value{value.get<std::int64_t>()};
        case FieldType::boolean:
            if (!value.is_boolean()) return not_as_asked(place, "true or false");
            return Value{value.get<bool>()};
        case FieldType::instant: {
            const auto at = value.is_string() ? core::parse_instant(value.get<std::string>()) : std::nullopt;
            if (!at) return not_as_asked(place, "a time with its offset, like 2025-03-18T09:30:00+01:00");
            return Value{static_cast<std::int64_t>(at->count())};
        }
        case FieldType::ref: {
            auto id = ref_from_json(store, field, value, place, account);
            if (!id) return id.error();
            return Value{*id};
        }
        case FieldType::refs:
            return set_from_json(store, field, value, place, account);
        case FieldType::json:
            return Value{value.dump()};
    }
    return not_as_asked(place, "of another type");
}

json record_json(const core::Record& record) {
    json object{{"id", record.id.text()}};
    const auto* table = core::catalogue().table(record.table);
    for (const auto& [name, value] : record.fields) {
        if (core::is_null(value)) continue;
        object[name] = value_json(value, table == nullptr ? nullptr : table->field(name));
    }
    return object;
}

std::string dot_text(const core::Dot& dot) {
    return dot.device.text() + "/" + std::to_string(dot.incarnation) + "/" + std::to_string(dot.n);
}

json uuid_json(const std::optional<Uuid>& id) {
    return id && !id->is_nil() ? json(id->text()) : json(nullptr);
}

json named_json(const core::NamedId& named) {
    return {{"id", named.id.text()}, {"name", named.name}};
}

json text_or_null(const std::string& text) {
    return text.empty() ? json(nullptr) : json(text);
}

json ids_json(const std::vector<Uuid>& ids) {
    json list = json::array();
    for (const auto& id : ids) list.push_back(id.text());
    return list;
}

json with_act(json result, const std::optional<std::uint64_t>& act) {
    if (act) result["act"] = *act;
    return result;
}

std::optional<Uuid> id_param(const json& params, const std::string& name) {
    const auto given = params.find(name);
    return given == params.end() ? std::nullopt : core::parse_uuid(given->get<std::string>());
}

std::string text_param(const json& params, const std::string& name, std::string otherwise) {
    const auto given = params.find(name);
    return given == params.end() ? std::move(otherwise) : given->get<std::string>();
}

json parsed(const std::string& text) {
    auto document = json::parse(text, nullptr, false);
    return document.is_discarded() ? json::object() : document;
}

}  // namespace debrief::platform
