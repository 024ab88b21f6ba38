// The cursor vector that the server keeps for this device under an id, so that a greeting says only what moved since.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/device/device_store.hpp"
#include "core/result.hpp"
#include "sync/frames/frame.hpp"

namespace debrief::sync {

/// Threads: one owner.
class CursorMemory {
public:
    /// What the store remembers; nothing is worse than a longer greeting.
    static CursorMemory load(core::Store& store);

    /// `now` as the difference to what the server keeps.
    [[nodiscard]] CursorDifference difference(const std::vector<core::ScopeCursor>& now) const;
    /// The server keeps `cursors` under `set` from now on.
    core::Status adopt(core::Store& store, std::uint64_t set, const std::vector<core::ScopeCursor>& cursors);
    /// The server does not know our set: begin with the empty one.
    void forget();
    [[nodiscard]] std::uint64_t set() const { return set_; }

private:
    std::uint64_t set_ = 0;
    std::map<std::string, core::ScopeCursor> cursors_;
};

}  // namespace debrief::sync
