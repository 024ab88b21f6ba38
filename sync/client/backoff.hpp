// How long to wait before the next try: full jitter, so that a thousand devices do not come back at one moment.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>

#include "core/sources.hpp"

namespace debrief::sync {

/// Threads: one owner.
class Backoff {
public:
    Backoff(std::chrono::milliseconds min, std::chrono::milliseconds max) : min_(min), max_(max) {}

    void reset() { tries_ = 0; }
    /// Somewhere between nothing and the limit, which doubles with every try; never before `at_least`.
    std::chrono::milliseconds next(core::RandomSource& random, std::chrono::milliseconds at_least) {
        auto limit = min_;
        for (unsigned i = 0; i < tries_ && limit < max_; ++i) limit *= 2;
        ++tries_;
        limit = std::min(limit, max_);
        std::array<std::uint8_t, 8> bytes{};
        random.fill(bytes);
        std::uint64_t drawn = 0;
        for (const auto byte : bytes) drawn = (drawn << 8U) | byte;
        const auto jitter = static_cast<std::int64_t>(drawn % static_cast<std::uint64_t>(limit.count() + 1));
        return at_least + std::chrono::milliseconds{jitter};
    }

private:
    std::chrono::milliseconds min_, max_;
    unsigned tries_ = 0;
};

}  // namespace debrief::sync
