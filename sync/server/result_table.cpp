#include "sync/server/result_table.hpp"

#include "sync/server/log_table.hpp"
#include "sync/server/row_number.hpp"
#include "sync/server/stripping.hpp"

namespace debrief::sync {
namespace {}  // namespace

core::Status ResultTable::create(core::Database& db) {
    return db.run(R"sql(
        CREATE TABLE IF NOT EXISTS push_result(device BLOB NOT NULL, incarnation INTEGER NOT NULL, n INTEGER NOT NULL,
            hash BLOB NOT NULL, kind INTEGER NOT NULL, position INTEGER NOT NULL, effective INTEGER NOT NULL, code TEXT NOT NULL,
            PRIMARY KEY(device, incarnation, n)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS refused_record(record BLOB NOT NULL, device BLOB NOT NULL, incarnation INTEGER NOT NULL,
            n INTEGER NOT NULL, first_n INTEGER NOT NULL, PRIMARY KEY(record, device, incarnation)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS handover(id INTEGER PRIMARY KEY, device BLOB NOT NULL, incarnation INTEGER NOT NULL,
            n INTEGER NOT NULL, user BLOB NOT NULL, scope TEXT NOT NULL, at INTEGER NOT NULL, payload BLOB NOT NULL))sql");
}

core::Result<std::uint64_t> ResultTable::expected(const core::Uuid& device, std::uint64_t incarnation) {
    auto query = db_.prepare("SELECT max(n) FROM push_result WHERE device = ?1 AND incarnation = ?2");
    if (!query) return query.error();
    query->bind(1, device.view()).bind(2, stored(incarnation));
    const auto row = query->step();
    if (!row) return row.error();
    return *row && !query->is_null(0) ? number(query->integer(0)) + 1 : 1;
}

core::Result<std::optional<StoredResult>> ResultTable::find(const core::Dot& dot) {
    auto query = db_.prepare(
        "SELECT hash, kind, position, effective, code FROM push_result WHERE device = ?1 AND incarnation = ?2 AND n = "
        "?3");
    if (!query) return query.error();
    query->bind(1, dot.device.view()).bind(2, stored(dot.incarnation)).bind(3, stored(dot.n));
    const auto row = query->step();
    if (!row) return row.error();
    if (!*row) return std::optional<StoredResult>{};
    StoredResult found;
    const auto hash = query->bytes(0);
    found.hash.assign(hash.begin(), hash.end());
    found.result = {dot.n,
                    static_cast<core::PushResult::Kind>(query->integer(1)),
                    number(query->integer(2)),
                    {number(query->integer(3))},
                    std::string{query->text(4)}};
    return std::optional{std::move(found)};
}

core::Status ResultTable::keep(const core::Dot& dot, const StoredResult& result) {
    auto insert = db_.prepare("INSERT INTO push_result VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
    if (!insert) return insert.error();
    insert->bind(1, dot.device.view()).bind(2, stored(dot.incarnation)).bind(3, stored(dot.n));
    insert->bind(4, core::ByteView{result.hash}).bind(5, static_cast<std::int64_t>(result.result.kind));
    insert->bind(6, stored(result.result.position)).bind(7, stored(result.result.effective.packed));
    insert->bind(8, std::string_view{result.result.code});
    return insert->run();
}

core::Status ResultTable::note_refused(const core::Uuid& record, const core::Dot& dot, std::uint64_t first_n) {
    // The one that would have created the record stays: those after it were refused because of it.
    auto insert = db_.prepare(
        "INSERT INTO refused_record VALUES(?1, ?2, ?3, ?4, ?5) "
        "ON CONFLICT DO UPDATE SET n = excluded.n WHERE first_n = excluded.first_n");
    if (!insert) return insert.error();
    insert->bind(1, record.view()).bind(2, dot.device.view()).bind(3, stored(dot.incarnation)).bind(4, stored(dot.n));
    insert->bind(5, stored(first_n));
    return insert->run();
}

core::Result<std::optional<ResultTable::Refused>> ResultTable::refused(const core::Uuid& record, const core::Dot& by) {
    auto query =
        db_.prepare("SELECT n, first_n FROM refused_record WHERE record = ?1 AND device = ?2 AND incarnation = ?3");
    if (!query) return query.error();
    query->bind(1, record.view()).bind(2, by.device.view()).bind(3, stored(by.incarnation));
    const auto row = query->step();
    if (!row) return row.error();
    if (!*row) return std::optional<Refused>{};
    return std::optional{Refused{number(query->integer(0)), number(query->integer(1))}};
}

core::Status ResultTable::hand_over(const core::Dot& dot, const core::Uuid& user, std::string_view scope,
                                    core::Instant at, core::ByteView payload) {
    auto insert = db_.prepare(
        "INSERT INTO handover(device, incarnation, n, user, scope, at, payload) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    if (!insert) return insert.error();
    insert->bind(1, dot.device.view()).bind(2, stored(dot.incarnation)).bind(3, stored(dot.n)).bind(4, user.view());
    insert->bind(5, scope).bind(6, at.count()).bind(7, payload);
    return insert->run();
}

core::Result<std::uint64_t> ResultTable::handed_over() {
    const auto count = db_.integer("SELECT count(*) FROM handover");
    if (!count) return count.error();
    return number(*count);
}

core::Status ResultTable::strip(core::Store& store, const std::vector<core::Erasure>& erasures) {
    auto query = db_.prepare("SELECT id, payload FROM handover");
    if (!query) return query.error();
    const auto changed = strip_payloads(db_, store, *query, "UPDATE handover SET payload = ?2 WHERE id = ?1", erasures);
    if (!changed) return changed.error();
    return core::Ok{};
}

}  // namespace debrief::sync
