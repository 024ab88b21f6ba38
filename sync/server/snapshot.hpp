// One scope's state on its way to one device: read as it is now, a frame at a time; what changed meanwhile goes once
// more. The server keeps nothing for it but this.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/changes/digest.hpp"
#include "core/device/device_store.hpp"
#include "core/result.hpp"
#include "sync/server/server_store.hpp"
#include "sync/session.hpp"

namespace debrief::sync {

/// Threads: one owner.
class Snapshot {
public:
    /// Goes on after `held` where the log still has that place, else begins anew.
    static core::Result<Snapshot> begin(ServerStore& store, const core::StatePlace& held);

    struct Piece {
        SharedBytes cbor;
        bool last = false;           ///< This was `state_end`.
        std::uint64_t position = 0;  ///< With `last`: the log goes on after it.
    };
    /// The next frame. Errors: `too_large` if a record fits no frame; as a read.
    core::Result<Piece> next();

    [[nodiscard]] const std::string& scope() const { return place_.scope; }

private:
    Snapshot(ServerStore& store, core::StatePlace place) : store_(&store), place_(std::move(place)) {}
    core::Result<core::StatePiece> next_records();
    core::Result<core::StatePiece> next_changed();
    core::Result<core::StateEnd> end(const core::ScopeCursor& head);

    ServerStore* store_;
    core::StatePlace place_;
    bool all_read_ = false;
    std::uint64_t seen_ = 0;           // Of the log: what was written up to here has been sent, or is in `changed_`.
    std::vector<core::Uuid> changed_;  // To be sent once more.
    bool summed_ = true;               // `digest_` covers all that counts: nothing was sent before us or twice.
    core::StateDigest digest_;
    std::uint64_t records_ = 0;
};

}  // namespace debrief::sync
