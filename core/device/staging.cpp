#include "core/device/staging.hpp"

#include <algorithm>
#include <set>

#include "core/cbor.hpp"
#include "core/changes/state_codec.hpp"

namespace debrief::core {
namespace {

// A piece is one row: an array of [state, older, state, older …].
constexpr const char* staging_tables = R"sql(
CREATE TABLE IF NOT EXISTS staged(id INTEGER PRIMARY KEY, scope TEXT NOT NULL, again INTEGER NOT NULL, piece BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS staged_scope(scope TEXT PRIMARY KEY, position INTEGER NOT NULL, salt INTEGER NOT NULL,
                                        last BLOB NOT NULL, records INTEGER NOT NULL) WITHOUT ROWID;
)sql";

Error out_of_place(std::string_view scope) {
    return {Errc::corrupt, "The state of \"" + std::string{scope} + "\" does not go on where it had stopped.", {}, {}};
}

/// The id of an encoded state, without decoding the rest.
Result<Uuid> id_of_state(ByteView state) {
    DEBRIEF_TRY(validate_cbor(state));
    CborReader in{state};
    for (auto pairs = in.map(); pairs > 0 && in.ok(); --pairs) {
        if (in.text() != "i") {
            in.skip();
            continue;
        }
        if (const auto id = uuid_from_bytes(in.bytes()); id && !id->is_nil()) return *id;
        break;
    }
    return Error{Errc::corrupt, "A record's state has no id.", {}, {}};
}

Bytes packed(const StatePiece& piece) {
    CborWriter out;
    out.array(piece.records.size() * 2);
    for (const auto& record : piece.records) {
        out.bytes(record.state);
        out.boolean(record.older);
    }
    return out.take();
}

Status each_record(ByteView piece, const std::function<Status(KeptState&&)>& take) {
    CborReader in{piece};
    for (auto left = in.array() / 2; left > 0 && in.ok(); --left) {
        auto state = decode_state(in.bytes());
        if (!state) return state.error();
        KeptState kept{std::move(*state), in.boolean()};
        if (!in.ok()) break;
        DEBRIEF_TRY(take(std::move(kept)));
    }
    return in.ok() ? Status{Ok{}} : Status{in.error("a staged state")};
}

}  // namespace

Status Staging::create(Database& db) {
    return db.run(staging_tables);
}

Result<std::optional<StatePlace>> Staging::place(std::string_view scope) {
    if (const auto moved = moved_.find(scope); moved != moved_.end()) return std::optional{moved->second};
    auto query = db_.prepare("SELECT position, salt, last, records FROM staged_scope WHERE scope = ?1");
    if (!query) return query.error();
    const auto row = query->bind(1, scope).step();
    if (!row) return row.error();
    if (!*row) return std::optional<StatePlace>{};
    return std::optional{StatePlace{std::string{scope}, static_cast<std::uint64_t>(query->integer(0)),
                                    static_cast<std::uint64_t>(query->integer(1)),
                                    uuid_from_bytes(query->bytes(2)).value_or(Uuid{}),
                                    static_cast<std::uint64_t>(query->integer(3))}};
}

Result<std::vector<StatePlace>> Staging::places() {
    std::set<std::string> scopes;
    for (const auto& [scope, place] : moved_) scopes.insert(scope);
    {
        auto query = db_.prepare("SELECT scope FROM staged_scope");
        if (!query) return query.error();
        for (;;) {
            const auto row = query->step();
            if (!row) return row.error();
            if (!*row) break;
            scopes.emplace(query->text(0));
        }
    }
    std::vector<StatePlace> found;
    for (const auto& scope : scopes) {
        auto at = place(scope);
        if (!at) return at.error();
        if (*at) found.push_back(std::move(**at));
    }
    return found;
}

Status Staging::take(StatePiece piece) {
    const auto& scope = piece.after.scope;
    if (piece.records.empty()) return out_of_place(scope);
    const bool begins = !piece.again && piece.after.last.is_nil();
    auto now = piece.after;
    now.records = 0;
    if (!begins) {
        const auto known = place(scope);
        if (!known) return known.error();
        if (!*known || (*known)->position != now.position || (*known)->salt != now.salt) return out_of_place(scope);
        if (!piece.again && (*known)->last != now.last) return out_of_place(scope);
        now = **known;
    }
    if (!piece.again) {
        const auto last = id_of_state(piece.records.back().state);
        if (!last) return last.error();
        now.last = *last;
        now.records += piece.records.size();
    }
    if (begins) forget_scope(scope);
    held_.push_back({scope, begins, piece.again, packed(piece)});
    bytes_ += held_.back().piece.size();
    moved_[scope] = std::move(now);
    return Ok{};
}

Status Staging::keep() {
    for (const auto& held : held_) {
        if (held.begins) DEBRIEF_TRY(drop(held.scope));
        auto insert = db_.prepare("INSERT INTO staged(scope, again, piece) VALUES (?1, ?2, ?3)");
        if (!insert) return insert.error();
        insert->bind(1, std::string_view{held.scope}).bind(2, std::int64_t{held.again}).bind(3, ByteView{held.piece});
        DEBRIEF_TRY(insert->run());
    }
    for (const auto& [scope, at] : moved_) {
        auto upsert = db_.prepare("INSERT OR REPLACE INTO staged_scope VALUES (?1, ?2, ?3, ?4, ?5)");
        if (!upsert) return upsert.error();
        upsert->bind(1, std::string_view{scope}).bind(2, static_cast<std::int64_t>(at.position));
        upsert->bind(3, static_cast<std::int64_t>(at.salt)).bind(4, at.last.view());
        DEBRIEF_TRY(upsert->bind(5, static_cast<std::int64_t>(at.records)).run());
    }
    return Ok{};
}

void Staging::forget() {
    held_.clear();
    moved_.clear();
    bytes_ = 0;
}

void Staging::forget_scope(std::string_view scope) {
    std::erase_if(held_, [&](const Held& held) { return held.scope == scope; });
    if (const auto found = moved_.find(scope); found != moved_.end()) moved_.erase(found);
    bytes_ = 0;
    for (const auto& held : held_) bytes_ += held.piece.size();
}

Status Staging::drop(std::string_view scope) {
    for (const auto* sql : {"DELETE FROM staged WHERE scope = ?1", "DELETE FROM staged_scope WHERE scope = ?1"}) {
        auto remove = db_.prepare(sql);
        if (!remove) return remove.error();
        DEBRIEF_TRY(remove->bind(1, scope).run());
    }
    return Ok{};
}

// What is held is newer than what is on disk; a piece that begins anew voids all of that.
Status Staging::pieces(std::string_view scope, bool again, bool newest_first,
                       const std::function<Status(ByteView)>& take) {
    std::vector<const Held*> held;
    bool on_disk = true;
    for (const auto& one : held_) {
        if (one.scope != scope) continue;
        on_disk = on_disk && !one.begins;
        if (one.again == again) held.push_back(&one);
    }
    const auto from_disk = [&]() -> Status {
        if (!on_disk) return Ok{};
        auto query =
            db_.prepare(newest_first ? "SELECT piece FROM staged WHERE scope = ?1 AND again = ?2 ORDER BY id DESC"
                                     : "SELECT piece FROM staged WHERE scope = ?1 AND again = ?2 ORDER BY id");
        if (!query) return query.error();
        query->bind(1, scope).bind(2, std::int64_t{again});
        for (;;) {
            const auto row = query->step();
            if (!row) return row.error();
            if (!*row) return Ok{};
            DEBRIEF_TRY(take(query->bytes(0)));
        }
    };
    if (!newest_first) DEBRIEF_TRY(from_disk());
    if (newest_first) std::reverse(held.begin(), held.end());
    for (const auto* one : held) DEBRIEF_TRY(take(one->piece));
    return newest_first ? from_disk() : Status{Ok{}};
}

Status Staging::each(std::string_view scope, const std::function<Status(KeptState&&)>& take) {
    std::set<Uuid> changed;
    DEBRIEF_TRY(pieces(scope, true, true, [&](ByteView piece) {
        return each_record(piece, [&](KeptState&& kept) {
            return changed.insert(kept.state.id).second ? take(std::move(kept)) : Status{Ok{}};
        });
    }));
    Uuid before;
    return pieces(scope, false, false, [&](ByteView piece) {
        return each_record(piece, [&](KeptState&& kept) -> Status {
            if (kept.state.id <= before) return out_of_place(scope);
            before = kept.state.id;
            return changed.contains(kept.state.id) ? Status{Ok{}} : take(std::move(kept));
        });
    });
}

}  // namespace debrief::core
