#include "core/device/outbox.hpp"

#include <algorithm>

#include "core/changes/sealed.hpp"
#include "core/digest.hpp"

namespace debrief::core {
namespace {

constexpr const char* outbox_tables = R"sql(
CREATE TABLE IF NOT EXISTS outbox(n INTEGER PRIMARY KEY, scope TEXT NOT NULL, payload BLOB NOT NULL, hash BLOB NOT NULL,
    chain BLOB NOT NULL, state INTEGER NOT NULL, code TEXT NOT NULL DEFAULT '', position INTEGER NOT NULL DEFAULT 0,
    effective INTEGER NOT NULL DEFAULT 0, at INTEGER NOT NULL, time INTEGER NOT NULL, applied INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS outbox_parked ON outbox(n) WHERE state = 2;
)sql";
// A save must not pay for indexes over what waits: everything after the newest final n waits, and that n stands in
// `meta`.
constexpr std::string_view final_key = "final_n";

constexpr std::string_view row_columns =
    "SELECT n, scope, payload, hash, state, code, position, at, applied FROM outbox ";

std::int64_t number(std::uint64_t n) {
    return static_cast<std::int64_t>(n);
}

}  // namespace

Status Outbox::prepare() {
    const auto there = db_.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'outbox_parked'");
    if (!there) return there.error();
    return *there != 0 ? Status{Ok{}} : db_.run(outbox_tables);
}

Result<std::uint64_t> Outbox::last_n() {
    const auto last = db_.integer("SELECT max(n) FROM outbox");
    if (!last) return last.error();
    return static_cast<std::uint64_t>(*last);
}

Result<std::uint64_t> Outbox::final_n() {
    auto query = db_.prepare("SELECT value FROM meta WHERE key = ?1");
    if (!query) return query.error();
    const auto row = query->bind(1, final_key).step();
    if (!row) return row.error();
    return *row ? static_cast<std::uint64_t>(query->integer(0)) : 0;
}

Status Outbox::advance() {
    const auto before = final_n();
    if (!before) return before.error();
    auto after = *before;
    {
        auto query = db_.prepare("SELECT n, state FROM outbox WHERE n > ?1 ORDER BY n");
        if (!query) return query.error();
        query->bind(1, number(*before));
        for (;;) {
            const auto row = query->step();
            if (!row) return row.error();
            if (!*row || query->integer(1) == 0) break;
            after = static_cast<std::uint64_t>(query->integer(0));
        }
    }
    if (after == *before) return Ok{};
    auto upsert =
        db_.prepare("INSERT INTO meta(key, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value");
    if (!upsert) return upsert.error();
    return upsert->bind(1, final_key).bind(2, number(after)).run();
}

Result<HybridTime> Outbox::last_time() {
    const auto last = db_.integer("SELECT time FROM outbox ORDER BY n DESC LIMIT 1");
    if (!last) return last.error();
    return HybridTime{static_cast<std::uint64_t>(*last)};
}

Status Outbox::append(const Changeset& changeset, ByteView payload, Instant at) {
    Bytes link;
    {
        auto query = db_.prepare("SELECT chain FROM outbox ORDER BY n DESC LIMIT 1");
        if (!query) return query.error();
        const auto row = query->step();
        if (!row) return row.error();
        if (*row) link.assign(query->bytes(0).begin(), query->bytes(0).end());
    }
    const auto hash = payload_hash(payload);
    link.insert(link.end(), hash.begin(), hash.end());
    const auto chain = sha256(link);
    auto insert = db_.prepare(
        "INSERT INTO outbox(n, scope, payload, hash, chain, state, at, time) VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, ?7)");
    if (!insert) return insert.error();
    insert->bind(1, number(changeset.dot.n)).bind(2, std::string_view{changeset.scope}).bind(3, payload);
    insert->bind(4, ByteView{hash}).bind(5, ByteView{chain}).bind(6, std::int64_t{at.count()});
    return insert->bind(7, static_cast<std::int64_t>(changeset.time.packed)).run();
}

Result<std::vector<OutboxRow>> Outbox::rows(Statement& query, std::size_t bytes_max) {
    std::vector<OutboxRow> found;
    std::size_t bytes = 0;
    for (;;) {
        const auto row = query.step();
        if (!row) return row.error();
        if (!*row) return found;
        const auto payload = query.bytes(2), hash = query.bytes(3);
        bytes += payload.size();
        if (!found.empty() && bytes > bytes_max) return found;
        OutboxRow out;
        out.entry.n = static_cast<std::uint64_t>(query.integer(0));
        out.entry.scope = query.text(1);
        out.entry.payload.assign(payload.begin(), payload.end());
        out.hash.assign(hash.begin(), hash.end());
        out.entry.state = static_cast<OutboxState>(query.integer(4));
        out.entry.code = query.text(5);
        out.entry.position = static_cast<std::uint64_t>(query.integer(6));
        out.entry.at = Instant{query.integer(7)};
        out.applied = query.integer(8) != 0;
        found.push_back(std::move(out));
    }
}

Result<std::vector<Outbox::Brief>> Outbox::briefs(std::uint64_t first, std::uint64_t last) {
    auto query = db_.prepare(
        "SELECT n, scope, applied, substr(payload, 1, 64) FROM outbox WHERE n BETWEEN ?1 AND ?2 ORDER BY n");
    if (!query) return query.error();
    query->bind(1, number(first)).bind(2, number(last));
    std::vector<Brief> found;
    for (;;) {
        const auto row = query->step();
        if (!row) return row.error();
        if (!*row) return found;
        found.push_back({static_cast<std::uint64_t>(query->integer(0)), std::string{query->text(1)},
                         query->integer(2) != 0, is_sealed(query->bytes(3))});
    }
}

Result<std::optional<OutboxRow>> Outbox::find(std::uint64_t n) {
    auto query = db_.prepare(std::string{row_columns} + "WHERE n = ?1");
    if (!query) return query.error();
    auto found = rows(query->bind(1, number(n)), changeset_bytes_max);
    if (!found) return found.error();
    return found->empty() ? std::optional<OutboxRow>{} : std::optional{std::move(found->front())};
}

Result<std::vector<OutboxRow>> Outbox::in_state(OutboxState state, std::uint64_t first, std::size_t bytes_max) {
    if (state == OutboxState::pending) {
        const auto final_one = final_n();
        if (!final_one) return final_one.error();
        first = std::max(first, *final_one + 1);
    }
    // The state stands in the text, so that SQLite can use the index of just these rows.
    auto query = db_.prepare(std::string{row_columns} + "WHERE state = " + std::to_string(static_cast<int>(state)) +
                             " AND n >= ?1 ORDER BY n");
    if (!query) return query.error();
    return rows(query->bind(1, number(first)), bytes_max);
}

Result<std::vector<Changeset>> Outbox::overlay() {
    std::vector<Changeset> changesets;
    // Without payload: acknowledged in a scope that was lost before its log entry came. Nothing of it is here any more.
    auto query =
        db_.prepare("SELECT payload FROM outbox WHERE state < 2 AND applied = 0 AND length(payload) > 0 ORDER BY n");
    if (!query) return query.error();
    for (;;) {
        const auto row = query->step();
        if (!row) return row.error();
        if (!*row) return changesets;
        if (is_sealed(query->bytes(0))) continue;  // Nor of what was written there and waits.
        auto changeset = decode_changeset(query->bytes(0));
        if (!changeset) return changeset.error();
        changesets.push_back(std::move(*changeset));
    }
}

Status Outbox::set_result(const PushResult& result, OutboxState state) {
    auto update = db_.prepare("UPDATE outbox SET state = ?2, code = ?3, position = ?4, effective = ?5 WHERE n = ?1");
    if (!update) return update.error();
    update->bind(1, number(result.n)).bind(2, static_cast<std::int64_t>(state)).bind(3, std::string_view{result.code});
    update->bind(4, number(result.position)).bind(5, static_cast<std::int64_t>(result.effective.packed));
    return update->run();
}

Status Outbox::set_applied(std::uint64_t n, std::uint64_t position, HybridTime effective) {
    auto update = db_.prepare("UPDATE outbox SET state = 1, applied = 1, position = ?2, effective = ?3 WHERE n = ?1");
    if (!update) return update.error();
    return update->bind(1, number(n))
        .bind(2, number(position))
        .bind(3, static_cast<std::int64_t>(effective.packed))
        .run();
}

Status Outbox::set_applied_through(std::string_view scope, std::uint64_t position) {
    auto update =
        db_.prepare("UPDATE outbox SET applied = 1 WHERE state = 1 AND applied = 0 AND scope = ?1 AND position <= ?2");
    if (!update) return update.error();
    return update->bind(1, scope).bind(2, number(position)).run();
}

Status Outbox::withdraw(std::uint64_t n, std::uint64_t reissued, ByteView rest) {
    auto update = db_.prepare("UPDATE outbox SET payload = ?2, state = ?3, position = ?4 WHERE n = ?1");
    if (!update) return update.error();
    update->bind(1, number(n)).bind(2, rest).bind(3, static_cast<std::int64_t>(OutboxState::withdrawn));
    return update->bind(4, number(reissued)).run();
}

Status Outbox::clear(std::uint64_t n) {
    auto update = db_.prepare("UPDATE outbox SET payload = x'' WHERE n = ?1");
    if (!update) return update.error();
    return update->bind(1, number(n)).run();
}

Status Outbox::replace_payload(std::uint64_t n, ByteView payload) {
    auto update = db_.prepare("UPDATE outbox SET payload = ?2 WHERE n = ?1");
    if (!update) return update.error();
    return update->bind(1, number(n)).bind(2, payload).run();
}

Result<std::vector<std::uint64_t>> Outbox::waiting(Statement& query) {
    const auto settled = final_n();
    if (!settled) return settled.error();
    query.bind(1, number(*settled));
    std::vector<std::uint64_t> numbers;
    for (;;) {
        const auto row = query.step();
        if (!row) return row.error();
        if (!*row) return numbers;
        numbers.push_back(static_cast<std::uint64_t>(query.integer(0)));
    }
}

Result<std::vector<std::uint64_t>> Outbox::waiting_in(std::string_view scope) {
    auto query = db_.prepare("SELECT n FROM outbox WHERE n > ?1 AND state = 0 AND scope = ?2 ORDER BY n");
    if (!query) return query.error();
    query->bind(2, scope);
    return waiting(*query);
}

Result<std::vector<std::uint64_t>> Outbox::sealed_waiting() {
    // As is_sealed has it.
    auto query =
        db_.prepare("SELECT n FROM outbox WHERE n > ?1 AND state = 0 AND substr(payload, 1, 3) = x'A36162' ORDER BY n");
    if (!query) return query.error();
    return waiting(*query);
}

Result<std::vector<OutboxRow>> Outbox::naming(const std::vector<Erasure>& erasures) {
    std::vector<std::uint64_t> numbers;
    {
        auto query = db_.prepare("SELECT n, payload FROM outbox WHERE payload <> x''");
        if (!query) return query.error();
        for (;;) {
            const auto row = query->step();
            if (!row) return row.error();
            if (!*row) break;
            const auto payload = query->bytes(1);
            if (is_sealed(payload)) continue;
            const bool named = std::any_of(erasures.begin(), erasures.end(), [&](const Erasure& erasure) {
                return as_text(payload).find(as_text(erasure.record.view())) != std::string_view::npos;
            });
            if (named) numbers.push_back(static_cast<std::uint64_t>(query->integer(0)));
        }
    }
    std::vector<OutboxRow> found;
    for (const auto n : numbers) {
        auto row = find(n);
        if (!row) return row.error();
        if (*row) found.push_back(std::move(**row));
    }
    return found;
}

Status Outbox::trim_journal(Instant now, std::int64_t bytes_max) {
    constexpr const char* kept = "state = 1 AND applied = 1 AND payload <> x''";
    {
        auto old = db_.prepare(std::string{"UPDATE outbox SET payload = x'' WHERE at < ?1 AND "} + kept);
        if (!old) return old.error();
        DEBRIEF_TRY(old->bind(1, std::int64_t{(now - Instant{journal_age_max}).count()}).run());
    }
    // The newest entry that does not fit any more, and all before it.
    std::int64_t last = 0;
    {
        auto query =
            db_.prepare(std::string{"SELECT n, length(payload) FROM outbox WHERE "} + kept + " ORDER BY n DESC");
        if (!query) return query.error();
        for (std::int64_t bytes = 0; last == 0;) {
            const auto row = query->step();
            if (!row) return row.error();
            if (!*row) return Ok{};
            bytes += query->integer(1);
            if (bytes > bytes_max) last = query->integer(0);
        }
    }
    auto update = db_.prepare(std::string{"UPDATE outbox SET payload = x'' WHERE n <= ?1 AND "} + kept);
    if (!update) return update.error();
    return update->bind(1, last).run();
}

Status Outbox::clear_journal(std::string_view scope) {
    auto update = db_.prepare("UPDATE outbox SET payload = x'' WHERE scope = ?1 AND state = 1");
    if (!update) return update.error();
    return update->bind(1, scope).run();
}

Result<std::uint64_t> Outbox::count(OutboxState state) {
    const auto after = state == OutboxState::pending ? final_n() : Result<std::uint64_t>{0};
    if (!after) return after.error();
    auto query =
        db_.prepare("SELECT count(*) FROM outbox WHERE n > ?1 AND state = " + std::to_string(static_cast<int>(state)));
    if (!query) return query.error();
    const auto row = query->bind(1, number(*after)).step();
    if (!row) return row.error();
    return static_cast<std::uint64_t>(query->integer(0));
}

}  // namespace debrief::core
