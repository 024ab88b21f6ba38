// What stands behind a DeviceStore. Only the .cpp files of this folder include it.
#pragma once

#include <functional>
#include <limits>
#include <set>

#include "core/device/device_store.hpp"
#include "core/device/outbox.hpp"
#include "core/device/staging.hpp"

namespace debrief::core {

struct DeviceStore::Impl {
    Impl(std::unique_ptr<Store> store, RandomSource& random_source)
        : records(std::move(store)), outbox(records->database()), staging(records->database()), random(random_source) {}

    Database& db() { return records->database(); }
    /// The name of an own change.
    [[nodiscard]] Dot dot(std::uint64_t n) const {
        return {records->identity().device, records->identity().incarnation, n};
    }
    /// Bounds the journal, at most once a day.
    Status keep_journal_small();
    /// Rebuilds what these changesets touched, now that they lie over the confirmed state no more.
    Status uncover(const std::vector<Changeset>& gone);
    /// Puts a refused change into the outbox under a new n, and into the shown state.
    Status reissue(const OutboxRow& row, Changeset changeset);
    /// The same for those that are `wanted`, each after `correct`, and for what was built on them. Gives how many.
    Result<std::uint64_t> reissue_parked(const std::function<bool(const OutboxRow&)>& wanted,
                                         const std::function<Status(Changeset&)>& correct = {});
    Status correct(Changeset& changeset, const Put& edit);
    /// Why change `n` could not be issued again.
    Status not_issued(std::uint64_t n);
    /// In what `changeset` replaces, refused changes become what they were issued again as, or what they had replaced.
    Status follow_names(Changeset& changeset);
    /// Own changes on disk, waiting, taken or refused, lose the words that were erased.
    Status strip_own(const std::vector<Erasure>& erasures);
    Status apply_entry(std::string_view scope, const LogEntry& entry);
    /// False if the digest of what is staged is another one; then this must be rolled back.
    Result<bool> adopt_staged(const StateEnd& end);
    /// How far a scope is applied; nothing if it is not read here.
    Result<std::optional<std::uint64_t>> position_of(std::string_view scope);

    /// Rows, drafts, journal, stage and cursor of a scope go.
    Status leave_scope(std::string_view scope);
    /// What waits in a scope is sealed to this key.
    Status seal_waiting(std::string_view scope, ByteView key);

    std::unique_ptr<Store> records;
    Outbox outbox;
    Staging staging;
    RandomSource& random;
};

}  // namespace debrief::core
