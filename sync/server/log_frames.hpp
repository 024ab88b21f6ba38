// Log entries as frames, made once for all who read along.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "sync/frames/deflate.hpp"
#include "sync/server/server_store.hpp"
#include "sync/session.hpp"

namespace debrief::sync {

/// One frame of one scope's log.
struct LogPiece {
    SharedBytes cbor;        ///< Null if there is nothing after the position asked for.
    SharedBytes zipped{};    ///< The same deflated, once somebody asked for that.
    std::uint64_t last = 0;  ///< The position of its last entry.
};

/// Who reads, and which of its own changesets it surely has: those after `held_after`, but for `sealed` (ascending),
/// whose words it gave out of its hands.
struct LogReader {
    core::Uuid device;
    std::uint64_t incarnation = 0;
    std::uint64_t held_after = 0;
    const std::vector<std::uint64_t>& sealed;

    [[nodiscard]] bool has(const core::Dot& dot) const;
};

/// Threads: one owner.
class LogFrames {
public:
    explicit LogFrames(ServerStore& store) : store_(store) {}

    /// What follows `position`; what the reader has goes without payload. With `deflate` the piece is deflated, too:
    /// once for all readers.
    core::Result<LogPiece> after(const std::string& scope, std::uint64_t position, const LogReader& reader,
                                 Deflate deflate = Deflate::no);

    /// Frames of these scopes are made again: words were erased from them.
    void forget(const std::set<std::string>& scopes);

private:
    struct Kept {
        std::string scope;
        std::uint64_t position = 0;
        LogPiece piece;
        std::set<core::Uuid> authors;  // Devices.
    };
    static constexpr std::size_t kept_max = 64;  // Frames: 2 MiB at most, as a rule far less.

    ServerStore& store_;
    std::vector<Kept> kept_;
    std::size_t next_ = 0;  // The place that is used next, round and round.
};

}  // namespace debrief::sync
