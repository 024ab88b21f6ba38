// A short slice of the simulator; './dev sim' runs as many seeds as asked. docs/promises.md names the seeds that it
// does not survive yet.
#include <catch2/catch.hpp>

#include "tests/sim/support/fleet.hpp"

using namespace debrief::sim;

TEST_CASE("whatever fails, a fleet keeps every promise once it has stopped failing", "[sim][fleet]") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const auto outcome = live(seed, 120);
        INFO("again: ./dev sim --seed " << seed);
        for (const auto& problem : outcome.problems) UNSCOPED_INFO(problem);
        CHECK(outcome.problems.empty());
        CHECK(outcome.changes > 0);
    }
}

TEST_CASE("one seed is one life, exactly", "[sim][fleet]") {
    const auto first = live(7, 120), second = live(7, 120), other = live(8, 120);
    CHECK(first.trace == second.trace);
    CHECK(first.tail == second.tail);
    CHECK(first.trace != other.trace);
}
