#include "core/store/imported.hpp"

#include "core/cbor.hpp"
#include "core/store/database.hpp"
#include "core/store/records.hpp"
#include "core/store/schema.hpp"

namespace debrief::core {

Result<DeletedIndex> deleted_by(Store& store, std::string_view table, std::string_view field) {
    const auto* known = catalogue().table(table);
    DEBRIEF_CHECK(known != nullptr && known->field(field) != nullptr);
    const auto column = "t." + sql_name(std::string{field});
    auto query = store.database().prepare(
        "SELECT " + column + ", r.id FROM " + sql_table(*known) + " t JOIN record r USING (rid) WHERE (t._flags & " +
        std::to_string(flag_hidden) + ") <> 0 AND " + column + " IS NOT NULL ORDER BY r.id");
    if (!query) return query.error();
    DeletedIndex deleted;
    for (;;) {
        const auto row = query->step();
        if (!row) return row.error();
        if (!*row) return deleted;
        if (const auto id = uuid_from_bytes(query->bytes(1))) deleted[std::string{query->text(0)}].push_back(*id);
    }
}

Result<Imported> imported(Store& store, const Uuid& record) {
    auto query = store.database().prepare("SELECT i.seen FROM imported i JOIN record r USING (rid) WHERE r.id = ?1");
    if (!query) return query.error();
    const auto row = query->bind(1, record.view()).step();
    if (!row) return row.error();
    Imported seen;
    if (!*row) return seen;
    CborReader in{query->bytes(0)};
    for (auto left = in.array(); left >= 2 && in.ok(); left -= 2) {
        auto field = std::string{in.text()};
        const auto hash = in.bytes();
        seen.emplace(std::move(field), Bytes{hash.begin(), hash.end()});
    }
    if (!in.ok()) return in.error("what a file said last");
    return seen;
}

Status set_imported(Store& store, const Uuid& record, const Imported& seen) {
    CborWriter out;
    out.array(2 * seen.size());
    for (const auto& [field, hash] : seen) {
        out.text(field);
        out.bytes(hash);
    }
    const auto bytes = out.take();
    return store.transact([&]() -> Status {
        auto upsert = store.database().prepare(
            "INSERT INTO imported(rid, seen) SELECT rid, ?2 FROM record WHERE id = ?1 "
            "ON CONFLICT DO UPDATE SET seen = excluded.seen");
        if (!upsert) return upsert.error();
        return upsert->bind(1, record.view()).bind(2, ByteView{bytes}).run();
    });
}

}  // namespace debrief::core
