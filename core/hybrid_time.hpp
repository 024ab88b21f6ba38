// Time stamps that choose which of several concurrent values is shown. They never decide what is kept, nor the order of
// changes: that is the server's position in a scope's log.
// Source: Kulkarni et al., "Logical Physical Clocks and Consistent Snapshots in Globally Distributed Databases", 2014.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>

#include "core/sources.hpp"

namespace debrief::core {

/// 48 bits of milliseconds since the Unix epoch, UTC, and 16 bits that order changes within one millisecond.
struct HybridTime {
    std::uint64_t packed = 0;

    static constexpr HybridTime at(Instant wall, std::uint16_t counter = 0) {
        return {(static_cast<std::uint64_t>(wall.count() < 0 ? 0 : wall.count()) << 16U) | counter};
    }
    [[nodiscard]] constexpr Instant wall() const { return Instant{static_cast<std::int64_t>(packed >> 16U)}; }
    auto operator<=>(const HybridTime&) const = default;
};

/// Threads: one owner; calls must not overlap.
class HybridClock {
public:
    /// How far ahead of the judge's own clock a stamp may be: one phone set to next year would otherwise win every
    /// later conflict. Its changes are kept all the same.
    static constexpr std::chrono::minutes lead_max{2};

    explicit HybridClock(HybridTime last = {}) : last_(last) {}

    /// Stamps a change made here: later than every stamp made or observed, even if the wall clock jumped back.
    HybridTime stamp(Instant now);
    /// Makes every later stamp exceed `seen`, which counts as at most `now + lead_max`.
    void observe(HybridTime seen, Instant now);
    [[nodiscard]] HybridTime last() const { return last_; }

    /// What a server makes of a device's stamp.
    static HybridTime clamp(HybridTime claimed, Instant now);

private:
    HybridTime last_;
};

}  // namespace debrief::core
