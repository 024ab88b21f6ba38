#include "sync/server/snapshot.hpp"

#include <set>

#include "core/changes/state_codec.hpp"
#include "core/store/scope_digest.hpp"
#include "sync/frames/wire.hpp"

namespace debrief::sync {
namespace {

using core::Errc;
using core::Error;

constexpr std::size_t envelope = 1024;
constexpr std::size_t piece_bytes_max = frame_bytes_sent - envelope;
constexpr std::size_t log_bytes_read = 1U << 20U;

/// Records until a frame is full; one that is longer than that has a frame of its own.
class Filler {
public:
    /// False if there is no room for it.
    bool add(core::StatePiece& piece, const core::KeptState& kept) {
        auto bytes = core::encode(kept.state);
        constexpr std::size_t item = 8;
        if (!piece.records.empty() && bytes_ + bytes.size() + item > piece_bytes_max) return false;
        bytes_ += bytes.size() + item;
        piece.records.push_back({std::move(bytes), kept.older});
        return true;
    }
    [[nodiscard]] bool fits() const { return bytes_ <= whole_bytes_max - envelope; }

private:
    std::size_t bytes_ = 0;
};

}  // namespace

core::Result<Snapshot> Snapshot::begin(ServerStore& store, const core::StatePlace& held) {
    const auto head = store.head(held.scope);
    if (!head) return head.error();
    Snapshot snapshot{store, {held.scope, head->position, head->salt, {}, 0}};
    if (!held.last.is_nil() && held.position != 0) {
        const auto salt = store.salt_at(held.scope, held.position);
        if (!salt) return salt.error();
        if (*salt == held.salt) {
            snapshot.place_ = held;
            snapshot.summed_ = false;
        }
    }
    snapshot.seen_ = snapshot.place_.position;
    return snapshot;
}

core::Result<Snapshot::Piece> Snapshot::next() {
    core::StatePiece piece{place_, false, {}};
    if (!all_read_) {
        auto read = next_records();
        if (!read) return read.error();
        piece = std::move(*read);
    }
    if (piece.records.empty()) {
        const auto head = store_->head(place_.scope);
        if (!head) return head.error();
        auto read = next_changed();
        if (!read) return read.error();
        piece = std::move(*read);
        if (piece.records.empty()) {
            auto ended = end(*head);
            if (!ended) return ended.error();
            auto cbor = std::make_shared<const core::Bytes>(encode(StateEndFrame{std::move(*ended)}));
            if (cbor->size() > whole_bytes_max) return Error{Errc::too_large, "Too much was erased.", {}, {}};
            return Piece{std::move(cbor), true, head->position};
        }
    }
    return Piece{std::make_shared<const core::Bytes>(encode(StateFrame{std::move(piece)})), false, 0};
}

core::Result<core::StatePiece> Snapshot::next_records() {
    core::StatePiece piece{place_, false, {}};
    Filler filler;
    bool full = false;
    DEBRIEF_TRY(
        store_->records().each_state(place_.scope, place_.last, [&](const core::KeptState& kept) -> core::Result<bool> {
            full = !filler.add(piece, kept);
            if (full) return false;
            if (!filler.fits()) return Error{Errc::too_large, "A record is too long for a frame.", {}, {}};
            place_.last = kept.state.id;
            if (summed_) digest_.add(kept.state);
            ++records_;
            return true;
        }));
    all_read_ = !full;
    return piece;
}

core::Result<core::StatePiece> Snapshot::next_changed() {
    core::StatePiece piece{place_, true, {}};
    Filler filler;
    for (;;) {
        if (changed_.empty()) {
            std::set<core::Uuid> changed;
            auto entries = store_->read_log(place_.scope, seen_, log_bytes_read);
            if (!entries) return entries.error();
            if (entries->empty()) return piece;
            for (const auto& entry : *entries) {
                const auto changeset = core::decode_changeset(entry.payload);
                if (!changeset) return changeset.error();
                for (const auto& write : changeset->records) changed.insert(write.record);
                for (const auto& erasure : changeset->erases) changed.insert(erasure.record);
                seen_ = entry.position;
            }
            changed_.assign(changed.begin(), changed.end());
            summed_ = false;
        }
        while (!changed_.empty()) {
            const auto kept = store_->records().state_of(place_.scope, changed_.back());
            if (!kept) return kept.error();
            if (*kept && !filler.add(piece, **kept)) return piece;
            if (!filler.fits()) return Error{Errc::too_large, "A record is too long for a frame.", {}, {}};
            changed_.pop_back();
        }
    }
}

core::Result<core::StateEnd> Snapshot::end(const core::ScopeCursor& head) {
    core::StateEnd end{head.scope, head.position, head.salt, records_, digest_.bytes(), {}};
    if (!summed_) {
        const auto all = core::digest_of(store_->records(), place_.scope);
        if (!all) return all.error();
        end.records = all->records;
        end.digest = all->digest.bytes();
    }
    auto erasures = store_->records().erasures(place_.scope);
    if (!erasures) return erasures.error();
    end.erasures = std::move(*erasures);
    return end;
}

}  // namespace debrief::sync
