// How much of the log one reader may have under way: what was sent and is not applied yet.
#pragma once

#include <algorithm>
#include <cstddef>

#include "core/sources.hpp"

namespace debrief::sync {

/// Grows for a reader that keeps up, so that it can store much at once, and shrinks again for one on a slow line, where
/// what is urgent would wait behind it. Source: the congestion window of TCP (RFC 5681), with time in place of loss.
class CreditWindow {
public:
    static constexpr std::size_t smallest = 128U << 10U;  ///< Bytes.
    static constexpr std::size_t largest = 1U << 20U;

    [[nodiscard]] std::size_t bytes() const { return bytes_; }
    /// Nothing more may go before the reader has applied something.
    void filled(core::Instant now) {
        if (!full_) since_ = now;
        full_ = true;
    }
    /// The reader has applied something.
    void credited(core::Instant now) {
        if (!full_) return;
        full_ = false;
        const auto waited = now - since_;
        if (waited <= prompt) bytes_ = std::min(largest, bytes_ * 2);
        if (waited >= slow) bytes_ = std::max(smallest, bytes_ / 2);
    }

private:
    static constexpr std::chrono::milliseconds prompt{250}, slow{1000};
    std::size_t bytes_ = smallest;
    core::Instant since_{};
    bool full_ = false;
};

}  // namespace debrief::sync
