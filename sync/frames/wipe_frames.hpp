// What is said to a device that was cut off: hand over what you have, then remove your store. Orders to remove it are
// signed with a key that its server alone holds, so that nobody in that server's place can give one.
#pragma once

#include <string_view>

#include "core/bytes.hpp"
#include "core/cbor.hpp"
#include "core/sources.hpp"
#include "core/uuid.hpp"

namespace debrief::sync {

/// Server, after a proof, in place of a welcome: you were cut off. Push what you still have, then say `LeftFrame`.
struct LeaveFrame {
    core::Uuid server;
    std::uint64_t expected_n = 0;  ///< What must be sent next.
    std::uint64_t bytes = 0;       ///< So much is still taken over.
};

/// Device: that was all.
struct LeftFrame {};

/// Server: everything of yours up to `expected_n` has its result here, on disk. Remove your store.
struct WipeFrame {
    core::Uuid server;
    core::Instant cut_off_at{};     ///< When an administrator did it.
    std::uint64_t expected_n = 0;   ///< What would have to be sent next: all before it is judged.
    std::uint64_t handed_over = 0;  ///< Changes that were taken over since then, on all connections.
    bool full = false;              ///< There may be more, but no more is taken.
    core::Bytes signature{};        ///< 64 bytes, over wipe_message.
};

/// The seed of the key that signs orders. It follows from the seed of the key that devices seal to: both live as long
/// as the server's store.
core::Bytes order_seed(core::ByteView seal_seed);
/// What is signed: 15 bytes "debrief.wipe.v1", the server's id, the device's id, its incarnation, `cut_off_at`,
/// `expected_n`, `handed_over` (8 bytes each, big-endian), 1 if `full`, else 0.
core::Bytes wipe_message(const WipeFrame& order, const core::Uuid& device, std::uint64_t incarnation);

/// For frame_read.cpp: takes one field; says false for one that it does not know.
bool read(LeaveFrame& to, std::string_view key, core::CborReader& in);
bool read(LeftFrame& to, std::string_view key, core::CborReader& in);
bool read(WipeFrame& to, std::string_view key, core::CborReader& in);
bool complete(const LeaveFrame& frame);
bool complete(const WipeFrame& frame);

}  // namespace debrief::sync
