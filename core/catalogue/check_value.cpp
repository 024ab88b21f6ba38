// What may stand in a field: one rule for local writes, imports and the server's judgement of pushed changes.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/catalogue/catalogue.hpp"
#include "core/changes/erasure.hpp"
#include "core/civil_date.hpp"
#include "core/utf8.hpp"

namespace debrief::core {
namespace {

std::string place(const Table& table, const Field& field) {
    return std::string{table.name} + "." + std::string{field.name};
}

Error invalid(const Table& table, const Field& field, std::string detail, std::string hint = {}) {
    return {Errc::invalid, place(table, field) + " " + std::move(detail), std::string{field.name}, std::move(hint)};
}

std::string in_quotes(std::string_view text) {
    constexpr std::size_t shown_max = 40;
    std::string out{"\""};
    out += text.substr(0, shown_max);
    return out + (text.size() > shown_max ? "…\"" : "\"");
}

std::string listed(std::span<const std::string_view> words) {
    std::string out;
    for (const auto word : words) {
        if (word.empty()) continue;
        out += out.empty() ? "" : ", ";
        out += word;
    }
    return out;
}

Status check_text(const Table& table, const Field& field, const std::string& text) {
    if (text.size() > field_text_max) {
        return Error{Errc::too_large,
                     place(table, field) + " holds " + std::to_string(text.size()) + " bytes; at most " +
                         std::to_string(field_text_max) + " fit.",
                     std::string{field.name}, "Shorten it or split it over several records."};
    }
    if (const auto bad = utf8_error(text); bad != std::string_view::npos) {
        return invalid(table, field, "is not valid UTF-8 at byte " + std::to_string(bad) + ".");
    }
    if (text.find('\0') != std::string::npos) return invalid(table, field, "holds a NUL character.", "Remove it.");
    switch (field.type) {
        case FieldType::civil:
            if (!is_civil(text)) {
                return invalid(table, field, "is not a civil date: " + in_quotes(text) + ".",
                               "Write 2025-03-18, 2025-W12, 2025-03, 2025-Q2, 2025-H1, 2025-SP or 2025.");
            }
            break;
        case FieldType::word:
            if (std::find(field.words.begin(), field.words.end(), text) == field.words.end()) {
                return invalid(table, field, "cannot be " + in_quotes(text) + ".",
                               "Use one of: " + listed(field.words) + ".");
            }
            break;
        case FieldType::json:
            // Where words were erased stands no document.
            if (text != erased_text && !nlohmann::json::accept(text))
                return invalid(table, field, "is not valid JSON.");
            break;
        default:
            break;
    }
    return Ok{};
}

}  // namespace

Status check_value(const Table& table, const Field& field, const Value& value) {
    if (is_null(value)) {
        if (field.required) return invalid(table, field, "must not be empty.", "Give it a value.");
        return Ok{};
    }
    switch (field.type) {
        case FieldType::integer:
        case FieldType::instant: {
            const auto* number = std::get_if<std::int64_t>(&value);
            if (number == nullptr) return invalid(table, field, "must be a whole number.");
            const bool in_range = *number >= earliest_instant.count() && *number <= latest_instant.count();
            if (field.type == FieldType::instant && !in_range)
                return invalid(table, field, "must be in the years 1 to 9999.");
            return Ok{};
        }
        case FieldType::boolean:
            if (!std::holds_alternative<bool>(value)) return invalid(table, field, "must be true or false.");
            return Ok{};
        case FieldType::ref:
            if (!std::holds_alternative<Uuid>(value)) return invalid(table, field, "must be the id of a record.");
            return Ok{};
        case FieldType::refs: {
            const auto* set = std::get_if<UuidSet>(&value);
            if (set == nullptr) return invalid(table, field, "must be a list of ids.");
            if (field.required && set->empty())
                return invalid(table, field, "must not be empty.", "Name at least one.");
            return Ok{};
        }
        default:
            break;
    }
    const auto* text = std::get_if<std::string>(&value);
    if (text == nullptr) return invalid(table, field, "must be text.");
    if (field.required && text->empty()) return invalid(table, field, "must not be empty.", "Give it a value.");
    return check_text(table, field, *text);
}

}  // namespace debrief::core
