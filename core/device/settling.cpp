// The server's final words on own changes. What becomes of those that it refused: parked.cpp.
#include <map>
#include <set>

#include "core/defects.hpp"
#include "core/device/device_store_impl.hpp"

namespace debrief::core {
namespace {

OutboxState state_after(PushResult::Kind kind) {
    switch (kind) {
        case PushResult::Kind::rejected:
            return defective(Defect::parked_dropped) ? OutboxState::withdrawn : OutboxState::parked;
        case PushResult::Kind::handed_over:
            return OutboxState::handed_over;
        default:
            return OutboxState::acknowledged;
    }
}

}  // namespace

Status DeviceStore::settle(const std::vector<PushResult>& results) {
    return impl_->records->transact([&]() -> Status {
        const auto settled = impl_->outbox.final_n();
        if (!settled) return settled.error();
        const auto last = impl_->outbox.last_n();
        if (!last) return last.error();
        std::uint64_t expected = *settled + 1;
        const auto rows = impl_->outbox.briefs(expected, *settled + results.size());
        if (!rows) return rows.error();
        auto row = rows->begin();
        std::map<std::string, std::optional<std::uint64_t>> positions;
        const auto position_of = [&](const std::string& scope) -> Result<std::optional<std::uint64_t>> {
            const auto known = positions.find(scope);
            if (known != positions.end()) return known->second;
            auto position = impl_->position_of(scope);
            if (position) positions.emplace(scope, *position);
            return position;
        };
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
            if (row == rows->end() || row->n != result.n)
                return Error{Errc::corrupt, "Own change " + std::to_string(result.n) + " is missing.", {}, {}};
            const auto& [n, scope, applied, sealed] = *row++;
            // Its log entry may have come before the result: then it is confirmed, whatever is repeated now.
            if (applied) continue;
            DEBRIEF_TRY(impl_->outbox.set_result(result, state_after(result.kind)));
            // Taken over: the box has done its work. If the scope is read again, the log or the state has the words.
            if (sealed && result.kind != PushResult::Kind::rejected) DEBRIEF_TRY(impl_->outbox.clear(n));
            if (result.kind == PushResult::Kind::ok) {
                // It may be in a state that was read after it: then no log entry follows.
                const auto position = position_of(scope);
                if (!position) return position.error();
                if (!*position || result.position > **position) continue;
                DEBRIEF_TRY(impl_->outbox.set_applied(n, result.position, result.effective));
            }
            if (sealed) continue;  // Nothing is shown of it.
            const auto whole = impl_->outbox.find(n);
            if (!whole) return whole.error();
            auto changeset = decode_changeset((*whole)->entry.payload);
            if (!changeset) return changeset.error();
            gone.push_back(std::move(*changeset));
            // What was handed over is the server's to keep: it may be from a place that we may not see any more.
            if (result.kind == PushResult::Kind::handed_over) {
                DEBRIEF_TRY(impl_->outbox.clear(n));
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

}  // namespace debrief::core
