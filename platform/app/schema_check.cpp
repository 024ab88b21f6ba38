#include "platform/app/schema_check.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/civil_date.hpp"
#include "core/uuid.hpp"

namespace debrief::platform {
namespace {

using core::Errc;
using core::Error;
using nlohmann::json;

Error wrong(const std::string& place, const std::string& why, std::string hint = {}) {
    return {.code = Errc::invalid, .detail = "'" + place + "' " + why + ".", .field = place, .hint = std::move(hint)};
}

std::string type_words(const json& type) {
    const auto one = [](const std::string& name) -> std::string {
        if (name == "string") return "text";
        if (name == "integer") return "a whole number";
        if (name == "number") return "a number";
        if (name == "boolean") return "true or false";
        if (name == "array") return "a list";
        if (name == "object") return "an object";
        return name;
    };
    if (type.is_string()) return one(type.get<std::string>());
    std::string words;
    for (const auto& name : type) words += (words.empty() ? "" : " or ") + one(name.get<std::string>());
    return words;
}

bool has_type(const json& value, const std::string& type) {
    if (type == "string") return value.is_string();
    if (type == "boolean") return value.is_boolean();
    if (type == "array") return value.is_array();
    if (type == "object") return value.is_object();
    if (type == "null") return value.is_null();
    if (type == "number") return value.is_number();
    // A number above 2^63 would turn negative on its way in.
    if (type == "integer") {
        return value.is_number_unsigned() ? value.get<std::uint64_t>() <= static_cast<std::uint64_t>(INT64_MAX)
                                          : value.is_number_integer();
    }
    return false;
}

core::Status check_format(const std::string& text, const std::string& format, const std::string& place) {
    if (format == "uuid" && !core::parse_uuid(text)) {
        return wrong(place, "is not an identifier", "Identifiers look like 01890a5d-ac96-774b-bcce-b302099a8057.");
    }
    if (format == "instant" && !core::parse_instant(text)) {
        return wrong(place, "is not a time with its offset", "Write it like 2025-03-18T09:30:00+01:00.");
    }
    if (format == "civil-date" && !core::is_civil(text)) {
        return wrong(place, "is not a date", "Write it like 2025-03-18, 2025-W12, 2025-03, 2025-Q2 or 2025.");
    }
    if (format == "instant-or-day" && !core::parse_instant(text) && !core::parse_day(text)) {
        return wrong(place, "is neither a time with its offset nor a day",
                     "Write it like 2025-03-18T09:30:00+01:00 or 2025-03-18.");
    }
    if (format == "id-or-name" && text.empty()) return wrong(place, "is empty", "Give an id or a name.");
    return core::Ok{};
}

core::Status check_object(const json& value, const json& schema, const json& root, const std::string& place) {
    const auto properties = schema.find("properties");
    const auto additional = schema.find("additionalProperties");
    for (const auto& name : schema.value("required", json::array())) {
        if (!value.contains(name.get<std::string>())) return wrong(place + "." + name.get<std::string>(), "is missing");
    }
    for (const auto& [name, member] : value.items()) {
        const std::string inner = place + "." + name;
        if (properties != schema.end() && properties->contains(name)) {
            DEBRIEF_TRY(check_json(member, (*properties)[name], root, inner));
        } else if (additional != schema.end() && additional->is_object()) {
            DEBRIEF_TRY(check_json(member, *additional, root, inner));
        } else if (properties != schema.end() && !(additional != schema.end() && *additional == true)) {
            std::vector<std::string> known;
            for (const auto& property : properties->items()) known.push_back(property.key());
            const auto near = nearest_word(name, known);
            return wrong(inner, "is not known here", near.empty() ? std::string{} : "Did you mean '" + near + "'?");
        }
    }
    return core::Ok{};
}

}  // namespace

core::Status check_json(const json& value, const json& schema, const json& root, const std::string& place) {
    if (const auto ref = schema.find("$ref"); ref != schema.end()) {
        return check_json(value, root.at(json::json_pointer{ref->get<std::string>().substr(1)}), root, place);
    }
    if (const auto choices = schema.find("oneOf"); choices != schema.end()) {
        if (value.is_null()) return core::Ok{};  // Our oneOf is always "this, or null".
        return check_json(value, choices->front(), root, place);
    }
    if (const auto type = schema.find("type"); type != schema.end()) {
        const bool fits = type->is_string() ? has_type(value, type->get<std::string>())
                                            : std::any_of(type->begin(), type->end(), [&](const json& t) {
                                                  return has_type(value, t.get<std::string>());
                                              });
        if (!fits) return wrong(place, "must be " + type_words(*type));
    }
    if (const auto words = schema.find("enum");
        words != schema.end() && std::find(words->begin(), words->end(), value) == words->end()) {
        std::vector<std::string> known;
        for (const auto& word : *words) {
            if (word.is_string()) known.push_back(word.get<std::string>());
        }
        std::string list;
        for (const auto& word : known) list += (list.empty() ? "" : ", ") + word;
        return wrong(place, "must be one of " + list);
    }
    if (value.is_string() && schema.contains("format")) {
        DEBRIEF_TRY(check_format(value.get_ref<const std::string&>(), schema["format"].get<std::string>(), place));
    }
    if (value.is_number_integer()) {
        const auto number = value.get<std::int64_t>();
        if (schema.contains("minimum") && number < schema["minimum"].get<std::int64_t>())
            return wrong(place, "must be at least " + schema["minimum"].dump());
        if (schema.contains("maximum") && number > schema["maximum"].get<std::int64_t>())
            return wrong(place, "must be at most " + schema["maximum"].dump());
    }
    if (value.is_array() && schema.contains("items")) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            DEBRIEF_TRY(check_json(value[i], schema["items"], root, place + "[" + std::to_string(i) + "]"));
        }
    }
    if (value.is_object()) return check_object(value, schema, root, place);
    return core::Ok{};
}

std::string nearest_word(std::string_view word, const std::vector<std::string>& words) {
    std::string best;
    std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
    for (const auto& candidate : words) {
        // Levenshtein, one row at a time; the words are short.
        std::vector<std::size_t> row(candidate.size() + 1);
        std::iota(row.begin(), row.end(), std::size_t{0});
        for (std::size_t i = 0; i < word.size(); ++i) {
            std::size_t diagonal = row[0]++;
            for (std::size_t j = 0; j < candidate.size(); ++j) {
                const std::size_t change = diagonal + (word[i] == candidate[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = std::min({row[j] + 1, row[j + 1] + 1, change});
            }
        }
        if (row.back() < best_distance) {
            best_distance = row.back();
            best = candidate;
        }
    }
    return best;
}

}  // namespace debrief::platform
