// How far a device is with the server: what `sync.status` says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/sources.hpp"

namespace debrief::sync {

enum class SyncState {
    offline,     ///< No connection; the next try is a timer, or nobody asked.
    connecting,  ///< A socket or the greeting is under way.
    syncing,     ///< Greeted; something is on its way.
    caught_up,   ///< The outbox is empty and the server said that nothing is left.
    revoked,     ///< The server no longer knows this device, or an administrator has cut it off.
};

constexpr std::string_view name_of(SyncState state) {
    switch (state) {
        case SyncState::offline:
            return "offline";
        case SyncState::connecting:
            return "connecting";
        case SyncState::syncing:
            return "syncing";
        case SyncState::caught_up:
            return "caught_up";
        case SyncState::revoked:
            return "revoked";
    }
    return "offline";
}

/// Since the session was made; a session that had nothing to do shows zeros.
struct SyncTotals {
    std::uint64_t pushed = 0;  ///< Own changesets that got their final `ok`.
    std::uint64_t pulled = 0;  ///< Changesets of others applied here.
    std::uint64_t parked = 0;  ///< Own changesets that were refused.
    std::uint64_t bytes_sent = 0;
    std::uint64_t bytes_received = 0;
    auto operator<=>(const SyncTotals&) const = default;
};

/// Of the scopes that come as state in this connection. All zero if there are none.
struct SyncProgress {
    std::uint64_t scopes_done = 0, scopes_of = 0;    ///< A scope is visible when it is done.
    std::uint64_t records_done = 0, records_of = 0;  ///< Arrived; `records_of` is an estimate.
    auto operator<=>(const SyncProgress&) const = default;
};

/// The server, and nobody in its place, told this device to remove its store: whoever owns the files does.
struct WipeOrder {
    core::Instant cut_off_at{};     ///< By the server's clock; 0: it does not know.
    std::uint64_t handed_over = 0;  ///< Changes that the server took over since.
    std::uint64_t lost = 0;         ///< Changes that it did not take: too much, or nothing that it can read.
    auto operator<=>(const WipeOrder&) const = default;
};

struct SyncStatus {
    SyncState state = SyncState::offline;
    std::optional<core::Instant> last_caught_up;
    std::int64_t clock_skew_ms = 0;  ///< The server's clock less ours, at the last greeting.
    SyncTotals totals{};
    SyncProgress progress{};
    std::string problem;        ///< Why the last connection ended or was refused, one sentence; empty if all is well.
    bool leaving = false;       ///< Cut off, and handing over what it has: `revoked` is not the last word.
    bool handing_over = false;  ///< At this moment: whoever writes on delays the end of it.
    std::optional<WipeOrder> wipe{};
};

}  // namespace debrief::sync
