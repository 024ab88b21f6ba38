// What a judge let pass enters the confirmed state, and the shown one where own changes are pending over it.
#include <algorithm>

#include "core/changes/state_codec.hpp"
#include "core/store/merge_run.hpp"
#include "core/store/page_gaps.hpp"
#include "core/store/schema.hpp"

namespace debrief::core {

Result<RecordState> confirmed_of(const StoredRecord& stored) {
    auto state = decode_state(*stored.confirmed);
    if (!state) return state.error();
    state->table = stored.state.table;
    state->id = stored.state.id;
    state->scope = stored.state.scope;
    return state;
}

Status Store::merge(const Judged& judged) {
    if (impl_->run != nullptr) return impl_->run->merge(judged);
    return together([&] { return impl_->run->merge(judged); });
}

Status Store::confirm(const Judged& judged) {
    if (impl_->run != nullptr) return impl_->run->confirm(judged);
    return together([&] { return impl_->run->confirm(judged); });
}

Status Store::together(const std::function<Status()>& work) {
    DEBRIEF_CHECK(impl_->run == nullptr);
    return impl_->inside(*this, [&]() -> Status {
        MergeRun run{*impl_};
        impl_->run = &run;
        auto done = work();
        if (done) done = run.finish();
        impl_->run = nullptr;
        return done;
    });
}

Status Store::Impl::settle_run() {
    return run == nullptr ? Status{Ok{}} : run->finish();
}

Result<StoredRecord> Store::Impl::target_of(const RecordWrite& write, const std::string& scope) {
    auto found = records.find(write.record);
    if (!found) return found.error();
    StoredRecord stored;
    if (!*found) {
        stored.state = {write.table, write.record, scope, {}};
        return stored;
    }
    stored = std::move(**found);
    if (stored.state.scope == scope && stored.state.table == write.table) return stored;
    if (!stored.confirmed) return lives_elsewhere(write.record);
    const auto confirmed = confirmed_of(stored);
    if (!confirmed) return confirmed.error();
    if (!confirmed->fields.empty()) return lives_elsewhere(write.record);
    // Only what still waits here says otherwise, and will be refused: the record is what the others know of it.
    DEBRIEF_TRY(records.remove(stored));
    stored = {};
    stored.state = {write.table, write.record, scope, {}};
    return stored;
}

Status Store::show(const Changeset& changeset) {
    return impl_->inside(*this, [&]() -> Status {
        for (const auto& write : changeset.records) DEBRIEF_TRY(impl_->show_record(changeset, write));
        return impl_->erase_all(changeset);
    });
}

Status Store::Impl::show_record(const Changeset& changeset, const RecordWrite& given) {
    RecordWrite scratch;
    const auto let_in = admitted(given, scratch);
    if (!let_in) return let_in.error();
    const auto& write = **let_in;
    auto found = target_of(write, changeset.scope);
    // Refused because the record is another's: there is nothing here that it could be shown over.
    if (!found && found.error().code == Errc::not_found) return Ok{};
    if (!found) return found.error();
    auto stored = std::move(*found);
    if (!stored.confirmed) stored.confirmed = encode(stored.state);
    ++stored.pending;
    auto after = stored.state;
    const auto superseded = apply(after, write, changeset.dot, changeset.time, identity.user);
    const bool is_new = stored.rid == 0;
    DEBRIEF_TRY(records.save(stored, std::move(after)));
    if (!is_new) DEBRIEF_TRY(records.save_overlay(stored));
    for (const auto& old : superseded) DEBRIEF_TRY(records.add_history(stored.rid, old, identity.user, true));
    touched(stored.state);
    notice.local = true;
    return Ok{};
}

Status Store::rebase(const std::vector<TouchedRecord>& touched, const std::vector<Changeset>& pending) {
    return impl_->inside(*this, [&]() -> Status {
        for (const auto& record : touched) DEBRIEF_TRY(impl_->rebase_record(record, pending));
        return Ok{};
    });
}

Status Store::Impl::rebase_record(const TouchedRecord& record, const std::vector<Changeset>& pending) {
    auto found = records.find(record.id);
    if (!found) return found.error();
    if (!*found || !(*found)->confirmed) return Ok{};
    auto stored = std::move(**found);
    auto state = confirmed_of(stored);
    if (!state) return state.error();
    DEBRIEF_TRY(records.drop_local_history(stored.rid));
    stored.pending = 0;
    std::vector<Superseded> superseded;
    for (const auto& changeset : pending) {
        if (changeset.scope != stored.state.scope) continue;
        for (const auto& write : changeset.records) {
            if (write.record != record.id || write.table != stored.state.table) continue;
            auto old = apply(*state, write, changeset.dot, changeset.time, identity.user);
            superseded.insert(superseded.end(), std::make_move_iterator(old.begin()),
                              std::make_move_iterator(old.end()));
            ++stored.pending;
        }
    }
    touched(stored.state);
    if (state->fields.empty()) return records.remove(stored);
    if (stored.pending == 0) stored.confirmed.reset();
    DEBRIEF_TRY(records.save(stored, std::move(*state)));
    DEBRIEF_TRY(records.save_overlay(stored));
    for (const auto& old : superseded) DEBRIEF_TRY(records.add_history(stored.rid, old, identity.user, true));
    return Ok{};
}

Status Store::remove_scope(std::string_view scope) {
    auto& s = *impl_;
    return transact([&]() -> Status {
        // Also where no row is left: journal and stage lose words with it.
        s.words_went = true;
        const auto number = s.records.scopes().find(std::string{scope});
        if (!number) return number.error();
        if (!*number) return Ok{};
        {
            auto forget = s.db->prepare("DELETE FROM erasure WHERE scope = ?1");
            if (!forget) return forget.error();
            DEBRIEF_TRY(forget->bind(1, **number).run());
        }
        std::vector<Uuid> ids;
        {
            auto query = s.db->prepare("SELECT id FROM record WHERE scope = ?1");
            if (!query) return query.error();
            query->bind(1, **number);
            for (;;) {
                const auto row = query->step();
                if (!row) return row.error();
                if (!*row) break;
                if (const auto id = uuid_from_bytes(query->bytes(0))) ids.push_back(*id);
            }
        }
        for (const auto& id : ids) {
            const auto found = s.records.find(id);
            if (!found) return found.error();
            if (!*found) continue;
            s.touched((*found)->state);
            DEBRIEF_TRY(s.records.remove(**found));
        }
        return Ok{};
    });
}

Status Store::scrub() {
    // What was removed may stand in gaps of pages, and in the write-ahead log until it is moved and cut.
    {
        auto clears = Transaction::begin(*impl_->db);  // Settles the log that an earlier program may have left as well.
        if (!clears) return clears.error();
        DEBRIEF_TRY(clear_page_gaps(*impl_->db));
        DEBRIEF_TRY(clears->commit());
    }
    const auto left = impl_->db->integer("PRAGMA wal_checkpoint(TRUNCATE)");
    if (!left) return left.error();
    impl_->scrub_due = *left != 0;  // Another process was reading: again after the next write, or when it is opened.
    return Ok{};
}

Status Store::adopt_known_fields() {
    auto& s = *impl_;
    const auto marker = std::to_string(store_version(s.catalogue));
    const auto seen = setting("adopted");
    if (!seen) return seen.error();
    if (*seen == marker) return Ok{};
    return transact([&]() -> Status {
        std::vector<Uuid> ids;
        {
            auto query = s.db->prepare("SELECT DISTINCT r.id FROM cell c JOIN record r USING (rid) ORDER BY r.id");
            if (!query) return query.error();
            for (;;) {
                const auto row = query->step();
                if (!row) return row.error();
                if (!*row) break;
                if (const auto id = uuid_from_bytes(query->bytes(0))) ids.push_back(*id);
            }
        }
        for (const auto& id : ids) DEBRIEF_TRY(s.records.adopt(id));
        return set_setting("adopted", marker);
    });
}

}  // namespace debrief::core
