// The least that has to be written, and which heads each write replaces.
#include <algorithm>
#include <set>

#include "core/defects.hpp"
#include "core/store/write_plan.hpp"

namespace debrief::core {
namespace {

std::vector<Dot> dots_of(const Heads& heads) {
    std::vector<Dot> dots;
    dots.reserve(heads.size());
    for (const auto& head : heads) dots.push_back(head.dot);
    return dots;
}

FieldWrite over_all(const RecordState& state, std::string field, Value value) {
    auto replaces = dots_of(heads_of(state, field));
    if (defective(Defect::replaces_dropped)) replaces.clear();
    return {std::move(field), std::move(value), std::move(replaces), {}, {}};
}

using Writes = std::map<std::string, FieldWrite>;

void write_set(Writes& out, const RecordState& state, const Field& field, const Value& value) {
    const auto now = Records::shown_value(state, field);
    const auto* wanted = std::get_if<UuidSet>(&value);
    const auto* present = std::get_if<UuidSet>(&now);
    static const UuidSet nothing;
    const auto& after = wanted == nullptr ? nothing : *wanted;
    const auto& before = present == nullptr ? nothing : *present;
    const auto element = [&](const Uuid& id, bool there) {
        auto write = over_all(state, std::string{field.name} + "/" + id.text(), there);
        out.emplace(write.field, std::move(write));
    };
    for (const auto& id : after) {
        if (!std::binary_search(before.begin(), before.end(), id)) element(id, true);
    }
    for (const auto& id : before) {
        if (!std::binary_search(after.begin(), after.end(), id)) element(id, false);
    }
}

void write_field(Writes& out, const RecordState& state, const Field& field, const Value& value) {
    if (field.type == FieldType::refs) return write_set(out, state, field, value);
    const std::string name{field.name};
    const auto& heads = heads_of(state, name);
    const auto now = Records::shown_value(state, field);
    if (heads.empty() ? is_null(value) : !in_conflict(heads) && same_value(now, value)) return;
    auto write = over_all(state, name, value);
    if (field.type == FieldType::prose && !heads.empty()) {
        if (const auto* text = std::get_if<std::string>(&now)) write.base = *text;
    }
    out.emplace(name, std::move(write));
}

std::vector<Dot> every_dot(const RecordState& state, const Writes& writes, const Dot& own) {
    std::set<Dot> dots;
    for (const auto& [name, heads] : state.fields) {
        if (name == deleted_field) continue;
        const auto written = writes.find(name);
        for (const auto& head : heads) {
            const bool replaced =
                written != writes.end() &&
                std::binary_search(written->second.replaces.begin(), written->second.replaces.end(), head.dot);
            if (!replaced) dots.insert(head.dot);
        }
    }
    if (!writes.empty()) dots.insert(own);
    return {dots.begin(), dots.end()};
}

}  // namespace

RecordWrite writes_of(const PlannedRecord& record, const Dot& dot) {
    const auto& state = record.stored.state;
    Writes writes;
    for (const auto& [name, value] : record.fields) {
        write_field(writes, state, *record.stored.table->field(name), value);
    }
    const std::string deleted{deleted_field};
    if (record.removed) {
        auto write = over_all(state, deleted, true);
        write.covers = every_dot(state, writes, dot);
        writes.emplace(deleted, std::move(write));
    } else if (record.kept || (!writes.empty() && is_hidden(state))) {
        // Its writer knew that it was deleted and wants it back.
        writes.emplace(deleted, over_all(state, deleted, false));
    }
    RecordWrite out{state.table, state.id, {}};
    for (auto& [name, write] : writes) out.fields.push_back(std::move(write));
    return out;
}

}  // namespace debrief::core
