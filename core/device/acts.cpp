#include "core/device/acts.hpp"

#include <algorithm>
#include <iterator>
#include <limits>

#include "core/changes/sealed.hpp"
#include "core/store/database.hpp"

namespace debrief::core {
namespace {

// `turned` grows with every act, undo and redo. `taken_back`: which own change took back which other one.
constexpr const char* act_tables = R"sql(
CREATE TABLE IF NOT EXISTS act(id INTEGER PRIMARY KEY, what TEXT NOT NULL, incarnation INTEGER NOT NULL, first INTEGER NOT NULL,
    last INTEGER NOT NULL, undone INTEGER NOT NULL DEFAULT 0, turned INTEGER NOT NULL, at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS taken_back(n INTEGER PRIMARY KEY, by INTEGER NOT NULL);
)sql";

constexpr std::string_view act_columns = "SELECT id, what, first, last, undone, at FROM act WHERE incarnation = ?1 ";

std::int64_t as_integer(std::uint64_t n) {
    return static_cast<std::int64_t>(n);
}

Act act_of(Statement& row) {
    return {static_cast<std::uint64_t>(row.integer(0)),
            std::string{row.text(1)},
            static_cast<std::uint64_t>(row.integer(2)),
            static_cast<std::uint64_t>(row.integer(3)),
            row.integer(4) != 0,
            Instant{row.integer(5)}};
}

}  // namespace

Status Acts::prepare(Database& db) {
    return db.run(act_tables);
}

Result<std::optional<std::uint64_t>> Acts::perform(std::string_view what, const std::function<Status()>& work) {
    std::optional<std::uint64_t> id;
    DEBRIEF_TRY(store_.transact([&]() -> Status {
        const auto before = device_.last_n();
        if (!before) return before.error();
        DEBRIEF_TRY(work());
        const auto after = device_.last_n();
        if (!after) return after.error();
        if (*after == *before) return Ok{};
        id = *before + 1;
        const auto incarnation = as_integer(store_.identity().incarnation);
        // Acts of another incarnation name changes that are called otherwise now.
        auto old = store_.database().prepare(
            "DELETE FROM act WHERE undone = 1 OR incarnation <> ?1 OR id IN "
            "(SELECT id FROM act ORDER BY id DESC LIMIT -1 OFFSET ?2)");
        if (!old) return old.error();
        DEBRIEF_TRY(old->bind(1, incarnation).bind(2, as_integer(kept_max - 1)).run());
        auto insert = store_.database().prepare(
            "INSERT INTO act(id, what, incarnation, first, last, turned, at) "
            "SELECT ?1, ?2, ?3, ?1, ?4, ifnull(max(turned), 0) + 1, ?5 FROM act");
        if (!insert) return insert.error();
        insert->bind(1, as_integer(*id)).bind(2, what).bind(3, incarnation).bind(4, as_integer(*after));
        return insert->bind(5, std::int64_t{store_.now().count()}).run();
    }));
    return id;
}

Result<std::vector<Act>> Acts::list() {
    // What was done or undone last comes first.
    auto query = store_.database().prepare(std::string{act_columns} + "ORDER BY turned DESC");
    if (!query) return query.error();
    query->bind(1, as_integer(store_.identity().incarnation));
    std::vector<Act> acts;
    for (;;) {
        const auto row = query->step();
        if (!row) return row.error();
        if (!*row) return acts;
        acts.push_back(act_of(*query));
    }
}

Result<std::vector<OutboxEntry>> Acts::entries(std::uint64_t first, std::uint64_t last) {
    std::vector<OutboxEntry> found;
    for (auto n = first; n <= last; ++n) {
        auto entry = device_.own_change(n);
        if (!entry) return entry.error();
        // Given up, too long ago, or written for an account that is not here any more.
        if (!*entry || (*entry)->payload.empty() || is_sealed((*entry)->payload)) continue;
        found.push_back(std::move(**entry));
    }
    return found;
}

Result<std::vector<Changeset>> Acts::changes(const Act& act) {
    const auto found = entries(act.first, act.last);
    if (!found) return found.error();
    std::vector<Changeset> changes;
    for (const auto& entry : *found) {
        auto changeset = decode_changeset(entry.payload);
        if (!changeset) return changeset.error();
        changes.push_back(std::move(*changeset));
    }
    return changes;
}

Result<std::optional<InTheWay>> Acts::reverse(const std::vector<OutboxEntry>& entries, Turn& turn) {
    const auto& self = store_.identity();
    std::vector<OwnWrites> writes;
    for (const auto& entry : entries) {
        const auto changeset = decode_changeset(entry.payload);
        if (!changeset) return changeset.error();
        for (const auto& write : changeset->records) {
            if (entry.state == OutboxState::parked)
                return std::optional{InTheWay{InTheWay::Why::refused, write.table, write.record, {}, {}, {}}};
            auto own = std::find_if(writes.begin(), writes.end(),
                                    [&](const OwnWrites& one) { return one.record == write.record; });
            if (own == writes.end()) own = writes.insert(own, OwnWrites{write.table, write.record, {}, {}});
            own->dots.insert(Dot{self.device, self.incarnation, entry.n});
            for (const auto& field : write.fields) {
                if (!field.replaces.empty()) own->replacing.insert(field.field);
            }
        }
    }
    std::vector<Edit> edits;
    for (const auto& own : writes) {
        auto back = reversal(store_, own);
        if (!back && back.error().code == Errc::not_found)
            return std::optional{InTheWay{InTheWay::Why::unknown, own.table, own.record, {}, {}, {}}};
        if (!back) return back.error();
        if (back->in_the_way) return std::move(back->in_the_way);
        if (back->edits.empty()) continue;
        std::move(back->edits.begin(), back->edits.end(), std::back_inserter(edits));
        turn.records.push_back({own.table, own.record});
        turn.fields.insert(back->fields.begin(), back->fields.end());
    }
    const auto before = device_.last_n();
    if (!before) return before.error();
    if (const auto written = store_.write(edits); !written) return written.error();
    const auto after = device_.last_n();
    if (!after) return after.error();
    if (*after == *before) {
        turn.fields.clear();
        return std::optional<InTheWay>{};
    }
    turn.act.first = *before + 1;
    turn.act.last = *after;
    DEBRIEF_TRY(note_reversal(entries, *before));
    return std::optional<InTheWay>{};
}

Status Acts::note_reversal(const std::vector<OutboxEntry>& entries, std::uint64_t after) {
    const auto settled = device_.final_n();
    if (!settled) return settled.error();
    // Of interest only while the one that was taken back waits.
    auto old = store_.database().prepare("DELETE FROM taken_back WHERE n <= ?1");
    if (!old) return old.error();
    DEBRIEF_TRY(old->bind(1, as_integer(*settled)).run());
    const auto made = device_.unsent(after + 1, std::numeric_limits<std::size_t>::max());
    if (!made) return made.error();
    for (const auto& entry : entries) {
        if (entry.n <= *settled) continue;
        const auto by =
            std::find_if(made->begin(), made->end(), [&](const OutboxEntry& one) { return one.scope == entry.scope; });
        if (by == made->end()) continue;
        auto insert = store_.database().prepare("INSERT OR REPLACE INTO taken_back(n, by) VALUES (?1, ?2)");
        if (!insert) return insert.error();
        DEBRIEF_TRY(insert->bind(1, as_integer(entry.n)).bind(2, as_integer(by->n)).run());
    }
    return Ok{};
}

Result<std::optional<Act>> Acts::newest(bool undone, std::optional<std::uint64_t> id) {
    auto query = store_.database().prepare(std::string{act_columns} +
                                           "AND undone = ?2 AND (?3 = 0 OR id = ?3) ORDER BY turned DESC LIMIT 1");
    if (!query) return query.error();
    query->bind(1, as_integer(store_.identity().incarnation)).bind(2, std::int64_t{undone});
    const auto row = query->bind(3, as_integer(id.value_or(0))).step();
    if (!row) return row.error();
    return *row ? std::optional{act_of(*query)} : std::nullopt;
}

Status Acts::forget(std::uint64_t id) {
    auto remove = store_.database().prepare("DELETE FROM act WHERE id = ?1");
    if (!remove) return remove.error();
    return remove->bind(1, as_integer(id)).run();
}

Result<std::optional<Turn>> Acts::turn(bool undone, std::optional<std::uint64_t> id) {
    std::optional<Turn> done;
    DEBRIEF_TRY(store_.transact([&]() -> Status {
        for (;;) {
            const auto act = newest(undone, id);
            if (!act) return act.error();
            if (!*act && id) {
                return Error{Errc::not_found, "There is no such change to take back; it may be taken back already.",
                             "act", "change.list shows those that can be."};
            }
            if (!*act) return Ok{};
            const auto left = entries((*act)->first, (*act)->last);
            if (!left) return left.error();
            // Nothing of it counts any more: the one before is meant.
            if (left->empty() && !id) {
                DEBRIEF_TRY(forget((*act)->id));
                continue;
            }
            Turn turn{**act, {}, {}, {}};
            auto other = left->empty()
                             ? Result<std::optional<InTheWay>>{InTheWay{InTheWay::Why::unknown, {}, {}, {}, {}, {}}}
                             : reverse(*left, turn);
            if (!other) return other.error();
            turn.in_the_way = std::move(*other);
            if (turn.in_the_way) {
                turn.records.clear();
                turn.fields.clear();
                done = std::move(turn);
                return forget(done->act.id);
            }
            turn.act.undone = !undone;
            auto update = store_.database().prepare(
                "UPDATE act SET first = ?2, last = ?3, undone = ?4, turned = (SELECT max(turned) + 1 FROM act) WHERE "
                "id = ?1");
            if (!update) return update.error();
            update->bind(1, as_integer(turn.act.id))
                .bind(2, as_integer(turn.act.first))
                .bind(3, as_integer(turn.act.last));
            done = std::move(turn);
            return update->bind(4, std::int64_t{!undone}).run();
        }
    }));
    return done;
}

Result<std::optional<Turn>> Acts::undo(std::optional<std::uint64_t> id) {
    return turn(false, id);
}

Result<std::optional<Turn>> Acts::redo() {
    return turn(true, std::nullopt);
}

Result<Turn> Acts::discard(std::uint64_t n, std::string_view what) {
    Turn turn;
    std::optional<InTheWay> other;
    const auto id = perform(what, [&]() -> Status {
        const auto settled = device_.final_n();
        if (!settled) return settled.error();
        const auto left = entries(n, n);
        if (!left) return left.error();
        if (n <= *settled || left->empty()) {
            return Error{Errc::not_found, "There is no change " + std::to_string(n) + " that waits.", "n",
                         "'debrief pending' (sync.pending) lists those that do."};
        }
        auto reversed = reverse(*left, turn);
        if (!reversed) return reversed.error();
        other = std::move(*reversed);
        return Ok{};
    });
    if (!id) return id.error();
    if (*id) turn.act = {**id, std::string{what}, turn.act.first, turn.act.last, false, store_.now()};
    turn.in_the_way = std::move(other);
    if (turn.in_the_way) {
        turn.records.clear();
        turn.fields.clear();
    }
    return turn;
}

Result<std::map<std::uint64_t, std::uint64_t>> Acts::taken_back() {
    auto query = store_.database().prepare("SELECT n, by FROM taken_back");
    if (!query) return query.error();
    std::map<std::uint64_t, std::uint64_t> found;
    for (;;) {
        const auto row = query->step();
        if (!row) return row.error();
        if (!*row) return found;
        found.emplace(static_cast<std::uint64_t>(query->integer(0)), static_cast<std::uint64_t>(query->integer(1)));
    }
}

}  // namespace debrief::core
