// Somebody who serves a thousand accounts: two thousand scopes.
#include <catch2/catch.hpp>

#include "core/catalogue/scope.hpp"
#include "tests/sync/support/world.hpp"

using namespace debrief;
using namespace debrief::sync;
using namespace debrief::sync::test;

SCENARIO("coming back with two thousand scopes and nothing to do costs one round trip and less than a kilobyte",
         "[sync][reconnect][scopes]") {
    World world{91};
    const auto ann_id = world.user("Ann");
    std::vector<core::Edit> edits;
    std::vector<core::Uuid> accounts;
    for (int i = 0; i < 1000; ++i) {
        const auto account = accounts.emplace_back(world.server().records().new_id());
        edits.emplace_back(core::Put{"account", account, {{"name", "Account " + std::to_string(i)}}, {}});
        edits.emplace_back(core::Put{"assignment",
                                     world.server().records().new_id(),
                                     {{"account", account}, {"user", ann_id}},
                                     core::account_scope(account)});
    }
    REQUIRE(world.server().write(edits));
    const auto ann = world.device("Ann");
    world.settle();
    REQUIRE(world.device_store(ann).counts()->scopes == 2002);
    CHECK(content(world.store(ann)) == content_for(world.server(), ann_id));

    const auto come_back = [&] {
        world.cut(ann);
        const auto bytes = world.wire_bytes(ann), messages = world.messages(ann);
        world.settle();
        REQUIRE(world.session(ann).status().state == SyncState::caught_up);
        return std::pair{world.wire_bytes(ann) - bytes, world.messages(ann) - messages};
    };
    come_back();  // Tells the server what has come since it kept the cursors last.

    WHEN("nothing has happened") {
        const auto [bytes, messages] = come_back();
        INFO(bytes << " bytes");
        CHECK(bytes < 1000);
        CHECK(messages == 3);  // hello, welcome, level
    }
    WHEN("the server has started anew") {
        world.crash_server();
        world.settle();
        const auto [bytes, messages] = come_back();
        CHECK(bytes < 1000);
        CHECK(messages == 3);
    }
    WHEN("one account went while the device was away") {
        world.offline(ann);
        REQUIRE(sync::unassign(world.server(), accounts[500].text(), "Ann"));
        const auto bytes = world.wire_bytes(ann);
        world.online(ann);
        world.settle();
        CHECK(world.device_store(ann).counts()->scopes == 2000);
        CHECK(world.wire_bytes(ann) - bytes < 2000);
    }
    WHEN("one account was written meanwhile") {
        world.offline(ann);
        REQUIRE(world.server().write({core::Put{"account", accounts[7], {{"country", std::string{"DE"}}}, {}}}));
        const auto bytes = world.wire_bytes(ann);
        world.online(ann);
        world.settle();
        CHECK(world.store(ann).get("account", accounts[7]).operator*()->text("country") == "DE");
        CHECK(world.wire_bytes(ann) - bytes < 2000);
    }
}
