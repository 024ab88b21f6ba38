#include "core/hybrid_time.hpp"

#include <algorithm>

namespace debrief::core {

HybridTime HybridClock::stamp(Instant now) {
    // The counter overflows into the millisecond: after 65,536 changes within one it goes on in the next.
    last_ = std::max(HybridTime::at(now), HybridTime{last_.packed + 1});
    return last_;
}

void HybridClock::observe(HybridTime seen, Instant now) {
    last_ = std::max(last_, clamp(seen, now));
}

HybridTime HybridClock::clamp(HybridTime claimed, Instant now) {
    return std::min(claimed, HybridTime::at(now + lead_max));
}

}  // namespace debrief::core
