#include "core/journey/derived_views.hpp"

#include <array>
#include <string>

#include "core/store/database.hpp"

namespace debrief::core {
namespace {

constexpr std::string_view make_table = R"sql(
CREATE TABLE IF NOT EXISTS derived_view(account BLOB PRIMARY KEY, terms TEXT NOT NULL, view BLOB NOT NULL) WITHOUT ROWID;
)sql";

std::string trigger(const std::string& name, const std::string& when, const std::string& gone) {
    return "CREATE TRIGGER IF NOT EXISTS derived_view_" + name + " AFTER " + when + " BEGIN DELETE FROM derived_view" +
           gone + "; END;";
}

/// Evidence names its account.
std::string follow_evidence(const std::string& table) {
    return trigger(table + "_new", "INSERT ON t_" + table, " WHERE account = NEW.account") +
           trigger(table + "_gone", "DELETE ON t_" + table, " WHERE account = OLD.account") +
           trigger(table + "_other", "UPDATE ON t_" + table, " WHERE account IN (OLD.account, NEW.account)");
}

/// When something was withdrawn, kept or dropped is read from the history, which may change beside the row.
std::string follow_history(const std::string& table, const std::string& change, const std::string& row) {
    return trigger(table + "_" + change + "_state", change + " ON " + table + " WHEN " + row + ".field = 'state'",
                   " WHERE account IN (SELECT account FROM t_observation WHERE rid = " + row +
                       ".rid UNION ALL SELECT account FROM t_commitment WHERE rid = " + row + ".rid)") +
           trigger(table + "_" + change + "_name",
                   change + " ON " + table + " WHEN " + row + ".field IN ('name', 'gone')", "");
}

std::string make_all() {
    std::string sql{make_table};
    for (const char* table : {"observation", "stance", "commitment", "meeting"}) sql += follow_evidence(table);
    // A person may be named in the evidence of any account.
    for (const char* change : {"INSERT", "DELETE", "UPDATE"})
        sql += trigger(std::string{"contact_"} + change, std::string{change} + " ON t_contact", "");
    for (const char* table : {"cell", "version"}) {
        sql += follow_history(table, "INSERT", "NEW");
        sql += follow_history(table, "DELETE", "OLD");
        sql += follow_history(table, "UPDATE", "NEW");
    }
    return sql;
}

Result<bool> is_made(Database& db) {
    const auto found = db.integer("SELECT count(*) FROM sqlite_master WHERE name = 'derived_view'");
    if (!found) return found.error();
    return *found != 0;
}

}  // namespace

Result<DerivedViews> derived_views(Store& store, std::string_view terms) {
    DerivedViews views;
    auto& db = store.database();
    const auto made = is_made(db);
    if (!made) return made.error();
    if (!*made) return views;
    auto query = db.prepare("SELECT account, view FROM derived_view WHERE terms = ?1 ORDER BY account");
    if (!query) return query.error();
    query->bind(1, terms);
    for (;;) {
        const auto row = query->step();
        if (!row) return row.error();
        if (!*row) return views;
        const auto view = query->bytes(1);
        if (const auto account = uuid_from_bytes(query->bytes(0)))
            views.emplace_hint(views.end(), *account, Bytes{view.begin(), view.end()});
    }
}

Result<Bytes> derived_view(Store& store, std::string_view terms, const Uuid& account) {
    auto& db = store.database();
    const auto made = is_made(db);
    if (!made) return made.error();
    if (!*made) return Bytes{};
    auto query = db.prepare("SELECT view FROM derived_view WHERE account = ?1 AND terms = ?2");
    if (!query) return query.error();
    const auto row = query->bind(1, account.view()).bind(2, terms).step();
    if (!row) return row.error();
    if (!*row) return Bytes{};
    const auto view = query->bytes(0);
    return Bytes{view.begin(), view.end()};
}

Status keep_derived_views(Store& store, std::string_view terms, const DerivedViews& views, std::int64_t commits) {
    auto& db = store.database();
    return store.transact([&]() -> Status {
        // Inside the transaction nobody else writes any more.
        const auto now = commits_elsewhere(store);
        if (!now) return now.error();
        if (*now != commits) return Ok{};
        const auto made = is_made(db);
        if (!made) return made.error();
        if (!*made) DEBRIEF_TRY(db.run(make_all()));
        auto keep = db.prepare(
            "INSERT INTO derived_view(account, terms, view) VALUES (?1, ?2, ?3) "
            "ON CONFLICT DO UPDATE SET terms = excluded.terms, view = excluded.view");
        if (!keep) return keep.error();
        for (const auto& [account, view] : views)
            DEBRIEF_TRY(keep->bind(1, account.view()).bind(2, terms).bind(3, ByteView{view}).run());
        return Ok{};
    });
}

Result<std::int64_t> commits_elsewhere(Store& store) {
    return store.database().integer("PRAGMA data_version");
}

}  // namespace debrief::core
