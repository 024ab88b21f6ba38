// Reading: one record, lists, history, search.
#include <algorithm>

#include "core/store/cells.hpp"
#include "core/store/merge_run.hpp"
#include "core/store/row_reader.hpp"
#include "core/store/schema.hpp"
#include "core/store/store_impl.hpp"

namespace debrief::core {

const Value* Record::find(std::string_view field) const {
    const auto found = fields.find(std::string{field});
    return found == fields.end() ? nullptr : &found->second;
}
std::string Record::text(std::string_view field) const {
    const auto* value = find(field);
    const auto* held = value == nullptr ? nullptr : std::get_if<std::string>(value);
    return held == nullptr ? std::string{} : *held;
}
std::optional<Uuid> Record::ref(std::string_view field) const {
    const auto* value = find(field);
    const auto* named = value == nullptr ? nullptr : std::get_if<Uuid>(value);
    return named == nullptr ? std::nullopt : std::optional{*named};
}
std::optional<std::int64_t> Record::integer(std::string_view field) const {
    const auto* value = find(field);
    const auto* number = value == nullptr ? nullptr : std::get_if<std::int64_t>(value);
    return number == nullptr ? std::nullopt : std::optional{*number};
}
bool Record::flag(std::string_view field) const {
    const auto* value = find(field);
    const auto* held = value == nullptr ? nullptr : std::get_if<bool>(value);
    return held != nullptr && *held;
}

Result<std::optional<Record>> Store::get(std::string_view table, const Uuid& id) {
    auto& s = *impl_;
    const auto* known = s.catalogue.table(table);
    if (known == nullptr) return unknown_table(table);
    DEBRIEF_TRY(s.settle_run());
    RowReader reader{*s.db, s.records, *known};
    auto query = s.db->prepare(reader.select() + " WHERE r.id = ?1 AND t._flags & 1 = 0");
    if (!query) return query.error();
    const auto row = query->bind(1, id.view()).step();
    if (!row) return row.error();
    if (!*row) return std::optional<Record>{};
    auto record = reader.read(*query);
    if (!record) return record.error();
    return std::optional{std::move(*record)};
}

Result<std::optional<TouchedRecord>> Store::locate(const Uuid& id) {
    auto found = place(id);
    if (!found) return found.error();
    if (!*found) return std::optional<TouchedRecord>{};
    return std::optional{TouchedRecord{std::move((*found)->table), id}};
}

Result<std::optional<Store::Place>> Store::place(const Uuid& id) {
    const auto* held = impl_->run == nullptr ? nullptr : impl_->run->held(id);
    if (held != nullptr) return std::optional{Place{held->table, held->scope}};
    auto place = impl_->records.locate(id);
    if (!place) return place.error();
    if (!*place) return std::optional<Place>{};
    return std::optional{Place{std::move((*place)->table), std::move((*place)->scope)}};
}

Result<History> Store::history(std::string_view table, const Uuid& id, std::string_view field) {
    auto& s = *impl_;
    const auto found = s.records.find(id);
    if (!found) return found.error();
    if (!*found || (*found)->state.table != table) {
        return Error{Errc::not_found, "There is no " + std::string{table} + " " + id.text() + " here.", "id", {}};
    }
    const auto wanted = [&](std::string_view name) {
        return field.empty() || name == field ||
               (name.starts_with(field) && name.substr(field.size()).starts_with('/'));
    };
    History history;
    for (const auto& [name, heads] : (*found)->state.fields) {
        if (!wanted(name)) continue;
        for (const auto& head : heads) {
            history.versions.push_back({name, head.value, head.author, head.time.wall(), head.dot, std::nullopt});
        }
    }
    auto query = s.db->prepare(R"sql(
        SELECT field, replica, n, time, value, by_replica, by_n FROM version
        WHERE rid = ?1 ORDER BY field, replica, n, by_n, by_replica)sql");
    if (!query) return query.error();
    query->bind(1, (*found)->rid);
    for (;;) {
        const auto row = query->step();
        if (!row) return row.error();
        if (!*row) break;
        if (query->text(0).empty()) {
            history.complete = false;  // The record came as it was, without what was before: store_state.cpp.
            continue;
        }
        if (!wanted(query->text(0))) continue;
        const auto replica = s.records.replicas().replica(query->integer(1));
        if (!replica) return replica.error();
        const auto by = s.records.replicas().replica(query->integer(5));
        if (!by) return by.error();
        auto value = value_from(query->bytes(4));
        if (!value) return value.error();
        const Dot dot{replica->device, replica->incarnation, static_cast<std::uint64_t>(query->integer(2))};
        const Dot by_dot{by->device, by->incarnation, static_cast<std::uint64_t>(query->integer(6))};
        // Two writers may have replaced one version without knowing of each other: it is one version all the same.
        auto& versions = history.versions;
        if (!versions.empty() && versions.back().field == query->text(0) && versions.back().dot == dot) {
            versions.back().replaced_by = std::min(*versions.back().replaced_by, by_dot);
            continue;
        }
        const HybridTime time{static_cast<std::uint64_t>(query->integer(3))};
        versions.push_back({std::string{query->text(0)}, std::move(*value), replica->author, time.wall(), dot, by_dot});
    }
    std::sort(history.versions.begin(), history.versions.end(), [](const Version& a, const Version& b) {
        return std::tie(a.at, a.dot, a.field) < std::tie(b.at, b.dot, b.field);
    });
    return history;
}

Result<std::vector<SearchHit>> Store::search(std::string_view words, std::size_t limit) {
    auto& s = *impl_;
    if (!s.search_on) return Error{Errc::unavailable, "This store keeps no search index.", {}, {}};
    DEBRIEF_TRY(s.refresh());
    if (s.records.waiting() > 0) {
        const auto indexed = transact([&] { return s.records.index_waiting(); });
        // On a full disk the newest few records are not found by their words yet; all others are.
        if (!indexed && indexed.error().code != Errc::full) return indexed.error();
    }
    auto found = SearchIndex{*s.db}.find(words, limit);
    if (!found) return found.error();
    std::vector<SearchHit> hits;
    for (auto& hit : *found) {
        auto query = s.db->prepare("SELECT id, tbl FROM record WHERE rid = ?1");
        if (!query) return query.error();
        const auto row = query->bind(1, hit.rid).step();
        if (!row) return row.error();
        if (!*row) continue;
        auto name = s.records.tables().name(query->integer(1));
        if (!name) return name.error();
        const auto* table = s.catalogue.table(*name);
        const auto id = uuid_from_bytes(query->bytes(0));
        if (table == nullptr || !id || hit.field >= table->fields.size()) continue;
        hits.push_back({std::move(*name), *id, std::string{table->fields[hit.field].name}, std::move(hit.snippet)});
    }
    return hits;
}

}  // namespace debrief::core
