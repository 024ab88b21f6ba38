// A scope's state in place of its history: staged piece by piece, then taken over at once.
#include "core/changes/digest.hpp"
#include "core/device/device_store_impl.hpp"

namespace debrief::core {

Result<std::vector<StatePlace>> DeviceStore::staged() {
    return impl_->staging.places();
}

Status DeviceStore::stage(StatePiece piece) {
    DEBRIEF_TRY(impl_->staging.take(std::move(piece)));
    return impl_->staging.full() ? keep_staged() : Status{Ok{}};
}

Status DeviceStore::keep_staged() {
    if (impl_->staging.empty()) return Ok{};
    DEBRIEF_TRY(impl_->records->transact([&] { return impl_->staging.keep(); }));
    impl_->staging.forget();
    return Ok{};
}

Status DeviceStore::drop_staged(std::string_view scope) {
    DEBRIEF_TRY(impl_->records->transact([&] { return impl_->staging.drop(scope); }));
    impl_->staging.forget_scope(scope);
    return Ok{};
}

Result<bool> DeviceStore::adopt_state(const StateEnd& end) {
    bool differs = false;
    const auto adopted = impl_->records->transact([&]() -> Status {
        auto same = impl_->adopt_staged(end);
        if (!same) return same.error();
        differs = !*same;
        // Rolls back what was put in place while the digest was worked out.
        if (differs) return Error{Errc::corrupt, "The state of \"" + end.scope + "\" is not what was sent.", {}, {}};
        return impl_->staging.drop(end.scope);
    });
    if (!adopted && !differs) return adopted.error();
    if (differs) {
        DEBRIEF_TRY(drop_staged(end.scope));
        return false;
    }
    impl_->staging.forget_scope(end.scope);
    return true;
}

Result<std::optional<std::uint64_t>> DeviceStore::Impl::position_of(std::string_view scope) {
    auto query = db().prepare("SELECT position FROM scope_cursor WHERE scope = ?1");
    if (!query) return query.error();
    const auto row = query->bind(1, scope).step();
    if (!row) return row.error();
    return *row ? std::optional{static_cast<std::uint64_t>(query->integer(0))} : std::optional<std::uint64_t>{};
}

Result<bool> DeviceStore::Impl::adopt_staged(const StateEnd& end) {
    const auto before = position_of(end.scope);
    if (!before) return before.error();
    if (!*before) return Error{Errc::not_found, "This device does not read \"" + end.scope + "\".", {}, {}};
    const bool fresh = **before == 0;  // Then nothing is confirmed here.
    StateDigest digest;
    std::uint64_t count = 0;
    std::set<Uuid> kept;
    std::vector<TouchedRecord> covered;
    const auto take = [&](KeptState&& record) -> Status {
        const auto& state = record.state;
        if (state.scope != end.scope || state.id.is_nil() || state.table.empty()) {
            return Error{Errc::corrupt, "A state of \"" + end.scope + "\" holds a record of another place.", {}, {}};
        }
        const auto known = records->adopt(record);
        if (!known) return known.error();
        digest.add(state);
        ++count;
        if (*known) covered.push_back({state.table, state.id});
        if (!fresh) kept.insert(state.id);
        return Ok{};
    };
    DEBRIEF_TRY(records->gather([&] { return staging.each(end.scope, take); }));
    if (count != end.records || digest.bytes() != end.digest) return false;
    if (!fresh) {
        const auto left = records->forget_others(end.scope, kept);
        if (!left) return left.error();
        covered.insert(covered.end(), left->begin(), left->end());
    }
    // Own changes that the state holds are confirmed by it; their log entries will not come any more.
    DEBRIEF_TRY(outbox.set_applied_through(end.scope, end.position));
    // Also where the scope is new here: what this device wrote into it before may stand in its own journal.
    DEBRIEF_TRY(records->adopt_erasures(end.scope, end.erasures));
    DEBRIEF_TRY(strip_own(end.erasures));
    if (!covered.empty()) {
        const auto overlay = outbox.overlay();
        if (!overlay) return overlay.error();
        DEBRIEF_TRY(records->rebase(covered, *overlay));
    }
    DEBRIEF_TRY(outbox.advance());
    auto update = db().prepare("UPDATE scope_cursor SET position = ?2, salt = ?3 WHERE scope = ?1");
    if (!update) return update.error();
    update->bind(1, std::string_view{end.scope}).bind(2, static_cast<std::int64_t>(end.position));
    DEBRIEF_TRY(update->bind(3, static_cast<std::int64_t>(end.salt)).run());
    return true;
}

}  // namespace debrief::core
