// How much of the log one reader may have under way: what was sent and is not applied yet.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "core/sources.hpp"

namespace debrief::sync {

/// Grows for a reader that keeps up, so that it can store much at once, and shrinks again for one on a slow line, where
/// what is urgent would wait behind it. Source: the congestion window of TCP (RFC 5681), with time in place of loss.
class CreditWindow {
public:
    static constexpr std::size_t smallest = 128U << 10U;  ///< Bytes.
    static constexpr std::size_t largest = 1U << 20U;

    [[nodiscard]] std::size_t bytes() const { return bytes_; }
    /// Nothing more may go before the reader has applied something. `sent`: bytes so far.
    void filled(core::Instant now, std::uint64_t sent) {
        if (mark_ != 0) return;
        mark_ = sent;
        since_ = now;
    }
    /// How many bytes the reader has applied. What counts is how long a whole window took it.
    void credited(core::Instant now, std::uint64_t applied) {
        if (mark_ == 0 || applied < mark_) return;
        mark_ = 0;
        const auto took = now - since_;
        if (took <= prompt) bytes_ = std::min(largest, bytes_ * 2);
        if (took >= slow) bytes_ = std::max(smallest, bytes_ / 2);
    }

private:
    static constexpr std::chrono::milliseconds prompt{250}, slow{1000};
    std::size_t bytes_ = smallest;
    core::Instant since_{};
    std::uint64_t mark_ = 0;  ///< Sent when it was filled; 0: it is not.
};

}  // namespace debrief::sync
