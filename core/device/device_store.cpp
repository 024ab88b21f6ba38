// Enrolment, the outbox as seen from outside, cursors, drafts. settling.cpp and log_applier.cpp hold what the server
// says.
#include "core/device/device_store.hpp"

#include <array>

#include "core/defects.hpp"
#include "core/device/acts.hpp"
#include "core/device/device_store_impl.hpp"

namespace debrief::core {
namespace {

constexpr std::string_view url_key = "enrolment.url", token_key = "enrolment.token", server_key = "enrolment.server",
                           seed_key = "enrolment.key", ca_key = "enrolment.ca";

constexpr const char* device_tables = R"sql(
CREATE TABLE IF NOT EXISTS scope_cursor(scope TEXT PRIMARY KEY, position INTEGER NOT NULL, salt INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS draft(conversation BLOB PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
)sql";

std::vector<OutboxEntry> entries_of(std::vector<OutboxRow> rows) {
    std::vector<OutboxEntry> entries;
    entries.reserve(rows.size());
    for (auto& row : rows) entries.push_back(std::move(row.entry));
    return entries;
}

}  // namespace

DeviceStore::DeviceStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
DeviceStore::~DeviceStore() = default;

Result<std::unique_ptr<DeviceStore>> DeviceStore::open(const Store::Config& config, ClockSource& clock,
                                                       RandomSource& random) {
    auto records = Store::open(config, clock, random);
    if (!records) return records.error();
    auto& db = (*records)->database();
    auto impl = std::make_unique<Impl>(std::move(*records), random);
    const auto known = db.integer(
        "SELECT count(*) FROM sqlite_schema WHERE name IN ('draft', 'outbox_parked', 'staged_scope', 'act')");
    if (!known) return known.error();
    if (*known < 4) {
        DEBRIEF_TRY(impl->records->transact([&]() -> Status {
            DEBRIEF_TRY(impl->outbox.prepare());
            DEBRIEF_TRY(Staging::create(db));
            DEBRIEF_TRY(Acts::prepare(db));
            return db.run(device_tables);
        }));
    }
    DEBRIEF_TRY(impl->keep_journal_small());
    auto store = std::unique_ptr<DeviceStore>{new DeviceStore{std::move(impl)}};
    store->records().set_sink(store.get());
    return store;
}

Status DeviceStore::Impl::keep_journal_small() {
    // Once a day is enough, and costs a start of the program nothing on all others.
    constexpr std::string_view trimmed_key = "journal.trimmed";
    const auto final_one = outbox.final_n();
    if (!final_one) return final_one.error();
    if (*final_one == 0) return Ok{};
    const auto day = std::to_string(std::chrono::floor<std::chrono::days>(records->now()).count());
    const auto last = records->setting(trimmed_key);
    if (!last) return last.error();
    if (*last == day) return Ok{};
    const auto done = records->transact([&]() -> Status {
        DEBRIEF_TRY(outbox.trim_journal(records->now()));
        return records->set_setting(trimmed_key, day);
    });
    // A full disk, or another process that writes: the store opens all the same, and tomorrow is another day.
    const bool can_wait = !done && (done.error().code == Errc::full || done.error().code == Errc::busy);
    return can_wait ? Status{Ok{}} : done;
}

Store& DeviceStore::records() {
    return *impl_->records;
}

Result<std::optional<Enrolment>> DeviceStore::enrolment() {
    Enrolment found;
    bool enrolled = false;
    const std::array<std::pair<std::string_view, std::string*>, 5> parts{{{url_key, &found.url},
                                                                          {token_key, &found.token},
                                                                          {server_key, &found.server_id},
                                                                          {seed_key, &found.key},
                                                                          {ca_key, &found.ca}}};
    for (const auto& [key, value] : parts) {
        auto kept = impl_->records->setting(key);
        if (!kept) return kept.error();
        if (!*kept) continue;
        enrolled |= key == url_key;
        *value = std::move(**kept);
    }
    if (!enrolled) return std::optional<Enrolment>{};
    return std::optional{std::move(found)};
}

Status DeviceStore::set_enrolment(const Enrolment& enrolment) {
    auto& settings = *impl_->records;
    return settings.transact([&]() -> Status {
        DEBRIEF_TRY(settings.set_setting(url_key, enrolment.url));
        DEBRIEF_TRY(settings.set_setting(token_key, enrolment.token));
        DEBRIEF_TRY(settings.set_setting(seed_key, enrolment.key));
        DEBRIEF_TRY(settings.set_setting(ca_key, enrolment.ca));
        return settings.set_setting(server_key, enrolment.server_id);
    });
}

Result<std::vector<OutboxEntry>> DeviceStore::unsent(std::uint64_t first, std::size_t bytes_max) {
    auto rows = impl_->outbox.in_state(OutboxState::pending, first, bytes_max);
    if (!rows) return rows.error();
    return entries_of(std::move(*rows));
}

Result<std::vector<OutboxEntry>> DeviceStore::parked() {
    auto rows = impl_->outbox.in_state(OutboxState::parked, 0, std::numeric_limits<std::size_t>::max());
    if (!rows) return rows.error();
    return entries_of(std::move(*rows));
}

Result<std::optional<OutboxEntry>> DeviceStore::own_change(std::uint64_t n) {
    for (;;) {
        auto row = impl_->outbox.find(n);
        if (!row) return row.error();
        if (!*row) return std::optional<OutboxEntry>{};
        if ((*row)->entry.state != OutboxState::withdrawn) return std::optional{std::move((*row)->entry)};
        n = (*row)->entry.position;  // 0: it was discarded, and there is no such change.
    }
}

Result<std::uint64_t> DeviceStore::last_n() {
    return impl_->outbox.last_n();
}
Result<std::uint64_t> DeviceStore::final_n() {
    return impl_->outbox.final_n();
}

Result<std::uint64_t> DeviceStore::next_n() {
    const auto last = impl_->outbox.last_n();
    if (!last) return last.error();
    return *last + 1;
}

Status DeviceStore::take(const Changeset& changeset, ByteView payload) {
    DEBRIEF_TRY(impl_->outbox.append(changeset, payload, impl_->records->now()));
    return impl_->strip_own(changeset.erases);
}

Result<HybridTime> DeviceStore::last_time() {
    return impl_->outbox.last_time();
}

bool DeviceStore::pending() const {
    return true;
}

Result<std::vector<ScopeCursor>> DeviceStore::cursors() {
    std::vector<ScopeCursor> cursors;
    auto query = impl_->db().prepare("SELECT scope, position, salt FROM scope_cursor ORDER BY scope");
    if (!query) return query.error();
    for (;;) {
        const auto row = query->step();
        if (!row) return row.error();
        if (!*row) return cursors;
        cursors.push_back({std::string{query->text(0)}, static_cast<std::uint64_t>(query->integer(1)),
                           static_cast<std::uint64_t>(query->integer(2))});
    }
}

Status DeviceStore::open_scope(std::string_view scope) {
    return impl_->records->transact([&]() -> Status {
        auto insert = impl_->db().prepare(
            "INSERT INTO scope_cursor(scope, position, salt) VALUES (?1, 0, 0) ON CONFLICT DO NOTHING");
        if (!insert) return insert.error();
        return insert->bind(1, scope).run();
    });
}

Result<std::vector<std::string>> DeviceStore::strays() {
    if (defective(Defect::stray_kept)) return std::vector<std::string>{};
    const auto settled = final_n();
    if (!settled) return settled.error();
    auto query = impl_->db().prepare(R"sql(
        SELECT s.name FROM scope_name s
        WHERE NOT EXISTS (SELECT 1 FROM scope_cursor c WHERE c.scope = s.name)
          AND EXISTS (SELECT 1 FROM record r WHERE r.scope = s.number)
          AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.n > ?1 AND o.scope = s.name)
        ORDER BY s.name)sql");
    if (!query) return query.error();
    query->bind(1, static_cast<std::int64_t>(*settled));
    std::vector<std::string> all;
    for (;;) {
        const auto row = query->step();
        if (!row) return row.error();
        if (!*row) return all;
        all.emplace_back(query->text(0));
    }
}

Result<SyncCounts> DeviceStore::counts() {
    const auto pending = impl_->outbox.count(OutboxState::pending);
    if (!pending) return pending.error();
    const auto parked = impl_->outbox.count(OutboxState::parked);
    if (!parked) return parked.error();
    const auto conflicts = impl_->db().integer("SELECT count(*) FROM conflict");
    if (!conflicts) return conflicts.error();
    const auto scopes = impl_->db().integer("SELECT count(*) FROM scope_cursor");
    if (!scopes) return scopes.error();
    return SyncCounts{*pending, *parked, static_cast<std::uint64_t>(*conflicts), static_cast<std::uint64_t>(*scopes)};
}

Status DeviceStore::set_draft(const Uuid& conversation, std::string_view text) {
    return impl_->records->transact([&]() -> Status {
        auto statement = impl_->db().prepare(text.empty() ? "DELETE FROM draft WHERE conversation = ?1"
                                                          : "INSERT INTO draft(conversation, text) VALUES (?1, ?2) ON "
                                                            "CONFLICT DO UPDATE SET text = excluded.text");
        if (!statement) return statement.error();
        statement->bind(1, conversation.view());
        if (!text.empty()) statement->bind(2, text);
        return statement->run();
    });
}

Result<std::string> DeviceStore::draft(const Uuid& conversation) {
    auto query = impl_->db().prepare("SELECT text FROM draft WHERE conversation = ?1");
    if (!query) return query.error();
    const auto row = query->bind(1, conversation.view()).step();
    if (!row) return row.error();
    return *row ? std::string{query->text(0)} : std::string{};
}

}  // namespace debrief::core
