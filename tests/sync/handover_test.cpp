#include <catch2/catch.hpp>

#include "core/catalogue/scope.hpp"
#include "sync/server/handover.hpp"
#include "tests/sync/support/world.hpp"

using namespace debrief;
using namespace debrief::sync;
using namespace debrief::sync::test;

namespace {

std::vector<Handover> waiting(World& world) {
    auto list = world.server().handovers();
    REQUIRE(list);
    return std::move(*list);
}

/// Who wrote this role.
core::Uuid author_of(World& world, std::size_t device, const core::Uuid& contact, const std::string& role) {
    const auto history = world.store(device).history("contact", contact, "role");
    REQUIRE(history);
    for (const auto& version : history->versions) {
        if (version.value == core::Value{role}) return version.author;
    }
    return {};
}

}  // namespace

SCENARIO("work for an account that was lost meanwhile is filed for those who serve it now", "[sync][handover]") {
    World world{21};
    const auto ann_id = world.user("Ann");
    world.user("Ben");
    const auto acme = world.account("Acme", "Ann");
    const auto ann = world.device("Ann"), ben = world.device("Ben");
    const auto mia = world.put(ann, "contact", {{"account", acme}, {"name", text("Mia")}, {"role", text("CTO")}});
    world.settle();
    world.offline(ann);
    world.put(ann, "contact", {{"role", text("CFO")}}, mia);
    const auto jo = world.put(ann, "contact", {{"account", acme}, {"name", text("Jo")}});
    world.put(ann, "contact", {{"role", text("CIO")}}, jo);
    const auto task = world.put(ann, "task", {{"account", acme}, {"text", text("ring Jo")}});
    world.unassign("Acme", "Ann");
    world.assign("Acme", "Ben");
    world.settle();
    world.online(ann);
    world.settle();
    const auto items = waiting(world);
    REQUIRE(items.size() == 4);
    CHECK(items[0].author == ann_id);
    CHECK(items[0].scope == core::account_scope(acme));
    CHECK(items[3].scope == core::private_scope(ann_id, acme));
    CHECK(world.store(ben).get("contact", mia).operator*()->text("role") == "CTO");
    CHECK(world.device_store(ann).counts()->pending == 0);
    CHECK(world.device_store(ann).counts()->parked == 0);

    WHEN("it is filed in order") {
        for (const auto& item : items) REQUIRE(world.server().file_handover(item.id, {}));
        world.settle();
        THEN("the new rep has it, in the name of its author") {
            CHECK(waiting(world).empty());
            CHECK(world.store(ben).get("contact", mia).operator*()->text("role") == "CFO");
            CHECK(world.store(ben).get("contact", mia).operator*()->conflicts.empty());
            CHECK(world.store(ben).get("contact", jo).operator*()->text("role") == "CIO");
            CHECK(world.store(ben).get("contact", jo).operator*()->conflicts.empty());
            CHECK(author_of(world, ben, mia, "CFO") == ann_id);
            CHECK_FALSE(world.store(ben).get("task", task)->has_value());  // Private stays private.
            CHECK_FALSE(world.store(ann).get("contact", jo)->has_value());
            CHECK(content(world.store(ben)) == content_for(world.server(), world.store(ben).identity().user));
        }
        AND_WHEN("its author serves the account again") {
            world.assign("Acme", "Ann");
            world.settle();
            CHECK(world.store(ann).get("task", task).operator*()->text("text") == "ring Jo");
            CHECK(content(world.store(ann)) == content_for(world.server(), ann_id));
        }
        CHECK_FALSE(world.server().file_handover(items[0].id, {}));
    }
    WHEN("one is filed before the one that it builds on") {
        const auto early = world.server().file_handover(items[2].id, {});
        REQUIRE_FALSE(early);
        CHECK(early.error().code == core::Errc::invalid);
        CHECK(waiting(world).size() == 4);
    }
    WHEN("it is filed in another's name") {
        const auto ben_id = world.store(ben).identity().user;
        REQUIRE(world.server().file_handover(items[0].id, ben_id));
        CHECK_FALSE(world.server().file_handover(items[3].id, ben_id));
        world.settle();
        CHECK(author_of(world, ben, mia, "CFO") == ben_id);
    }
    WHEN("one is dropped") {
        REQUIRE(world.server().drop_handover(items[0].id));
        CHECK_FALSE(world.server().drop_handover(items[0].id));
        CHECK(waiting(world).size() == 3);
        world.settle();
        CHECK(world.store(ben).get("contact", mia).operator*()->text("role") == "CTO");
    }
    WHEN("the person is erased before anybody has looked at it") {
        REQUIRE(world.server().erase(mia));
        REQUIRE(world.server().file_handover(items[0].id, {}));
        world.settle();
        CHECK(world.store(ben).get("contact", mia).operator*()->text("role") == "erased");
    }
}
