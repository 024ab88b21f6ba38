#include "core/store/schema.hpp"

#include <set>

#include "core/defects.hpp"
#include "core/store/version_blob.hpp"
#include "core/utf8.hpp"

namespace debrief::core {
namespace {

// record: every record here, whatever its table. `confirmed` holds its state without own pending changes while there
// are
//   `pending` ones (empty: it does not exist yet for others); NULL: shown = confirmed.
// cell: the heads that do not fit a row: conflicts, deletions, elements of sets, unknown fields and tables.
// version: what was superseded; `local` while the change that did it is not confirmed.
// conflict: fields whose heads hold more than one distinct value.
constexpr const char* base_tables = R"sql(
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE scope_name(number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE table_name(number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE replica(number INTEGER PRIMARY KEY, device BLOB NOT NULL, incarnation INTEGER NOT NULL, author BLOB NOT NULL,
                     UNIQUE(device, incarnation, author));
CREATE TABLE record(rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, tbl INTEGER NOT NULL, scope INTEGER NOT NULL,
                    pending INTEGER NOT NULL DEFAULT 0, confirmed BLOB);
CREATE TABLE cell(rid INTEGER NOT NULL, field TEXT NOT NULL, replica INTEGER NOT NULL, n INTEGER NOT NULL,
                  time INTEGER NOT NULL, value BLOB NOT NULL, covers BLOB, base TEXT,
                  PRIMARY KEY(rid, field, replica, n)) WITHOUT ROWID;
CREATE TABLE version(rid INTEGER NOT NULL, field TEXT NOT NULL, replica INTEGER NOT NULL, n INTEGER NOT NULL,
                     by_replica INTEGER NOT NULL, by_n INTEGER NOT NULL, time INTEGER NOT NULL, value BLOB NOT NULL,
                     local INTEGER NOT NULL, PRIMARY KEY(rid, field, replica, n, by_replica, by_n)) WITHOUT ROWID;
CREATE TABLE conflict(rid INTEGER NOT NULL, field TEXT NOT NULL, PRIMARY KEY(rid, field)) WITHOUT ROWID;
)sql";

// Since layout 2. erasure: a row without a field's name says that the whole record was erased, except its `kept`
// fields.
constexpr const char* erasure_table = R"sql(
CREATE TABLE IF NOT EXISTS erasure(record BLOB NOT NULL, field TEXT NOT NULL, scope INTEGER NOT NULL,
                                   kept INTEGER NOT NULL, PRIMARY KEY(record, field)) WITHOUT ROWID;
)sql";

// Since layout 3. imported: what a file said last of a record's fields, as hashes; this device's own, never synced.
constexpr const char* imported_table = R"sql(
CREATE TABLE IF NOT EXISTS imported(rid INTEGER PRIMARY KEY, seen BLOB NOT NULL);
)sql";

// Without FTS5's secure-delete, which makes each change of a text search for its old words at once: where words have to
// go, the whole index is written anew (SearchIndex::rewrite).
constexpr const char* search_table = R"sql(
CREATE VIRTUAL TABLE search USING fts5(text, tokenize = 'unicode61 remove_diacritics 2');
)sql";

std::string_view sql_type(FieldType type) {
    switch (type) {
        case FieldType::integer:
        case FieldType::boolean:
        case FieldType::instant:
            return "INTEGER";
        case FieldType::ref:
        case FieldType::refs:
            return "BLOB";
        default:
            return "TEXT";
    }
}

std::string column(const Field& field) {
    return sql_name(field.name) + " " + std::string{sql_type(field.type)};
}

std::string index_of(const Table& table, const Field& field) {
    const auto name = sql_name("t_" + std::string{table.name} + "_" + std::string{field.name});
    // Rows without the field cost nothing in its index.
    return "CREATE INDEX IF NOT EXISTS " + name + " ON " + sql_table(table) + "(" + sql_name(field.name) + ") WHERE " +
           sql_name(field.name) + " IS NOT NULL;";
}

Result<std::set<std::string>> columns_of(Database& db, const Table& table) {
    std::set<std::string> columns;
    auto query = db.prepare("SELECT name FROM pragma_table_info(?1)");
    if (!query) return query.error();
    const auto name = "t_" + std::string{table.name};
    query->bind(1, std::string_view{name});
    for (;;) {
        const auto row = query->step();
        if (!row) return row.error();
        if (!*row) return columns;
        columns.emplace(query->text(0));
    }
}

Status make_catalogue_tables(Database& db, const Catalogue& catalogue) {
    for (const auto& table : catalogue.tables) {
        DEBRIEF_CHECK(table.fields.size() <= row_fields_max);
        const auto known = columns_of(db, table);
        if (!known) return known.error();
        std::string sql;
        if (known->empty()) {
            sql = "CREATE TABLE " + sql_table(table) + "(rid INTEGER PRIMARY KEY";
            for (const auto& field : table.fields) sql += ", " + column(field);
            sql += ", _flags INTEGER NOT NULL, _ver BLOB NOT NULL);";
        } else {
            for (const auto& field : table.fields) {
                if (known->contains(std::string{field.name})) continue;
                sql += "ALTER TABLE " + sql_table(table) + " ADD COLUMN " + column(field) + ";";
            }
        }
        for (const auto& field : table.fields) {
            if (field.indexed) sql += index_of(table, field);
        }
        DEBRIEF_TRY(db.run(sql));
    }
    return Ok{};
}

Error not_ours() {
    return {Errc::corrupt,
            "The file is a database, but not a Debrief store.",
            {},
            "Choose another folder, or move the file away."};
}

Error too_new(std::int64_t found, std::int64_t known) {
    return {Errc::too_new,
            "The store was written by a newer Debrief (store version " + std::to_string(found) +
                "; this program knows " + std::to_string(known) + "). Nothing was changed.",
            {},
            "Install the newer version; it finds everything as it was left."};
}

Status create(Database& db, const Catalogue& catalogue, bool search, bool fresh) {
    auto transaction = Transaction::begin(db);
    if (!transaction) return transaction.error();
    // Another process may have made the tables while this one waited for its turn.
    const auto version = db.integer("PRAGMA user_version");
    if (!version) return version.error();
    if (*version == store_version(catalogue)) return Ok{};
    if (fresh && *version == 0) {
        DEBRIEF_TRY(db.run(base_tables));
        if (search) DEBRIEF_TRY(db.run(search_table));
        DEBRIEF_TRY(db.run("PRAGMA application_id = " + std::to_string(store_application_id)));
    }
    DEBRIEF_TRY(db.run(erasure_table));
    DEBRIEF_TRY(db.run(imported_table));
    DEBRIEF_TRY(make_catalogue_tables(db, catalogue));
    DEBRIEF_TRY(db.run("PRAGMA user_version = " + std::to_string(store_version(catalogue))));
    return transaction->commit();
}

}  // namespace

std::string sql_name(std::string_view name) {
    return '"' + std::string{name} + '"';
}
std::string sql_table(const Table& table) {
    return sql_name("t_" + std::string{table.name});
}

Status open_schema(Database& db, const Catalogue& catalogue, bool search) {
    db.checkpoint_on_close(false);  // Until we know that it is ours, not even closing may change it.
    const auto application = db.integer("PRAGMA application_id");
    if (!application) return application.error();
    const auto version = db.integer("PRAGMA user_version");
    if (!version) return version.error();
    const auto objects = db.integer("SELECT count(*) FROM sqlite_schema");
    if (!objects) return objects.error();
    const bool fresh = *objects == 0 && *version == 0 && *application == 0;
    if (!fresh && *application != store_application_id) return not_ours();
    const auto known = store_version(catalogue);
    if (*version > known) return too_new(*version, known);
    db.checkpoint_on_close(true);

    DEBRIEF_TRY(db.run(R"sql(
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA secure_delete = ON;
        PRAGMA trusted_schema = OFF;
        PRAGMA cell_size_check = ON;
        PRAGMA foreign_keys = OFF;
    )sql"));
    if (defective(Defect::commit_unsynced)) DEBRIEF_TRY(db.run("PRAGMA synchronous = NORMAL"));
    DEBRIEF_TRY(db.define("fold", &fold));
    if (*version == known) return Ok{};
    return create(db, catalogue, search, fresh);
}

}  // namespace debrief::core
