#include "sync/server/log_table.hpp"

#include <algorithm>
#include <array>
#include "sync/server/row_number.hpp"
#include "sync/server/stripping.hpp"

namespace debrief::sync {
namespace {

// A log row's key is its scope's number and its position in one integer: the rows of a scope lie side by side in order,
// and no second index is needed.
constexpr unsigned position_bits = 40;

std::int64_t key(std::int64_t scope, std::uint64_t position) {
    return (scope << position_bits) | static_cast<std::int64_t>(position);
}
core::LogEntry entry_of(core::Statement& row) {
    core::LogEntry entry;
    entry.position = number(row.integer(0)) & ((1ULL << position_bits) - 1);
    entry.salt = number(row.integer(1));
    entry.dot = {core::uuid_from_bytes(row.bytes(2)).value_or(core::Uuid{}), number(row.integer(3)),
                 number(row.integer(4))};
    entry.author = core::uuid_from_bytes(row.bytes(5)).value_or(core::Uuid{});
    entry.effective = {number(row.integer(6))};
    const auto payload = row.bytes(7);
    entry.payload.assign(payload.begin(), payload.end());
    return entry;
}

}  // namespace

std::uint64_t draw_number(core::RandomSource& random) {
    std::array<std::uint8_t, 8> bytes{};
    random.fill(bytes);
    std::uint64_t drawn = 0;
    for (const auto byte : bytes) drawn = (drawn << 8U) | byte;
    drawn &= (1ULL << 63U) - 1;
    return drawn == 0 ? 1 : drawn;
}

core::Status LogTable::create(core::Database& db) {
    return db.run(R"sql(
        CREATE TABLE IF NOT EXISTS log_scope(id INTEGER PRIMARY KEY, scope TEXT NOT NULL UNIQUE,
            head INTEGER NOT NULL, salt INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS log(id INTEGER PRIMARY KEY, salt INTEGER NOT NULL, device BLOB NOT NULL,
            incarnation INTEGER NOT NULL, n INTEGER NOT NULL, author BLOB NOT NULL, effective INTEGER NOT NULL,
            payload BLOB NOT NULL))sql");
}

core::Result<LogTable::Head> LogTable::find(std::string_view scope) {
    if (!held_) return read_head(scope);
    const auto held = held_->find(scope);
    if (held != held_->end()) return held->second;
    return read_head(scope);
}

core::Result<LogTable::Head> LogTable::read_head(std::string_view scope) {
    auto query = db_.prepare("SELECT id, head, salt FROM log_scope WHERE scope = ?1");
    if (!query) return query.error();
    query->bind(1, scope);
    const auto row = query->step();
    if (!row) return row.error();
    if (!*row) return Head{};
    return Head{query->integer(0), number(query->integer(1)), number(query->integer(2))};
}

core::Status LogTable::append(std::string_view scope, core::LogEntry& entry) {
    auto head = find(scope);
    if (!head) return head.error();
    entry.position = head->position + 1;
    entry.salt = draw_number(random_);
    if (head->id == 0) {
        auto insert = db_.prepare("INSERT INTO log_scope(scope, head, salt) VALUES(?1, 1, ?2)");
        if (!insert) return insert.error();
        DEBRIEF_TRY(insert->bind(1, scope).bind(2, stored(entry.salt)).run());
        head->id = db_.last_rowid();
    } else {
        DEBRIEF_TRY(held_ ? core::Status{core::Ok{}} : write_head({head->id, entry.position, entry.salt}));
    }
    if (held_) held_->insert_or_assign(std::string{scope}, Head{head->id, entry.position, entry.salt});
    auto insert = db_.prepare("INSERT INTO log VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
    if (!insert) return insert.error();
    insert->bind(1, key(head->id, entry.position)).bind(2, stored(entry.salt)).bind(3, entry.dot.device.view());
    insert->bind(4, stored(entry.dot.incarnation)).bind(5, stored(entry.dot.n)).bind(6, entry.author.view());
    insert->bind(7, stored(entry.effective.packed)).bind(8, core::ByteView{entry.payload});
    DEBRIEF_TRY(insert->run());
    grown_.insert(std::string{scope});
    return core::Ok{};
}

core::Status LogTable::write_head(const Head& head) {
    auto update = db_.prepare("UPDATE log_scope SET head = ?2, salt = ?3 WHERE id = ?1");
    if (!update) return update.error();
    return update->bind(1, head.id).bind(2, stored(head.position)).bind(3, stored(head.salt)).run();
}

core::Status LogTable::write_heads() {
    const auto held = std::exchange(held_, {});
    for (const auto& [scope, head] : *held) DEBRIEF_TRY(write_head(head));
    return core::Ok{};
}

core::Result<core::ScopeCursor> LogTable::head(std::string_view scope) {
    const auto head = find(scope);
    if (!head) return head.error();
    return core::ScopeCursor{std::string{scope}, head->position, head->salt};
}

core::Result<std::optional<std::uint64_t>> LogTable::salt_at(std::string_view scope, std::uint64_t position) {
    const auto head = find(scope);
    if (!head) return head.error();
    if (position == 0 || position > head->position) return std::optional<std::uint64_t>{};
    if (position == head->position) return std::optional<std::uint64_t>{head->salt};
    auto query = db_.prepare("SELECT salt FROM log WHERE id = ?1");
    if (!query) return query.error();
    query->bind(1, key(head->id, position));
    const auto row = query->step();
    if (!row) return row.error();
    if (!*row) return std::optional<std::uint64_t>{};
    return std::optional<std::uint64_t>{number(query->integer(0))};
}

core::Result<std::vector<core::LogEntry>> LogTable::read(std::string_view scope, std::uint64_t position,
                                                         std::size_t bytes_max) {
    std::vector<core::LogEntry> entries;
    const auto head = find(scope);
    if (!head) return head.error();
    if (head->position <= position) return entries;
    auto query = db_.prepare(
        "SELECT id, salt, device, incarnation, n, author, effective, payload FROM log WHERE id > ?1 AND id <= ?2 ORDER "
        "BY id");
    if (!query) return query.error();
    query->bind(1, key(head->id, position)).bind(2, key(head->id, head->position));
    std::size_t bytes = 0;
    for (;;) {
        const auto row = query->step();
        if (!row) return row.error();
        if (!*row) return entries;
        constexpr std::size_t envelope = 100;  // What an entry adds to its payload.
        const auto size = query->bytes(7).size() + envelope;
        if (!entries.empty() && bytes + size > bytes_max) return entries;
        bytes += size;
        entries.push_back(entry_of(*query));
    }
}

core::Status LogTable::strip(core::Store& store, std::string_view scope, const std::vector<core::Erasure>& erasures) {
    const auto head = find(scope);
    if (!head) return head.error();
    auto query = db_.prepare("SELECT id, payload FROM log WHERE id > ?1 AND id <= ?2");
    if (!query) return query.error();
    query->bind(1, key(head->id, 0)).bind(2, key(head->id, head->position));
    const auto changed = strip_payloads(db_, store, *query, "UPDATE log SET payload = ?2 WHERE id = ?1", erasures);
    if (!changed) return changed.error();
    if (*changed) rewritten_.insert(std::string{scope});
    return core::Ok{};
}

}  // namespace debrief::sync
