// A short slice of the simulator; './dev sim' runs as many seeds as asked, './dev sim --defects' shows what it finds.
#include <catch2/catch.hpp>

#include "tests/sim/support/planting.hpp"

using namespace debrief;
using namespace debrief::sim;

namespace {

void check_life(std::uint64_t seed) {
    const auto outcome = live(seed, 120);
    INFO("again: ./dev sim --seed " << seed);
    for (const auto& problem : outcome.problems) UNSCOPED_INFO(problem);
    CHECK(outcome.problems.empty());
    CHECK(outcome.changes > 0);
}

}  // namespace

TEST_CASE("whatever fails, a fleet keeps every promise once it has stopped failing", "[sim][fleet]") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) check_life(seed);
}

TEST_CASE("an erased word leaves the server's disk although its row had moved between pages", "[sim][fleet]") {
    check_life(20073);
}

TEST_CASE("a device whose revocation met a failing disk is cut off or it is not, and keeps its promises",
          "[sim][fleet]") {
    check_life(21324);
}

TEST_CASE("one seed is one life, exactly", "[sim][fleet]") {
    const auto first = live(7, 120), second = live(7, 120), other = live(8, 120);
    CHECK(first.trace == second.trace);
    CHECK(first.tail == second.tail);
    CHECK(first.trace != other.trace);
}

TEST_CASE("each planted defect breaks a promise that the fleet watches", "[sim][fleet]") {
    for (std::size_t i = 1; i < core::defect_names.size(); ++i) {
        INFO(core::defect_names[i]);
        // As many fleets as './dev sim' sends out. The rarest needs a disk that fails a sync and is cut off right
        // after.
        CHECK(find_defect(static_cast<core::Defect>(i), 1, 300, 120));
    }
    CHECK_FALSE(find_defect(core::Defect::none, 1, 2, 120));
}
