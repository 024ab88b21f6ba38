// Taking new records into the search index, a batch at a time.
#include "core/store/records.hpp"
#include "core/store/schema.hpp"

namespace debrief::core {
namespace {

constexpr std::string_view indexed_key = "indexed";

}  // namespace

Status Records::refresh() {
    auto query = db_.prepare("SELECT (SELECT value FROM meta WHERE key = ?1), (SELECT max(rid) FROM record)");
    if (!query) return query.error();
    const auto row = query->bind(1, indexed_key).step();
    if (!row) return row.error();
    indexed_ = query->integer(0);
    newest_ = query->integer(1);
    return Ok{};
}

Status Records::index_waiting() {
    if (waiting() <= 0) return Ok{};
    auto query = db_.prepare("SELECT rid, tbl FROM record WHERE rid > ?1 ORDER BY rid");
    if (!query) return query.error();
    query->bind(1, indexed_);
    for (;;) {
        const auto row = query->step();
        if (!row) return row.error();
        if (!*row) break;
        const auto name = tables_.name(query->integer(1));
        if (!name) return name.error();
        if (const auto* table = catalogue_.table(*name)) DEBRIEF_TRY(index_row(query->integer(0), *table));
    }
    return note_indexed();
}

Status Records::note_indexed() {
    auto upsert =
        db_.prepare("INSERT INTO meta(key, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value");
    if (!upsert) return upsert.error();
    DEBRIEF_TRY(upsert->bind(1, indexed_key).bind(2, newest_).run());
    indexed_ = newest_;
    return Ok{};
}

Status Records::index_at_once(bool on) {
    if (!search_ || at_once_ == on) return Ok{};
    if (on) {
        DEBRIEF_TRY(index_waiting());
    } else {
        DEBRIEF_TRY(note_indexed());
    }
    at_once_ = on;
    return Ok{};
}

Status Records::index_row(std::int64_t rid, const Table& table) {
    auto& sql = shape(table).searchable;
    if (sql.empty()) {
        sql = "SELECT _flags";
        for (const auto& field : table.fields) {
            if (field.searchable) sql += ", " + sql_name(field.name);
        }
        sql += " FROM " + sql_table(table) + " WHERE rid = ?1";
    }
    auto query = db_.prepare(sql);
    if (!query) return query.error();
    const auto row = query->bind(1, rid).step();
    if (!row) return row.error();
    if (!*row || (query->integer(0) & flag_hidden) != 0) return Ok{};
    int column = 0;
    for (std::size_t at = 0; at < table.fields.size(); ++at) {
        if (!table.fields[at].searchable) continue;
        DEBRIEF_TRY(search_->replace(rid, at, {}, query->text(++column)));
    }
    return Ok{};
}

}  // namespace debrief::core
