// Finding, inserting and removing records; records_save.cpp writes what differs.
#include "core/store/records.hpp"

#include <algorithm>

#include "core/store/cells.hpp"
#include "core/store/columns.hpp"
#include "core/store/schema.hpp"
#include "core/store/version_blob.hpp"

namespace debrief::core {
namespace {

Error damaged(std::string_view what) {
    return {Errc::corrupt,
            "The store is damaged: " + std::string{what} + ".",
            {},
            "Keep a copy of the folder, then run 'debrief doctor' or join again in a new folder."};
}

}  // namespace

Records::Records(Database& db, const Catalogue& catalogue, bool search)
    : db_(db), catalogue_(catalogue), scopes_(db, "scope_name"), tables_(db, "table_name"), replicas_(db) {
    if (search) search_.emplace(db);
}

void Records::forget() {
    scopes_.forget();
    tables_.forget();
    replicas_.forget();
    at_once_ = false;
}

Records::Shape& Records::shape(const Table& table) {
    auto& shape = shapes_[&table];
    if (!shape.select.empty()) return shape;
    std::string names, places;
    for (std::size_t at = 0; at < table.fields.size(); ++at) {
        names += sql_name(table.fields[at].name) + ", ";
        places += "?" + std::to_string(at + 2) + ", ";
    }
    const auto count = table.fields.size();
    shape.select = "SELECT " + names + "_flags, _ver FROM " + sql_table(table) + " WHERE rid = ?1";
    shape.insert = "INSERT INTO " + sql_table(table) + "(rid, " + names + "_flags, _ver) VALUES (?1, " + places + "?" +
                   std::to_string(count + 2) + ", ?" + std::to_string(count + 3) + ")";
    return shape;
}

Result<std::optional<Records::Place>> Records::locate(const Uuid& id) {
    auto query = db_.prepare("SELECT rid, tbl, scope FROM record WHERE id = ?1");
    if (!query) return query.error();
    const auto row = query->bind(1, id.view()).step();
    if (!row) return row.error();
    if (!*row) return std::optional<Place>{};
    auto table = tables_.name(query->integer(1));
    if (!table) return table.error();
    auto scope = scopes_.name(query->integer(2));
    if (!scope) return scope.error();
    return std::optional{Place{query->integer(0), std::move(*table), std::move(*scope)}};
}

Result<std::optional<StoredRecord>> Records::find(const Uuid& id) {
    auto query = db_.prepare(std::string{select_record} + "WHERE id = ?1");
    if (!query) return query.error();
    const auto row = query->bind(1, id.view()).step();
    if (!row) return row.error();
    if (!*row) return std::optional<StoredRecord>{};
    auto record = load(*query);
    if (!record) return record.error();
    return std::optional{std::move(*record)};
}

Result<StoredRecord> Records::load(const Statement& row) {
    StoredRecord record;
    record.rid = row.integer(0);
    record.pending = row.integer(3);
    if (!row.is_null(4)) record.confirmed.emplace(row.bytes(4).begin(), row.bytes(4).end());
    auto table = tables_.name(row.integer(1));
    if (!table) return table.error();
    auto scope = scopes_.name(row.integer(2));
    if (!scope) return scope.error();
    record.state.id = uuid_from_bytes(row.bytes(5)).value_or(Uuid{});
    record.state.table = std::move(*table);
    record.state.scope = std::move(*scope);
    record.table = catalogue_.table(record.state.table);
    if (record.table != nullptr) DEBRIEF_TRY(load_row(record));
    if (record.table == nullptr || (record.flags & flag_cells) != 0) DEBRIEF_TRY(load_cells(record));
    return record;
}

Status Records::load_row(StoredRecord& record) {
    const auto& table = *record.table;
    auto query = db_.prepare(shape(table).select);
    if (!query) return query.error();
    const auto row = query->bind(1, record.rid).step();
    if (!row) return row.error();
    if (!*row) return damaged("a record has no row");
    const int count = static_cast<int>(table.fields.size());
    record.flags = query->integer(count);
    const auto groups = unpack(query->bytes(count + 1));
    if (!groups) return damaged("the versions of a row cannot be read");
    for (const auto& group : *groups) {
        const auto replica = replicas_.replica(group.replica);
        if (!replica) return replica.error();
        for (int at = 0; at < count; ++at) {
            if ((group.fields >> static_cast<unsigned>(at) & 1U) == 0) continue;
            const auto& field = table.fields[static_cast<std::size_t>(at)];
            Head head{{replica->device, replica->incarnation, group.n},
                      {group.time},
                      replica->author,
                      read_column(*query, at, field.type),
                      {},
                      {}};
            record.state.fields[field.name].push_back(std::move(head));
        }
    }
    return Ok{};
}

Status Records::load_cells(StoredRecord& record) {
    auto query = db_.prepare("SELECT field, replica, n, time, value, covers, base FROM cell WHERE rid = ?1");
    if (!query) return query.error();
    query->bind(1, record.rid);
    for (;;) {
        const auto row = query->step();
        if (!row) return row.error();
        if (!*row) break;
        auto head = read_cell(*query, 1, replicas_);
        if (!head) return head.error();
        record.state.fields[query->text(0)].push_back(std::move(*head));
    }
    for (auto& [name, heads] : record.state.fields) {
        std::sort(heads.begin(), heads.end(), [](const Head& a, const Head& b) { return a.dot < b.dot; });
    }
    return Ok{};
}

Status Records::insert(StoredRecord& record, const RecordState& state) {
    const auto table = tables_.number(state.table);
    if (!table) return table.error();
    const auto scope = scopes_.number(state.scope);
    if (!scope) return scope.error();
    auto insert = db_.prepare("INSERT INTO record(id, tbl, scope, pending, confirmed) VALUES (?1, ?2, ?3, ?4, ?5)");
    if (!insert) return insert.error();
    insert->bind(1, state.id.view()).bind(2, *table).bind(3, *scope).bind(4, record.pending);
    if (record.confirmed) insert->bind(5, ByteView{*record.confirmed});
    DEBRIEF_TRY(insert->run());
    record.rid = db_.last_rowid();
    newest_ = std::max(newest_, record.rid);
    return Ok{};
}

Result<bool> Records::add(StoredRecord& record, const RecordState& state) {
    const auto table = tables_.number(state.table);
    if (!table) return table.error();
    const auto scope = scopes_.number(state.scope);
    if (!scope) return scope.error();
    auto insert = db_.prepare("INSERT INTO record(id, tbl, scope) VALUES (?1, ?2, ?3) ON CONFLICT(id) DO NOTHING");
    if (!insert) return insert.error();
    DEBRIEF_TRY(insert->bind(1, state.id.view()).bind(2, *table).bind(3, *scope).run());
    if (db_.changes() == 0) return false;
    record.rid = db_.last_rowid();
    record.table = catalogue_.table(state.table);
    newest_ = std::max(newest_, record.rid);
    if (at_once_) indexed_ = newest_;
    DEBRIEF_TRY(write(record, state, true));
    return true;
}

Status Records::save_overlay(const StoredRecord& record) {
    auto update = db_.prepare("UPDATE record SET pending = ?2, confirmed = ?3 WHERE rid = ?1");
    if (!update) return update.error();
    update->bind(1, record.rid).bind(2, record.pending);
    if (record.confirmed) update->bind(3, ByteView{*record.confirmed});
    return update->run();
}

Result<bool> Records::settle_new(const Uuid& id) {
    auto update = db_.prepare(
        "UPDATE record SET pending = 0, confirmed = NULL WHERE id = ?1 AND pending = 1 AND confirmed = x''");
    if (!update) return update.error();
    DEBRIEF_TRY(update->bind(1, id.view()).run());
    return db_.changes() != 0;
}

Status Records::remove(const StoredRecord& record) {
    if (search_ && record.table != nullptr && record.visible() && !is_waiting(record.rid)) {
        for (std::size_t at = 0; at < record.table->fields.size(); ++at) {
            if (!record.table->fields[at].searchable) continue;
            const auto value = shown_value(record.state, record.table->fields[at]);
            if (const auto* text = std::get_if<std::string>(&value)) {
                DEBRIEF_TRY(search_->replace(record.rid, at, *text, {}));
            }
        }
    }
    std::vector<std::string> statements{"DELETE FROM cell WHERE rid = ?1", "DELETE FROM version WHERE rid = ?1",
                                        "DELETE FROM conflict WHERE rid = ?1", "DELETE FROM imported WHERE rid = ?1",
                                        "DELETE FROM record WHERE rid = ?1"};
    if (record.table != nullptr) statements.push_back("DELETE FROM " + sql_table(*record.table) + " WHERE rid = ?1");
    for (const auto& sql : statements) {
        auto statement = db_.prepare(sql);
        if (!statement) return statement.error();
        DEBRIEF_TRY(statement->bind(1, record.rid).run());
    }
    return Ok{};
}

Status Records::add_history(std::int64_t rid, const Superseded& old, const Uuid& by_author, bool local) {
    const auto replica = replicas_.number(old.version.dot, old.version.author);
    if (!replica) return replica.error();
    const auto by = replicas_.number(old.by, by_author);
    if (!by) return by.error();
    auto insert = db_.prepare(R"sql(
        INSERT INTO version(rid, field, replica, n, by_replica, by_n, time, value, local)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        ON CONFLICT DO UPDATE SET time = excluded.time, local = min(local, excluded.local))sql");
    if (!insert) return insert.error();
    const auto value = value_bytes(old.version.value);
    insert->bind(1, rid).bind(2, std::string_view{old.field}).bind(3, *replica);
    insert->bind(4, static_cast<std::int64_t>(old.version.dot.n)).bind(5, *by);
    insert->bind(6, static_cast<std::int64_t>(old.by.n)).bind(7, static_cast<std::int64_t>(old.version.time.packed));
    return insert->bind(8, ByteView{value}).bind(9, std::int64_t{local}).run();
}

Status Records::drop_local_history(std::int64_t rid) {
    auto remove = db_.prepare("DELETE FROM version WHERE rid = ?1 AND local = 1");
    if (!remove) return remove.error();
    return remove->bind(1, rid).run();
}

Status Records::adopt_time(std::int64_t rid, const std::string& field, const Dot& dot, HybridTime time) {
    auto update = db_.prepare(R"sql(
        UPDATE version SET time = ?6 WHERE rid = ?1 AND field = ?2 AND n = ?3
          AND replica IN (SELECT number FROM replica WHERE device = ?4 AND incarnation = ?5))sql");
    if (!update) return update.error();
    update->bind(1, rid).bind(2, std::string_view{field}).bind(3, static_cast<std::int64_t>(dot.n));
    update->bind(4, dot.device.view()).bind(5, static_cast<std::int64_t>(dot.incarnation));
    return update->bind(6, static_cast<std::int64_t>(time.packed)).run();
}

}  // namespace debrief::core
