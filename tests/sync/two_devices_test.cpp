#include <catch2/catch.hpp>

#include "core/catalogue/scope.hpp"
#include "tests/sync/support/world.hpp"

using namespace debrief;
using namespace debrief::sync;
using namespace debrief::sync::test;

SCENARIO("what one device writes, the other one shows", "[sync][push][pull]") {
    const auto encoding = GENERATE(Encoding::cbor, Encoding::json);
    World world{1, {encoding}};
    world.team("North");
    world.user("Dora", "manager");
    world.team("North", "Dora");
    world.user("Ann", "rep", "North");
    const auto acme = world.account("Acme", "Ann");
    const auto ann = world.device("Ann");
    const auto dora = world.device("Dora");

    THEN("both know the account and the people") {
        CHECK(world.store(ann).get("account", acme)->has_value());
        CHECK(world.store(dora).get("account", acme)->has_value());
        CHECK(content(world.store(ann)) == content_for(world.server(), world.store(ann).identity().user));
        CHECK(content(world.store(dora)) == content_for(world.server(), world.store(dora).identity().user));
    }
    WHEN("Ann meets somebody") {
        const auto contact = world.put(
            ann, "contact", {{"account", acme}, {"name", std::string{"Mia Roth"}}, {"role", std::string{"CFO"}}});
        world.settle();
        THEN("Dora sees the contact, and who wrote it") {
            const auto seen = world.store(dora).get("contact", contact);
            REQUIRE(seen);
            REQUIRE(*seen);
            CHECK((*seen)->text("name") == "Mia Roth");
            CHECK((*seen)->scope == core::account_scope(acme));
            const auto history = world.store(dora).history("contact", contact, "name");
            REQUIRE(history);
            REQUIRE(history->versions.size() == 1);
            CHECK(history->versions[0].author == world.store(ann).identity().user);
        }
        THEN("the outbox is empty and both are caught up") {
            for (const auto device : {ann, dora}) {
                const auto status = world.session(device).status();
                CHECK(status.state == SyncState::caught_up);
                CHECK(world.device_store(device).counts()->pending == 0);
                CHECK(status.last_caught_up == world.clock.now());
            }
            CHECK(world.session(ann).status().totals.pushed == 1);
        }
        AND_WHEN("Dora changes it") {
            world.put(dora, "contact", {{"role", std::string{"CEO"}}}, contact);
            world.settle();
            CHECK(world.store(ann).get("contact", contact).operator*()->text("role") == "CEO");
            CHECK(content(world.store(ann)) == content_for(world.server(), world.store(ann).identity().user));
            CHECK(content(world.store(dora)) == content_for(world.server(), world.store(dora).identity().user));
        }
    }
}

SCENARIO("two devices change the same field while offline", "[sync][conflict]") {
    World world{2};
    world.user("Ann");
    world.user("Ben");
    const auto acme = world.account("Acme", "Ann");
    world.assign("Acme", "Ben");
    const auto ann = world.device("Ann");
    const auto ben = world.device("Ben");
    const auto contact =
        world.put(ann, "contact", {{"account", acme}, {"name", std::string{"Mia"}}, {"role", std::string{"buyer"}}});
    world.settle();
    world.offline(ann);
    world.offline(ben);
    world.put(ann, "contact", {{"role", std::string{"CFO"}}}, contact);
    world.pass(std::chrono::seconds{1});
    world.put(ben, "contact", {{"role", std::string{"head of finance"}}}, contact);
    world.online(ann);
    world.online(ben);
    world.settle();

    THEN("both show the later value, and both keep the other one with author and time") {
        for (const auto device : {ann, ben}) {
            const auto record = world.store(device).get("contact", contact);
            REQUIRE(*record);
            CHECK((*record)->text("role") == "head of finance");
            const auto conflicts = world.store(device).conflicts();
            REQUIRE(conflicts);
            REQUIRE(conflicts->size() == 1);
            REQUIRE((*conflicts)[0].versions.size() == 2);
            CHECK((*conflicts)[0].versions[1].author == world.store(ann).identity().user);
        }
        CHECK(content(world.store(ann)) == content(world.store(ben)));
    }
    AND_WHEN("Ben chooses") {
        const auto conflicts = world.store(ben).conflicts();
        REQUIRE(world.store(ben).resolve((*conflicts)[0].id, std::string{"CFO"}));
        world.put(ben, "contact", {{"phone", std::string{"1"}}}, contact);
        world.settle();
        THEN("it is settled everywhere") {
            CHECK(world.store(ann).conflicts()->empty());
            CHECK(world.store(ann).get("contact", contact).operator*()->text("role") == "CFO");
            CHECK(content(world.store(ann)) == content(world.store(ben)));
        }
    }
}

SCENARIO("an account made on a device belongs to its maker and to the manager above", "[sync][access]") {
    World world{3};
    world.user("Dora", "manager");
    world.team("North", "Dora");
    world.user("Ann", "rep", "North");
    world.user("Ben", "rep", "North");
    const auto ann = world.device("Ann");
    const auto ben = world.device("Ben");
    const auto dora = world.device("Dora");
    const auto bolt = world.put(ann, "account", {{"name", std::string{"Bolt"}}});
    const auto task = world.put(ann, "task", {{"account", bolt}, {"text", std::string{"call them"}}});
    world.settle();
    CHECK(world.store(dora).get("account", bolt)->has_value());
    CHECK_FALSE(world.store(ben).get("account", bolt)->has_value());
    CHECK_FALSE(world.store(dora).get("task", task)->has_value());  // The rep's own.
    CHECK(world.server().records().get("task", task)->has_value());
    CHECK(world.device_store(ann).counts()->parked == 0);
}

SCENARIO("a clock that is wrong changes what is shown by two minutes at most", "[sync][clock]") {
    World world{4};
    world.user("Ann");
    world.user("Ben");
    const auto acme = world.account("Acme", "Ann");
    world.assign("Acme", "Ben");
    const auto ann = world.device("Ann");
    const auto ben = world.device("Ben");
    const auto contact = world.put(ann, "contact", {{"account", acme}, {"name", std::string{"Mia"}}});
    world.settle();
    world.skew(ann, std::chrono::hours{24 * 365});
    world.put(ann, "contact", {{"role", std::string{"from next year"}}}, contact);
    world.settle();
    world.pass(std::chrono::minutes{3});
    world.put(ben, "contact", {{"role", std::string{"later"}}}, contact);
    world.settle();
    CHECK(world.store(ann).get("contact", contact).operator*()->text("role") == "later");
    CHECK(content(world.store(ann)) == content(world.store(ben)));
    world.cut(ann);
    world.settle();
    CHECK(world.session(ann).status().clock_skew_ms ==
          -std::chrono::milliseconds{std::chrono::hours{24 * 365}}.count());
}
