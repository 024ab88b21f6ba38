#include "core/store/write_plan.hpp"

#include <algorithm>

namespace debrief::core {
namespace {

Error not_found(std::string_view table, const Uuid& id) {
    return {Errc::not_found, "There is no " + std::string{table} + " " + id.text() + " here.", "id",
            "Look the id up again; it may be in a place that you cannot see."};
}

}  // namespace

Status WritePlan::add(const Edit& edit) {
    if (const auto* put = std::get_if<Put>(&edit)) return add(*put);
    return add(std::get<Delete>(edit));
}

Result<PlannedRecord*> WritePlan::record(std::string_view table, const Uuid& id) {
    const auto* known = catalogue_.table(table);
    if (known == nullptr) {
        return Error{Errc::invalid, "There is no table \"" + std::string{table} + "\".", "table",
                     "'catalogue.get' lists the tables."};
    }
    if (id.is_nil()) return Error{Errc::invalid, "A record needs an id that is not all zeros.", "id", {}};
    if (const auto place = places_.find(id); place != places_.end()) {
        auto& planned = planned_[place->second];
        if (planned.stored.state.table != table) return not_found(table, id);
        return &planned;
    }
    auto found = records_.find(id);
    if (!found) return found.error();
    PlannedRecord planned;
    if (*found) {
        planned.stored = std::move(**found);
        if (planned.stored.state.table != table) return not_found(table, id);
    } else {
        planned.stored.table = known;
        planned.stored.state.table = table;
        planned.stored.state.id = id;
    }
    places_.emplace(id, planned_.size());
    planned_.push_back(std::move(planned));
    return &planned_.back();
}

Status WritePlan::add(const Put& put) {
    const auto planned = record(put.table, put.id);
    if (!planned) return planned.error();
    auto& record = **planned;
    for (const auto& [name, value] : put.fields) {
        const auto* field = record.stored.table->field(name);
        if (field == nullptr) {
            return Error{Errc::invalid, "A " + put.table + " has no field \"" + name + "\".", name,
                         "'catalogue.get' lists the fields of each table."};
        }
        DEBRIEF_TRY(check_value(*record.stored.table, *field, value));
        auto& kept = record.fields[name] = value;
        if (auto* set = std::get_if<UuidSet>(&kept)) {
            std::sort(set->begin(), set->end());
            set->erase(std::unique(set->begin(), set->end()), set->end());
        }
    }
    if (put.scope) {
        if (!record.is_new() && record.stored.state.scope != *put.scope) {
            return Error{Errc::invalid, "A record never moves; make a copy in the other place instead.", "scope", {}};
        }
        record.scope = put.scope;
    }
    record.removed = false;
    // Nothing but the wish that it be there: so a deletion is undone.
    record.kept = record.kept || (put.fields.empty() && !record.is_new() && !record.stored.visible());
    return Ok{};
}

Status WritePlan::add(const Delete& removal) {
    const auto planned = record(removal.table, removal.id);
    if (!planned) return planned.error();
    auto& record = **planned;
    const bool there = !record.removed && (record.stored.visible() || !record.fields.empty());
    if (!there) return not_found(removal.table, removal.id);
    record.removed = true;
    return Ok{};
}

Status WritePlan::keep(const TouchedRecord& record_kept) {
    const auto planned = record(record_kept.table, record_kept.id);
    if (!planned) return planned.error();
    (*planned)->kept = true;
    return Ok{};
}

Status WritePlan::settle() {
    for (auto& record : planned_) {
        DEBRIEF_TRY(settle_home(record));
        if (!record.is_new()) continue;
        for (const auto& field : record.stored.table->fields) {
            if (!field.required) continue;
            const auto found = record.fields.find(std::string{field.name});
            DEBRIEF_TRY(
                check_value(*record.stored.table, field, found == record.fields.end() ? Value{} : found->second));
        }
        const auto holds = [](const auto& pair) { return !is_null(pair.second); };
        if (std::none_of(record.fields.begin(), record.fields.end(), holds)) {
            return Error{Errc::invalid, "A new " + record.stored.state.table + " must hold something.", "fields",
                         "Give at least one field."};
        }
    }
    return Ok{};
}

Status WritePlan::settle_home(PlannedRecord& record) {
    if (record.home_known) return Ok{};
    record.home_known = true;
    if (!record.is_new()) {
        record.home = record.stored.state.scope;
        return Ok{};
    }
    const auto& table = *record.stored.table;
    const auto& id = record.stored.state.id;
    const auto room = room_scope(record);
    if (!room) return room.error();
    if (record.scope) {
        DEBRIEF_TRY(check_scope(table, id, record.fields, *room, *record.scope));
        record.home = *record.scope;
    } else {
        auto home = home_scope(table, id, record.fields, user_, *room);
        if (!home) return home.error();
        record.home = std::move(*home);
    }
    record.stored.state.scope = record.home;
    return Ok{};
}

Result<std::optional<std::string>> WritePlan::room_scope(const PlannedRecord& record) {
    std::optional<std::string> none;
    if (record.stored.table->scope != ScopeRule::room) return none;
    const auto found = record.fields.find("room");
    const auto* room = found == record.fields.end() ? nullptr : std::get_if<Uuid>(&found->second);
    if (room == nullptr) return none;
    if (const auto place = places_.find(*room); place != places_.end()) {
        auto& planned = planned_[place->second];
        DEBRIEF_TRY(settle_home(planned));
        return std::optional{planned.home};
    }
    auto place = records_.locate(*room);
    if (!place) return place.error();
    if (!*place) return none;
    return std::optional{(*place)->scope};
}

}  // namespace debrief::core
