// A scope leaves this device with all that it held here. Where it was lost, what still waits for the server stays, but
// nobody here can read it any more.
#include <array>

#include "core/changes/sealed.hpp"
#include "core/defects.hpp"
#include "core/device/device_store_impl.hpp"

namespace debrief::core {

Status DeviceStore::close_scope(std::string_view scope) {
    DEBRIEF_TRY(impl_->records->transact([&] { return impl_->leave_scope(scope); }));
    impl_->staging.forget_scope(scope);
    return Ok{};
}

Status DeviceStore::lose_scope(std::string_view scope, ByteView key) {
    DEBRIEF_TRY(impl_->records->transact([&]() -> Status {
        // What was refused goes once more: nobody here may see it any longer, somebody else may be able to mend it.
        const auto issued = impl_->reissue_parked([&](const OutboxRow& row) { return row.entry.scope == scope; });
        if (!issued) return issued.error();
        DEBRIEF_TRY(impl_->seal_waiting(scope, key));
        return impl_->leave_scope(scope);
    }));
    impl_->staging.forget_scope(scope);
    return Ok{};
}

Result<std::vector<std::uint64_t>> DeviceStore::sealed() {
    return impl_->outbox.sealed_waiting();
}

Status DeviceStore::Impl::leave_scope(std::string_view scope) {
    // An unsent line belongs to a conversation that may be leaving.
    auto drafts = db().prepare(R"sql(
        DELETE FROM draft WHERE conversation IN (SELECT r.id FROM record r JOIN scope_name s ON s.number = r.scope
                                                 WHERE s.name = ?1))sql");
    if (!drafts) return drafts.error();
    DEBRIEF_TRY(drafts->bind(1, scope).run());
    if (!defective(Defect::journal_kept)) DEBRIEF_TRY(outbox.clear_journal(scope));
    DEBRIEF_TRY(records->remove_scope(scope));
    DEBRIEF_TRY(staging.drop(scope));
    auto remove = db().prepare("DELETE FROM scope_cursor WHERE scope = ?1");
    if (!remove) return remove.error();
    return remove->bind(1, scope).run();
}

Status DeviceStore::Impl::seal_waiting(std::string_view scope, ByteView key) {
    if (defective(Defect::unsealed)) return Ok{};
    const auto numbers = outbox.waiting_in(scope);
    if (!numbers) return numbers.error();
    for (const auto n : *numbers) {
        const auto row = outbox.find(n);
        if (!row) return row.error();
        if (!*row || is_sealed((*row)->entry.payload)) continue;
        std::array<std::uint8_t, seal_seed_bytes> chance{};
        random.fill(chance);
        const auto box = seal((*row)->entry.payload, n, (*row)->hash, key, chance);
        if (!box) return box.error();
        DEBRIEF_TRY(outbox.replace_payload(n, *box));
    }
    return Ok{};
}

}  // namespace debrief::core
