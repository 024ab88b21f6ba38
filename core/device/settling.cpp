// The server's final words on own changes, and what becomes of those that it refused.
#include <algorithm>
#include <set>

#include "core/device/device_store_impl.hpp"
#include "core/device/reissue.hpp"

namespace debrief::core {
namespace {

OutboxState state_after(PushResult::Kind kind) {
    switch (kind) {
        case PushResult::Kind::rejected:
            return OutboxState::parked;
        case PushResult::Kind::handed_over:
            return OutboxState::handed_over;
        default:
            return OutboxState::acknowledged;
    }
}

Error not_parked(std::uint64_t n) {
    return {Errc::not_found, "Change " + std::to_string(n) + " is not among those that the server refused.", "n",
            "'sync status' lists them."};
}

}  // namespace

Status DeviceStore::settle(const std::vector<PushResult>& results) {
    return impl_->records->transact([&]() -> Status {
        const auto settled = impl_->outbox.final_n();
        if (!settled) return settled.error();
        const auto last = impl_->outbox.last_n();
        if (!last) return last.error();
        std::uint64_t expected = *settled + 1;
        std::vector<Changeset> gone;
        for (const auto& result : results) {
            if (result.n < expected) continue;
            if (result.n > expected || result.n > *last) {
                return Error{Errc::corrupt,
                             "The server answered change " + std::to_string(result.n) + " before change " +
                                 std::to_string(expected) + ".",
                             {},
                             {}};
            }
            ++expected;
            auto row = impl_->outbox.find(result.n);
            if (!row) return row.error();
            if (!*row) return Error{Errc::corrupt, "Own change " + std::to_string(result.n) + " is missing.", {}, {}};
            // Its log entry may have come before the result: then it is confirmed, whatever is repeated now.
            if ((*row)->applied) continue;
            DEBRIEF_TRY(impl_->outbox.set_result(result, state_after(result.kind)));
            if (result.kind == PushResult::Kind::ok) {
                // It may be in a state that was read after it: then no log entry follows.
                const auto position = impl_->position_of((*row)->entry.scope);
                if (!position) return position.error();
                if (!*position || result.position > **position) continue;
                DEBRIEF_TRY(impl_->outbox.set_applied(result.n, result.position, result.effective));
            }
            auto changeset = decode_changeset((*row)->entry.payload);
            if (!changeset) return changeset.error();
            gone.push_back(std::move(*changeset));
            // What was handed over is the server's to keep: it may be from a place that we may not see any more.
            if (result.kind == PushResult::Kind::handed_over) {
                DEBRIEF_TRY(impl_->outbox.clear(result.n));
            }
        }
        DEBRIEF_TRY(impl_->outbox.advance());
        return impl_->uncover(gone);
    });
}

Status DeviceStore::Impl::uncover(const std::vector<Changeset>& gone) {
    if (gone.empty()) return Ok{};
    std::set<TouchedRecord> touched;
    for (const auto& changeset : gone) {
        for (const auto& record : changeset.records) touched.insert({record.table, record.record});
    }
    const auto overlay = outbox.overlay();
    if (!overlay) return overlay.error();
    return records->rebase({touched.begin(), touched.end()}, *overlay);
}

Status DeviceStore::Impl::follow_names(Changeset& changeset) {
    for (bool again = true; again;) {
        again = false;
        for (const auto& named : dots_named(changeset)) {
            if (named != dot(named.n)) continue;
            const auto row = outbox.find(named.n);
            if (!row) return row.error();
            if (!*row || (*row)->entry.state != OutboxState::withdrawn) continue;
            again = true;
            if ((*row)->entry.position > 0) {
                rename_dot(changeset, named, dot((*row)->entry.position));
                continue;
            }
            const auto discarded = decode_changeset((*row)->entry.payload);
            if (!discarded) return discarded.error();
            drop_dot(changeset, *discarded);
        }
    }
    return Ok{};
}

Status DeviceStore::Impl::reissue(const OutboxRow& row, Changeset changeset) {
    const auto last = outbox.last_n();
    if (!last) return last.error();
    // The oldest name is the one that others may know.
    if (changeset.was.empty()) changeset.was.push_back({changeset.dot, row.hash});
    changeset.dot = dot(*last + 1);
    changeset.original.clear();  // Under its new name it is a payload of its own.
    DEBRIEF_TRY(outbox.withdraw(row.entry.n, changeset.dot.n, {}));
    DEBRIEF_TRY(follow_names(changeset));
    DEBRIEF_TRY(outbox.append(changeset, encode(changeset), row.entry.at));
    return records->show(changeset);
}

Result<std::uint64_t> DeviceStore::retry_parked(std::optional<std::uint64_t> n) {
    std::uint64_t count = 0;
    const auto status = impl_->records->transact([&]() -> Status {
        auto parked = impl_->outbox.in_state(OutboxState::parked, 0, std::numeric_limits<std::size_t>::max());
        if (!parked) return parked.error();
        std::set<Uuid> records;
        for (const auto& row : *parked) {
            auto changeset = decode_changeset(row.entry.payload);
            if (!changeset) return changeset.error();
            // With one goes what was built on it: it was refused for that reason.
            const bool depends = std::any_of(changeset->records.begin(), changeset->records.end(),
                                             [&](const RecordWrite& write) { return records.contains(write.record); });
            if (n && row.entry.n != *n && !depends) continue;
            for (const auto& write : changeset->records) records.insert(write.record);
            DEBRIEF_TRY(impl_->reissue(row, std::move(*changeset)));
            ++count;
        }
        return n && count == 0 ? Status{not_parked(*n)} : Status{Ok{}};
    });
    if (!status) return status.error();
    return count;
}

Status DeviceStore::discard_parked(std::uint64_t n) {
    return impl_->records->transact([&]() -> Status {
        const auto row = impl_->outbox.find(n);
        if (!row) return row.error();
        if (!*row || (*row)->entry.state != OutboxState::parked) return not_parked(n);
        auto refused = decode_changeset((*row)->entry.payload);
        if (!refused) return refused.error();
        // What it had replaced must stay known, for later changes that were built on it; its words need not.
        for (auto& record : refused->records) {
            for (auto& field : record.fields) {
                field.value = Null{};
                field.base.clear();
            }
        }
        return impl_->outbox.withdraw(n, 0, encode(*refused));
    });
}

}  // namespace debrief::core
