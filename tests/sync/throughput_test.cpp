// Not a judgement but a measure: sync_tests "[.bench]" prints what one core makes of many small changes.
#include <catch2/catch.hpp>

#include <chrono>
#include <cstdio>

#include "tests/sync/support/server_house.hpp"
#include "tests/sync/support/world.hpp"

using namespace debrief;
using namespace debrief::sync;
using namespace debrief::sync::test;

TEST_CASE("how fast changes are judged and travel", "[.bench][sync]") {
    const auto seconds_of = [](const auto& work) {
        const auto start = std::chrono::steady_clock::now();
        work();
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    World world{1};
    world.user("Ann");
    world.user("Ben");
    const auto acme = world.account("Acme", "Ann");
    world.assign("Acme", "Ben");
    const auto ann = world.device("Ann");
    const auto ben = world.device("Ben");
    world.offline(ann);
    constexpr int changes = 5000;
    const auto written = seconds_of([&] {
        for (int i = 0; i < changes; ++i) {
            world.put(ann, "contact",
                      {{"account", acme},
                       {"name", "Contact " + std::to_string(i)},
                       {"role", std::string{"CFO"}},
                       {"email", std::string{"a@b.c"}}});
        }
    });
    world.online(ann);
    const auto settled = seconds_of([&] { world.settle(); });
    std::printf("{\"changes\": %d, \"written_s\": %.3f, \"converged_s\": %.3f}\n", changes, written, settled);
    CHECK(content(world.store(ann)) == content(world.store(ben)));
}
