#include <catch2/catch.hpp>

#include "core/hybrid_time.hpp"

using namespace debrief::core;

TEST_CASE("more changes than fit into one millisecond go on in the next", "[core][time]") {
    constexpr Instant now{1'742'292'000'000};
    HybridClock clock;
    auto last = clock.stamp(now);
    CHECK(last == HybridTime::at(now));
    bool rising = true;
    for (int i = 0; i < 65'535; ++i) {
        const auto next = clock.stamp(now);
        rising = rising && next > last;
        last = next;
    }
    CHECK(rising);
    CHECK(last == HybridTime::at(now, 65'535));
    CHECK(clock.stamp(now) == HybridTime::at(now + Instant{1}));
    // The wall clock catches up; one that starts in 1970 does not pull it back.
    CHECK(clock.stamp(now + Instant{5}) == HybridTime::at(now + Instant{5}));
    CHECK(clock.stamp(Instant{0}) > HybridTime::at(now + Instant{5}));
}
