#include "sync/server/handover.hpp"

#include <algorithm>

#include "core/catalogue/scope.hpp"
#include "core/device/reissue.hpp"
#include "sync/server/row_number.hpp"

namespace debrief::sync {
namespace {

using core::Errc;
using core::Error;
using core::Result;
using core::Status;

constexpr std::string_view columns = "SELECT id, device, incarnation, n, user, scope, at, payload FROM handover ";

Result<Handover> read(const core::Statement& row) {
    Handover found;
    found.id = row.integer(0);
    found.dot = {core::uuid_from_bytes(row.bytes(1)).value_or(core::Uuid{}), static_cast<std::uint64_t>(row.integer(2)),
                 static_cast<std::uint64_t>(row.integer(3))};
    found.author = core::uuid_from_bytes(row.bytes(4)).value_or(core::Uuid{});
    found.scope = row.text(5);
    found.at = core::Instant{row.integer(6)};
    auto changeset = core::decode_changeset(row.bytes(7));
    if (!changeset) return changeset.error();
    found.hash = core::known_hash(row.bytes(7));
    found.changeset = std::move(*changeset);
    return found;
}

Error missing(std::int64_t id) {
    return {Errc::not_found, "Nothing with the number " + std::to_string(id) + " waits to be filed.", "id",
            "debrief admin --data DIR handover list"};
}

}  // namespace

Status HandoverBox::create(core::Database& db) {
    return db.run(R"sql(
        CREATE TABLE IF NOT EXISTS handover_filed(device BLOB NOT NULL, incarnation INTEGER NOT NULL, n INTEGER NOT NULL,
            filed_n INTEGER NOT NULL, PRIMARY KEY(device, incarnation, n)) WITHOUT ROWID)sql");
}

Result<std::vector<Handover>> HandoverBox::list() {
    std::vector<Handover> all;
    auto query = store_.database().prepare(std::string{columns} + "ORDER BY id");
    if (!query) return query.error();
    for (;;) {
        const auto row = query->step();
        if (!row) return row.error();
        if (!*row) return all;
        auto found = read(*query);
        if (!found) return found.error();
        all.push_back(std::move(*found));
    }
}

Result<std::vector<HandoverCount>> HandoverBox::counts() {
    std::vector<HandoverCount> all;
    auto query = store_.database().prepare(
        "SELECT scope, user, count(*), min(at) FROM handover GROUP BY scope, user ORDER BY scope, user");
    if (!query) return query.error();
    for (;;) {
        const auto row = query->step();
        if (!row) return row.error();
        if (!*row) return all;
        all.push_back({std::string{query->text(0)}, core::uuid_from_bytes(query->bytes(1)).value_or(core::Uuid{}),
                       static_cast<std::uint64_t>(query->integer(2)), core::Instant{query->integer(3)}});
    }
}

Result<Handover> HandoverBox::find(std::int64_t id) {
    auto query = store_.database().prepare(std::string{columns} + "WHERE id = ?1");
    if (!query) return query.error();
    const auto row = query->bind(1, id).step();
    if (!row) return row.error();
    if (!*row) return missing(id);
    return read(*query);
}

Status HandoverBox::remove(std::int64_t id) {
    auto statement = store_.database().prepare("DELETE FROM handover WHERE id = ?1");
    if (!statement) return statement.error();
    return statement->bind(1, id).run();
}

Status HandoverBox::follow_filed(core::Changeset& changeset) {
    const auto& server = store_.identity();
    for (const auto& dot : core::dots_named(changeset)) {
        auto query = store_.database().prepare(
            "SELECT filed_n FROM handover_filed WHERE device = ?1 AND incarnation = ?2 AND n = ?3");
        if (!query) return query.error();
        query->bind(1, dot.device.view()).bind(2, stored(dot.incarnation)).bind(3, stored(dot.n));
        const auto row = query->step();
        if (!row) return row.error();
        if (!*row) continue;
        core::rename_dot(changeset, dot,
                         {server.device, server.incarnation, static_cast<std::uint64_t>(query->integer(0))});
    }
    return core::Ok{};
}

Status HandoverBox::file(std::int64_t id, const std::optional<core::Uuid>& as) {
    return store_.transact([&]() -> Status {
        auto found = find(id);
        if (!found) return found.error();
        auto& changeset = found->changeset;
        const auto scope = core::parse_scope(changeset.scope);
        if (as && (!scope || scope->kind != core::ScopeKind::account)) {
            return Error{Errc::invalid, "Private work can be filed in the name of its author only.", "as", {}};
        }
        const auto author = as.value_or(found->author);
        const auto n = sink_.next_n();
        if (!n) return n.error();
        DEBRIEF_TRY(follow_filed(changeset));
        if (changeset.was.empty()) changeset.was.push_back({found->dot, found->hash});
        const auto& server = store_.identity();
        changeset.dot = {server.device, server.incarnation, *n};
        changeset.original.clear();
        const auto why = judge_.misfit(changeset);
        if (!why) return why.error();
        if (*why) {
            return Error{Errc::invalid, "It does not fit what is there now (" + **why + ").", "id",
                         "A change of the same device that it builds on may wait too: file that one first."};
        }
        const auto effective = core::HybridClock::clamp(changeset.time, store_.now());
        const auto merged = store_.merge({changeset, author, effective});
        if (!merged && (merged.error().code == Errc::not_found || merged.error().code == Errc::invalid)) {
            return Error{Errc::invalid, "It does not fit what is there now: " + merged.error().detail, "id", {}};
        }
        if (!merged) return merged.error();
        DEBRIEF_TRY(sink_.append(changeset, core::encode(changeset), author, effective));
        const auto owed = store_.owed(changeset);
        if (!owed) return owed.error();
        if (const auto erased = store_.erase(*owed); !erased) return erased.error();
        auto note = store_.database().prepare("INSERT OR REPLACE INTO handover_filed VALUES(?1, ?2, ?3, ?4)");
        if (!note) return note.error();
        note->bind(1, found->dot.device.view()).bind(2, stored(found->dot.incarnation)).bind(3, stored(found->dot.n));
        DEBRIEF_TRY(note->bind(4, stored(*n)).run());
        return remove(id);
    });
}

Status HandoverBox::drop(std::int64_t id) {
    return store_.transact([&]() -> Status {
        const auto found = find(id);
        if (!found) return found.error();
        return remove(id);
    });
}

}  // namespace debrief::sync
