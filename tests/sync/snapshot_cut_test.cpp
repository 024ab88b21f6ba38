#include "tests/sync/support/state_world.hpp"

using namespace debrief;
using namespace debrief::sync;
using namespace debrief::sync::test;

SCENARIO("the pull of a new device is cut at any byte, and goes on where it was", "[sync][snapshot][cut]") {
    const auto tell = [](std::optional<std::size_t> cut, std::vector<std::size_t>* sizes) {
        StateWorld at{51, 120};
        at.world.sizes.clear();
        at.join();
        if (cut) at.world.cut_after(at.ann, *cut);
        at.world.settle();
        if (sizes != nullptr) *sizes = at.world.sizes;
        at.check_equal();
        CHECK(at.world.store(at.ann).list({.table = "contact"})->records.size() == 120);
        return at.world.wire_bytes(at.ann);
    };
    std::vector<std::size_t> sizes;
    const auto whole = tell({}, &sizes);
    REQUIRE(whole > 70'000);
    std::size_t at = 0;
    // A message arrives whole or not at all: every byte within it is the same cut.
    for (const auto size : sizes) {
        for (const auto cut : {at, at + 1, at + size - 1}) {
            // Before the greeting there is nothing of a snapshot: enrolment has tests of its own.
            if (cut < 800) continue;
            INFO("cut after " << cut << " of " << whole << " bytes");
            CHECK(tell(cut, nullptr) < whole + 45'000);  // At most one message twice, and another greeting.
        }
        at += size;
    }
}

SCENARIO("a device dies while state arrives, again and again", "[sync][snapshot][crash]") {
    for (std::uint64_t seed = 60; seed < 72; ++seed) {
        INFO("seed " << seed);
        StateWorld at{seed, 120};
        at.join();
        for (int deaths = 0; deaths < 6; ++deaths) {
            for (std::size_t i = 0, steps = at.world.random.below(60); i < steps; ++i) at.world.step();
            if (at.world.session(at.ann).joined() || deaths > 0) {
                const auto enrolled = at.world.device_store(at.ann).enrolment();
                if (enrolled && *enrolled) at.world.crash_device(at.ann);
            }
        }
        at.world.settle();
        at.check_equal();
    }
}
