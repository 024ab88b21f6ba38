// A scope's records as whole states: given away by a server, taken over by a new device.
#include "core/changes/state_codec.hpp"
#include "core/store/cells.hpp"
#include "core/store/store_impl.hpp"

namespace debrief::core {
namespace {

/// A row of `version` without a field's name: versions before the present heads exist and are not here.
constexpr std::string_view older_mark{};

Result<bool> holds_versions(Database& db, std::int64_t rid) {
    auto query = db.prepare("SELECT 1 FROM version WHERE rid = ?1 AND local = 0 LIMIT 1");
    if (!query) return query.error();
    return query->bind(1, rid).step();
}

/// What others know of a record; nothing if they do not know it yet.
Result<std::optional<KeptState>> kept_state(Database& db, StoredRecord&& stored) {
    KeptState kept;
    if (stored.confirmed) {
        if (stored.confirmed->empty()) return std::optional<KeptState>{};
        auto state = decode_state(*stored.confirmed);
        if (!state) return state.error();
        kept.state = std::move(*state);
        kept.state.table = std::move(stored.state.table);
        kept.state.id = stored.state.id;
        kept.state.scope = std::move(stored.state.scope);
    } else {
        kept.state = std::move(stored.state);
    }
    const auto older = holds_versions(db, stored.rid);
    if (!older) return older.error();
    kept.older = *older;
    return std::optional{std::move(kept)};
}

}  // namespace

Status Store::index_scopes() {
    return impl_->db->run("CREATE INDEX IF NOT EXISTS record_scope ON record(scope, id)");
}

Result<std::uint64_t> Store::count_records(std::string_view scope) {
    const auto number = impl_->records.scopes().find(std::string{scope});
    if (!number) return number.error();
    if (!*number) return 0;
    auto query = impl_->db->prepare("SELECT count(*) FROM record WHERE scope = ?1");
    if (!query) return query.error();
    const auto row = query->bind(1, **number).step();
    if (!row) return row.error();
    return static_cast<std::uint64_t>(query->integer(0));
}

Status Store::each_state(std::string_view scope, const Uuid& after,
                         const std::function<Result<bool>(const KeptState&)>& take) {
    auto& s = *impl_;
    const auto number = s.records.scopes().find(std::string{scope});
    if (!number) return number.error();
    if (!*number) return Ok{};
    auto query = s.db->prepare(std::string{Records::select_record} + "WHERE scope = ?1 AND id > ?2 ORDER BY id");
    if (!query) return query.error();
    query->bind(1, **number).bind(2, after.view());
    for (;;) {
        const auto row = query->step();
        if (!row) return row.error();
        if (!*row) return Ok{};
        auto stored = s.records.load(*query);
        if (!stored) return stored.error();
        auto kept = kept_state(*s.db, std::move(*stored));
        if (!kept) return kept.error();
        if (!*kept) continue;
        const auto more = take(**kept);
        if (!more) return more.error();
        if (!*more) return Ok{};
    }
}

Result<std::optional<KeptState>> Store::state_of(std::string_view scope, const Uuid& id) {
    auto found = impl_->records.find(id);
    if (!found) return found.error();
    if (!*found || (*found)->state.scope != scope) return std::optional<KeptState>{};
    return kept_state(*impl_->db, std::move(**found));
}

Result<bool> Store::adopt(const KeptState& kept) {
    auto& s = *impl_;
    const auto& state = kept.state;
    HybridTime newest;
    for (const auto& [field, heads] : state.fields) {
        for (const auto& head : heads) newest = std::max(newest, head.time);
    }
    s.observe(newest);
    s.touched(state);
    StoredRecord stored;
    const auto added = s.records.add(stored, state);
    if (!added) return added.error();
    if (!*added) {
        auto found = s.records.find(state.id);
        if (!found) return found.error();
        if (!*found || (*found)->state.scope != state.scope || (*found)->state.table != state.table) {
            return Error{Errc::not_found, "Record " + state.id.text() + " lives in another place.", {}, {}};
        }
        stored = std::move(**found);
        if (stored.confirmed) {
            stored.confirmed = encode(state);
            DEBRIEF_TRY(s.records.save_overlay(stored));
        } else {
            DEBRIEF_TRY(s.records.save(stored, state));
        }
    }
    if (!kept.older) return !*added;
    auto mark = s.db->prepare(R"sql(
        INSERT INTO version(rid, field, replica, n, by_replica, by_n, time, value, local)
        VALUES (?1, ?2, 0, 0, 0, 0, 0, ?3, 0) ON CONFLICT DO NOTHING)sql");
    if (!mark) return mark.error();
    static const auto nothing = value_bytes(Null{});
    DEBRIEF_TRY(mark->bind(1, stored.rid).bind(2, older_mark).bind(3, ByteView{nothing}).run());
    return !*added;
}

Status Store::gather(const std::function<Status()>& work) {
    DEBRIEF_TRY(impl_->records.index_at_once(true));
    DEBRIEF_TRY(work());
    return impl_->records.index_at_once(false);
}

Result<std::vector<TouchedRecord>> Store::forget_others(std::string_view scope, const std::set<Uuid>& kept) {
    auto& s = *impl_;
    std::vector<TouchedRecord> left;
    std::vector<Uuid> gone;
    const auto number = s.records.scopes().find(std::string{scope});
    if (!number) return number.error();
    if (!*number) return left;
    {
        auto query = s.db->prepare("SELECT id FROM record WHERE scope = ?1 ORDER BY id");
        if (!query) return query.error();
        query->bind(1, **number);
        for (;;) {
            const auto row = query->step();
            if (!row) return row.error();
            if (!*row) break;
            const auto id = uuid_from_bytes(query->bytes(0));
            if (id && !kept.contains(*id)) gone.push_back(*id);
        }
    }
    for (const auto& id : gone) {
        auto found = s.records.find(id);
        if (!found) return found.error();
        if (!*found) continue;
        auto& stored = **found;
        s.touched(stored.state);
        if (!stored.confirmed) {
            DEBRIEF_TRY(s.records.remove(stored));
            s.words_went = true;
            continue;
        }
        stored.confirmed->clear();
        DEBRIEF_TRY(s.records.save_overlay(stored));
        left.push_back({stored.state.table, id});
    }
    return left;
}

Result<std::vector<Erasure>> Store::erasures(std::string_view scope) {
    auto& s = *impl_;
    std::vector<Erasure> found;
    const auto number = s.records.scopes().find(std::string{scope});
    if (!number) return number.error();
    if (!*number) return found;
    auto query = s.db->prepare("SELECT record, field, kept FROM erasure WHERE scope = ?1 ORDER BY record, field");
    if (!query) return query.error();
    query->bind(1, **number);
    Erasure whole, some;
    bool any_whole = false;
    const auto flush = [&] {
        if (any_whole) found.push_back(std::move(whole));
        if (!some.only.empty()) found.push_back(std::move(some));
        whole = some = {};
        any_whole = false;
    };
    Uuid before;
    for (;;) {
        const auto row = query->step();
        if (!row) return row.error();
        if (!*row) break;
        const auto record = uuid_from_bytes(query->bytes(0)).value_or(Uuid{});
        if (record != before) flush();
        before = whole.record = some.record = record;
        if (query->text(1).empty()) {
            any_whole = true;
        } else {
            (query->integer(2) != 0 ? whole.kept : some.only).emplace_back(query->text(1));
        }
    }
    flush();
    return found;
}

Status Store::adopt_erasures(std::string_view scope, const std::vector<Erasure>& erasures) {
    for (const auto& erasure : erasures) DEBRIEF_TRY(impl_->erase_record(std::string{scope}, erasure));
    return Ok{};
}

}  // namespace debrief::core
