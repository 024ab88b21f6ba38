// Opening, identity, settings and transactions. store_write.cpp, store_read.cpp and store_merge.cpp hold the rest.
#include "core/store/store.hpp"

#include <algorithm>

#include "core/cbor.hpp"
#include "core/store/schema.hpp"
#include "core/store/store_impl.hpp"

namespace debrief::core {
namespace {

constexpr std::string_view identity_key = "identity", time_key = "hybrid_time", number_key = "own_n",
                           setting_prefix = "s:", scrub_key = "scrub";

Bytes encode(const Identity& identity) {
    CborWriter out;
    out.array(8);
    out.bytes(identity.workspace.view());
    out.text(identity.workspace_name);
    out.bytes(identity.user.view());
    out.text(identity.user_name);
    out.text(identity.role);
    out.bytes(identity.device.view());
    out.unsigned_integer(identity.incarnation);
    out.text(identity.language);
    return out.take();
}

Result<Identity> decode_identity(ByteView bytes) {
    CborReader in{bytes};
    const auto id = [&] {
        const auto read = uuid_from_bytes(in.bytes());
        if (!read) in.fail();
        return read.value_or(Uuid{});
    };
    Identity identity;
    if (in.array() < 8) in.fail();
    identity.workspace = id();
    identity.workspace_name = in.text();
    identity.user = id();
    identity.user_name = in.text();
    identity.role = in.text();
    identity.device = id();
    identity.incarnation = in.unsigned_integer();
    identity.language = in.text();
    if (!in.ok()) return in.error("the owner of the store");
    return identity;
}

}  // namespace

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::open(const Config& config, ClockSource& clock, RandomSource& random) {
    const auto& known = config.catalogue == nullptr ? core::catalogue() : *config.catalogue;
    auto db = Database::open(config.path, config.vfs, config.busy_wait);
    if (!db) return db.error();
    if (auto opened = open_schema(**db, known, config.search); !opened) {
        // Where the disk is full there is no room for the memory that processes share over a store. Alone we can do
        // without it, and read all that is there.
        if (opened.error().code != Errc::full) return opened.error();
        db = Database::open(config.path, config.vfs, config.busy_wait);
        if (!db) return db.error();
        DEBRIEF_TRY((*db)->run("PRAGMA locking_mode = EXCLUSIVE"));
        DEBRIEF_TRY(open_schema(**db, known, config.search));
    }
    auto impl = std::make_unique<Impl>(std::move(*db), known, config.search, clock, random);
    DEBRIEF_TRY(impl->refresh());
    auto store = std::unique_ptr<Store>{new Store{std::move(impl)}};
    DEBRIEF_TRY(store->adopt_known_fields());
    const auto due = store->impl_->meta(scrub_key);
    if (!due) return due.error();
    if (*due) store->settle_removal();
    return store;
}

const Catalogue& Store::catalogue() const {
    return impl_->catalogue;
}
const Identity& Store::identity() const {
    return impl_->identity;
}

Status Store::set_identity(const Identity& identity) {
    return transact([&]() -> Status {
        const auto bytes = encode(identity);
        DEBRIEF_TRY(impl_->set_meta(identity_key, as_text(bytes)));
        impl_->identity = identity;
        return Ok{};
    });
}

Result<std::optional<std::string>> Store::setting(std::string_view key) {
    return impl_->meta(std::string{setting_prefix} + std::string{key});
}

Status Store::set_setting(std::string_view key, std::string_view value) {
    return transact([&] { return impl_->set_meta(std::string{setting_prefix} + std::string{key}, value); });
}

void Store::on_change(std::function<void(const ChangeNotice&)> listener) {
    impl_->listener = std::move(listener);
}
void Store::set_sink(ChangesetSink* sink) {
    impl_->sink = sink;
    impl_->seen_version = -1;  // It may know of later stamps than we do.
}
Database& Store::database() {
    return *impl_->db;
}
Instant Store::now() {
    return impl_->clock.now();
}

Uuid Store::new_id() {
    // Within one millisecond a counter goes up in place of chance, so that ids made here sort as they were made.
    constexpr std::uint16_t counter_max = 0x0FFF;
    const auto now = impl_->clock.now();
    if (now > impl_->id_time || impl_->id_counter == counter_max) {
        impl_->id_time = std::max(now, impl_->id_time + Instant{now > impl_->id_time ? 0 : 1});
        impl_->id_counter = 0;
    } else {
        ++impl_->id_counter;
    }
    auto id = make_uuid(impl_->id_time, impl_->random);
    id.bytes[6] = static_cast<std::uint8_t>(0x70U | (impl_->id_counter >> 8U));
    id.bytes[7] = static_cast<std::uint8_t>(impl_->id_counter & 0xFFU);
    return id;
}

Result<std::uint64_t> Store::data_version() {
    const auto others = impl_->db->integer("PRAGMA data_version");
    if (!others) return others.error();
    return static_cast<std::uint64_t>(*others) + impl_->commits;
}

Status Store::transact(const std::function<Status()>& work) {
    auto& s = *impl_;
    const bool outer = !s.db->in_transaction();
    auto before = outer ? ChangeNotice{} : s.notice;
    const auto undo = [&] {
        // The transaction is gone or about to go: nothing learnt in it may be believed.
        s.records.forget();
        s.notice = std::move(before);
        s.seen_version = -1;
        s.any_erased.reset();
        if (outer) s.words_went = false;
        if (!outer) static_cast<void>(s.records.refresh());
    };
    const auto attempt = [&]() -> Status {
        auto transaction = Transaction::begin(*s.db);
        if (!transaction) return transaction.error();
        if (outer) {
            s.notice = {};
            DEBRIEF_TRY(s.refresh());
        }
        DEBRIEF_TRY(work());
        if (outer && s.records.waiting() >= Records::waiting_max) DEBRIEF_TRY(s.records.index_waiting());
        if (outer && s.words_went) {
            if (s.search_on) DEBRIEF_TRY(SearchIndex{*s.db}.rewrite());
            DEBRIEF_TRY(s.set_meta(scrub_key, "due"));
        }
        if (outer && s.time_moved) DEBRIEF_TRY(s.save_time());
        return transaction->commit();
    };
    if (auto status = attempt(); !status) {
        undo();
        return status.error();
    }
    if (!outer) return Ok{};
    s.time_moved = false;
    ++s.commits;
    if (std::exchange(s.words_went, false) || s.scrub_due) settle_removal();
    const auto notice = std::exchange(s.notice, {});
    if (s.listener && !notice.records.empty()) s.listener(notice);
    return Ok{};
}

void Store::settle_removal() {
    // What fails here is tried again after the next write and at the next opening: the words are gone from the tables.
    impl_->scrub_due = true;
    if (!scrub() || impl_->scrub_due) return;
    auto done = impl_->db->prepare("DELETE FROM meta WHERE key = ?1");
    if (done) static_cast<void>(done->bind(1, scrub_key).run().has_value());
}

Result<std::optional<std::string>> Store::Impl::meta(std::string_view key) {
    auto query = db->prepare("SELECT value FROM meta WHERE key = ?1");
    if (!query) return query.error();
    const auto row = query->bind(1, key).step();
    if (!row) return row.error();
    if (!*row) return std::optional<std::string>{};
    return std::optional{std::string{as_text(query->bytes(0))}};
}

Status Store::Impl::set_meta(std::string_view key, std::string_view value) {
    auto upsert =
        db->prepare("INSERT INTO meta(key, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value");
    if (!upsert) return upsert.error();
    return upsert->bind(1, key).bind(2, as_bytes(value)).run();
}

Status Store::Impl::refresh() {
    const auto version = db->integer("PRAGMA data_version");
    if (!version) return version.error();
    if (*version == seen_version) return Ok{};
    any_erased.reset();
    DEBRIEF_TRY(load_identity());
    DEBRIEF_TRY(load_time());
    DEBRIEF_TRY(records.refresh());
    seen_version = *version;
    return Ok{};
}

Status Store::Impl::load_identity() {
    const auto stored = meta(identity_key);
    if (!stored) return stored.error();
    if (!*stored) {
        identity = {};
        return Ok{};
    }
    auto read = decode_identity(as_bytes(**stored));
    if (!read) return read.error();
    identity = std::move(*read);
    return Ok{};
}

Status Store::Impl::load_time() {
    auto query = db->prepare("SELECT value FROM meta WHERE key = ?1");
    if (!query) return query.error();
    const auto row = query->bind(1, time_key).step();
    if (!row) return row.error();
    const auto stored = *row ? static_cast<std::uint64_t>(query->integer(0)) : 0;
    const auto taken = sink == nullptr ? Result<HybridTime>{HybridTime{}} : sink->last_time();
    if (!taken) return taken.error();
    hybrid = HybridClock{std::max({hybrid.last(), HybridTime{stored}, *taken})};
    return Ok{};
}

Status Store::Impl::save_time() {
    auto upsert =
        db->prepare("INSERT INTO meta(key, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value");
    if (!upsert) return upsert.error();
    return upsert->bind(1, time_key).bind(2, static_cast<std::int64_t>(hybrid.last().packed)).run();
}

HybridTime Store::Impl::stamp() {
    time_moved = time_moved || sink == nullptr || !sink->keeps_time();
    return hybrid.stamp(clock.now());
}

void Store::Impl::observe(HybridTime seen) {
    const auto before = hybrid.last();
    hybrid.observe(seen, clock.now());
    time_moved = time_moved || hybrid.last() != before;
}

Result<std::uint64_t> Store::Impl::own_n() {
    auto query = db->prepare("SELECT value FROM meta WHERE key = ?1");
    if (!query) return query.error();
    const auto row = query->bind(1, number_key).step();
    if (!row) return row.error();
    const std::int64_t next = (*row ? query->integer(0) : 0) + 1;
    auto upsert =
        db->prepare("INSERT INTO meta(key, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value");
    if (!upsert) return upsert.error();
    DEBRIEF_TRY(upsert->bind(1, number_key).bind(2, next).run());
    return static_cast<std::uint64_t>(next);
}

}  // namespace debrief::core
