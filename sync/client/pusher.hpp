// Which own changesets go out when: in order of n, as many as the window holds, again from wherever the server says.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "core/device/device_store.hpp"
#include "core/result.hpp"
#include "sync/frames/frame.hpp"

namespace debrief::sync {

/// Threads: one owner.
class Pusher {
public:
    static constexpr std::size_t window_bytes = 512U << 10U;  ///< Sent and not yet answered.

    explicit Pusher(core::DeviceStore& store) : store_(store) {}

    /// A connection was greeted: everything without a final result is sent again. The server knows what it has already.
    core::Status begin();
    /// What fits into the window now.
    core::Result<std::vector<PushFrame>> next();
    /// The server's answers. Errors: `corrupt` for an answer to what was not sent.
    core::Status take(const ResultsFrame& results);
    /// Nothing is in flight and, when last asked, nothing was left to send.
    [[nodiscard]] bool idle() const { return in_flight_.empty() && drained_; }

private:
    struct Sent {
        std::uint64_t n;
        std::size_t bytes;
    };
    core::DeviceStore& store_;
    std::deque<Sent> in_flight_;
    std::size_t bytes_ = 0;  // Of `in_flight_`.
    std::uint64_t next_ = 1;
    bool drained_ = false;
    unsigned gaps_ = 0;  // Told by the server since something was settled.
};

}  // namespace debrief::sync
