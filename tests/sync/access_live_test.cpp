#include <catch2/catch.hpp>

#include "core/catalogue/scope.hpp"
#include "tests/sync/support/world.hpp"

using namespace debrief;
using namespace debrief::sync;
using namespace debrief::sync::test;

SCENARIO("an account changes hands while both are connected", "[sync][access]") {
    World world{1};
    world.user("Ann");
    world.user("Ben");
    const auto acme = world.account("Acme", "Ann");
    const auto ann = world.device("Ann");
    const auto ben = world.device("Ben");
    const auto contact = world.put(ann, "contact", {{"account", acme}, {"name", std::string{"canary-before"}}});
    const auto task = world.put(ann, "task", {{"account", acme}, {"text", std::string{"canary-task"}}});
    world.settle();
    CHECK(world.received(ben).find("canary") == std::string::npos);

    world.unassign("Acme", "Ann");
    world.assign("Acme", "Ben");
    world.settle();
    THEN("it leaves the one and comes to the other") {
        CHECK_FALSE(world.store(ann).get("account", acme)->has_value());
        CHECK_FALSE(world.store(ann).get("contact", contact)->has_value());
        CHECK_FALSE(world.store(ann).get("task", task)->has_value());  // What is private goes with its account.
        CHECK(world.store(ben).get("contact", contact)->has_value());
        CHECK(world.received(ben).find("canary-task") == std::string::npos);
        const auto cursors = world.device_store(ann).cursors();
        for (const auto& cursor : *cursors) CHECK(cursor.scope.find(acme.text()) == std::string::npos);
    }
    AND_WHEN("Ben writes on, and Ann gets it back") {
        world.put(ben, "contact", {{"role", std::string{"canary-after"}}}, contact);
        world.settle();
        CHECK(world.received(ann).find("canary-after") == std::string::npos);
        world.assign("Acme", "Ann");
        world.settle();
        CHECK(world.store(ann).get("contact", contact).operator*()->text("role") == "canary-after");
        CHECK(world.store(ann).get("task", task)->has_value());
        CHECK(content(world.store(ann)) == content_for(world.server(), world.store(ann).identity().user));
    }
}

SCENARIO("work written offline for an account that is lost meanwhile is handed over", "[sync][access]") {
    World world{2};
    world.user("Ann");
    world.user("Ben");
    const auto acme = world.account("Acme", "Ann");
    const auto ann = world.device("Ann");
    world.offline(ann);
    const auto contact = world.put(ann, "contact", {{"account", acme}, {"name", std::string{"Mia"}}});
    world.unassign("Acme", "Ann");
    world.settle();
    world.online(ann);
    world.settle();
    CHECK(*world.server().handed_over() == 1);
    CHECK_FALSE(world.store(ann).get("contact", contact)->has_value());
    CHECK(world.device_store(ann).counts()->pending == 0);
    CHECK(world.device_store(ann).counts()->parked == 0);
}

SCENARIO("a device is cut off by an administrator", "[sync][access]") {
    World world{3};
    world.user("Ann");
    const auto acme = world.account("Acme", "Ann");
    const auto ann = world.device("Ann");
    REQUIRE(revoke_device(world.server(), "Ann's device"));
    world.settle();
    CHECK(world.session(ann).status().state == SyncState::revoked);
    world.put(ann, "contact", {{"account", acme}, {"name", std::string{"Mia"}}});
    CHECK(world.device_store(ann).counts()->pending == 1);  // Still written down.
    world.crash_device(ann);
    world.settle();
    CHECK(world.session(ann).status().state == SyncState::revoked);
    CHECK(world.device_store(ann).counts()->pending == 0);
    CHECK(*world.server().handed_over() == 1);  // Until somebody files it.
    CHECK(world.session(ann).status().wipe.has_value());
}

SCENARIO("somebody becomes a manager", "[sync][access]") {
    World world{4};
    world.user("Ann");
    world.user("Dora", "manager");
    const auto acme = world.account("Acme", "Ann");
    const auto dora = world.device("Dora");
    CHECK_FALSE(world.store(dora).get("account", acme)->has_value());
    world.team("North", "Dora");
    world.user("Ann", "rep", "North");
    world.settle();
    CHECK(world.store(dora).get("account", acme)->has_value());
    CHECK(content(world.store(dora)) == content_for(world.server(), world.store(dora).identity().user));
}

SCENARIO("somebody's role changes and their device learns it", "[sync][hello]") {
    World world{5};
    world.user("Ann");
    const auto ann = world.device("Ann");
    world.user("Ann", "admin");
    world.cut(ann);
    world.settle();
    CHECK(world.store(ann).identity().role == "admin");
}

TEST_CASE("a long frame that ends because its account is lost holds nothing up", "[sync][access][flow]") {
    World world{17};
    world.user("Ann");
    world.user("Ben");
    const auto acme = world.account("Acme", "Ann"), beta = world.account("Beta", "Ann");
    world.assign("Acme", "Ben");
    world.assign("Beta", "Ben");
    const auto ann = world.device("Ann"), ben = world.device("Ben");
    world.settle();
    bool begun = false;
    world.on_handed = [&](std::size_t device, core::ByteView message) {
        begun = begun || (device == ann && core::as_text(message).find("dpart") != std::string_view::npos);
    };
    // One changeset that is longer than the window of credits.
    std::vector<core::Edit> edits;
    std::uint64_t chance = 1;
    for (int i = 0; i < 10; ++i) {
        std::string note;
        while (note.size() < 30'000) note += std::to_string(chance = chance * 6364136223846793005U + 1);
        edits.push_back(core::Put{"contact",
                                  world.store(ben).new_id(),
                                  {{"account", acme}, {"name", std::string{"x"}}, {"note", std::move(note)}},
                                  {}});
    }
    REQUIRE(world.try_write(ben, edits));
    while (!begun) REQUIRE(world.step());
    world.unassign("Acme", "Ann");
    const auto before = world.clock.now();
    const auto jo = world.put(ben, "contact", {{"account", beta}, {"name", std::string{"Jo"}}});
    world.settle();
    CHECK_FALSE(world.store(ann).get("account", acme)->has_value());
    CHECK(world.store(ann).get("contact", jo)->has_value());
    CHECK(world.clock.now() - before < std::chrono::seconds{5});  // Nobody had to give the line up.
}
