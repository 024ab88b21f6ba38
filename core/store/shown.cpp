// What a person sees of a record's heads.
#include <algorithm>

#include "core/changes/prose.hpp"
#include "core/store/columns.hpp"
#include "core/store/records.hpp"

namespace debrief::core {
namespace {

bool is_true(const Head& head) {
    const auto* flag = std::get_if<bool>(&head.value);
    return flag != nullptr && *flag;
}

/// The elements of a set: those with a head that says so. Adding wins over an unseen removal.
UuidSet elements_of(const RecordState& state, std::string_view field) {
    UuidSet set;
    const auto prefix = std::string{field} + "/";
    for (auto at = state.fields.lower_bound(prefix); at != state.fields.end() && at->first.starts_with(prefix); ++at) {
        const auto id = parse_uuid(std::string_view{at->first}.substr(prefix.size()));
        if (id && std::any_of(at->second.begin(), at->second.end(), is_true)) set.push_back(*id);
    }
    std::sort(set.begin(), set.end());
    return set;
}

}  // namespace

Value Records::shown_value(const RecordState& state, const Field& field) {
    if (field.type == FieldType::refs) {
        auto set = elements_of(state, field.name);
        return set.empty() ? Value{Null{}} : Value{std::move(set)};
    }
    Value made;
    return shown_value(field, heads_of(state, field.name), made);
}

const Value& Records::shown_value(const Field& field, const Heads& heads, Value& made) {
    made = Null{};
    if (heads.empty()) return made;
    if (field.type == FieldType::prose && heads.size() > 1) {
        if (auto merged = merged_prose(heads)) return made = std::move(*merged);
    }
    const auto& value = shown(heads).value;
    return fits_column(field.type, value) ? value : made;
}

std::vector<std::string> Records::conflicts_of(const Table& table, const RecordState& state) {
    std::vector<std::string> conflicts;
    // Whoever deleted it had seen every value: there is nothing left to choose.
    if (is_hidden(state)) return conflicts;
    for (const auto& field : table.fields) {
        const auto& heads = heads_of(state, field.name);
        if (heads.size() < 2 || !in_conflict(heads)) continue;
        if (field.type == FieldType::prose && merged_prose(heads)) continue;
        conflicts.emplace_back(field.name);
    }
    // Deleted by one who had not seen what another wrote: the record is back, and somebody has to say whether it stays.
    const auto& deleted = heads_of(state, deleted_field);
    if (std::any_of(deleted.begin(), deleted.end(), is_true)) {
        conflicts.emplace_back(deleted_field);
    }
    std::sort(conflicts.begin(), conflicts.end());
    return conflicts;
}

}  // namespace debrief::core
