#include "sync/server/grant_table.hpp"

#include <algorithm>

#include "core/cbor.hpp"
#include "sync/server/row_number.hpp"

namespace debrief::sync {
namespace {

core::Bytes encode(const std::vector<core::ScopeCursor>& cursors) {
    core::CborWriter out;
    out.array(cursors.size());
    for (const auto& cursor : cursors) {
        out.array(3);
        out.text(cursor.scope);
        out.unsigned_integer(cursor.position);
        out.unsigned_integer(cursor.salt);
    }
    return out.take();
}

std::vector<core::ScopeCursor> decode(core::ByteView bytes) {
    std::vector<core::ScopeCursor> cursors;
    core::CborReader in{bytes};
    for (auto left = in.array(); left > 0 && in.ok(); --left) {
        in.array();
        core::ScopeCursor cursor;
        cursor.scope = std::string{in.text()};
        cursor.position = in.unsigned_integer();
        cursor.salt = in.unsigned_integer();
        if (in.ok()) cursors.push_back(std::move(cursor));
    }
    return cursors;
}

}  // namespace

core::Status GrantTable::create(core::Database& db) {
    return db.run(R"sql(
        CREATE TABLE IF NOT EXISTS cursor_set(device BLOB NOT NULL, id INTEGER NOT NULL, cursors BLOB NOT NULL,
            PRIMARY KEY(device, id)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS granted(user BLOB NOT NULL, scope TEXT NOT NULL, PRIMARY KEY(user, scope)) WITHOUT ROWID)sql");
}

core::Result<std::optional<std::vector<core::ScopeCursor>>> GrantTable::cursor_set(const core::Uuid& device,
                                                                                   std::uint64_t id) {
    using Found = std::optional<std::vector<core::ScopeCursor>>;
    if (id == 0) return Found{std::vector<core::ScopeCursor>{}};
    if (const auto waiting = sets_.find(device); waiting != sets_.end() && waiting->second.id == id) {
        return Found{decode(waiting->second.cursors)};
    }
    auto query = db_.prepare("SELECT cursors FROM cursor_set WHERE device = ?1 AND id = ?2");
    if (!query) return query.error();
    query->bind(1, device.view()).bind(2, stored(id));
    const auto row = query->step();
    if (!row) return row.error();
    if (!*row) return Found{};
    return Found{decode(query->bytes(0))};
}

void GrantTable::keep_cursor_set(const core::Uuid& device, std::uint64_t id, std::uint64_t previous,
                                 const std::vector<core::ScopeCursor>& cursors) {
    sets_[device] = {id, previous, encode(cursors)};
}

void GrantTable::note_granted(const core::Uuid& user, const std::vector<std::string>& scopes) {
    for (const auto& scope : scopes) grants_.emplace_back(user, scope);
}

core::Result<bool> GrantTable::was_granted(const core::Uuid& user, std::string_view scope) {
    const bool waits = std::any_of(grants_.begin(), grants_.end(),
                                   [&](const auto& grant) { return grant.first == user && grant.second == scope; });
    if (waits) return true;
    auto query = db_.prepare("SELECT 1 FROM granted WHERE user = ?1 AND scope = ?2");
    if (!query) return query.error();
    query->bind(1, user.view()).bind(2, scope);
    return query->step();
}

core::Status GrantTable::flush() {
    for (const auto& [device, waiting] : sets_) {
        auto remove = db_.prepare("DELETE FROM cursor_set WHERE device = ?1 AND id <> ?2");
        if (!remove) return remove.error();
        DEBRIEF_TRY(remove->bind(1, device.view()).bind(2, stored(waiting.previous)).run());
        auto insert = db_.prepare("INSERT OR REPLACE INTO cursor_set VALUES(?1, ?2, ?3)");
        if (!insert) return insert.error();
        insert->bind(1, device.view()).bind(2, stored(waiting.id)).bind(3, core::ByteView{waiting.cursors});
        DEBRIEF_TRY(insert->run());
    }
    for (const auto& [user, scope] : grants_) {
        auto insert = db_.prepare("INSERT OR IGNORE INTO granted VALUES(?1, ?2)");
        if (!insert) return insert.error();
        DEBRIEF_TRY(insert->bind(1, user.view()).bind(2, std::string_view{scope}).run());
    }
    return core::Ok{};
}

void GrantTable::flushed() {
    sets_.clear();
    grants_.clear();
}

}  // namespace debrief::sync
