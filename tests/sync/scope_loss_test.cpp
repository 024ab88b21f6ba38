#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/catalogue/scope.hpp"
#include "tests/sync/support/world.hpp"

using namespace debrief;
using namespace debrief::sync;
using namespace debrief::sync::test;

namespace {

/// Whether a file of this device holds the word, its write-ahead log included.
bool on_device(World& world, std::size_t device, const std::string& word) {
    const auto name = "device" + std::to_string(device) + ".db";
    for (const auto& file : std::filesystem::directory_iterator(world.folder())) {
        if (!file.path().filename().string().starts_with(name)) continue;
        std::ifstream in{file.path(), std::ios::binary};
        const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
        if (bytes.find(word) != std::string::npos) return true;
    }
    return false;
}

}  // namespace

SCENARIO(
    "a device that lost an account holds no word of it: rows, history, index, journal, what waits, what was refused",
    "[sync][access][privacy]") {
    World world{41};
    world.user("Ann");
    world.user("Ben");
    const auto acme = world.account("Acme", "Ann");
    const auto ann = world.device("Ann"), other = world.device("Ann"), ben = world.device("Ben");
    world.settle();
    world.put(ann, "task", {{"account", acme}, {"text", text("canary-private")}});
    const auto mia = world.put(ann, "contact", {{"account", acme}, {"name", text("canary-first")}});
    world.put(ann, "contact", {{"name", text("canary-second")}}, mia);
    world.settle();
    // Two devices make different things of one id: the second is refused, and parked.
    const auto id = world.store(ann).new_id();
    world.offline(ann);
    world.put(other, "meeting", {{"account", acme}, {"title", text("Visit")}, {"at", std::int64_t{1}}}, id);
    world.settle();
    world.put(ann, "contact", {{"account", acme}, {"name", text("canary-refused")}}, id);
    world.online(ann);
    world.settle();
    REQUIRE(world.device_store(ann).counts()->parked == 1);
    world.offline(ann);
    world.put(ann, "contact", {{"name", text("canary-waiting")}}, mia);
    REQUIRE(on_device(world, ann, "canary-refused"));

    world.unassign("Acme", "Ann");
    world.assign("Acme", "Ben");
    world.settle();
    world.online(ann);
    world.settle();
    for (const auto* word : {"canary-private", "canary-first", "canary-second", "canary-refused", "canary-waiting"}) {
        INFO(word);
        CHECK_FALSE(on_device(world, ann, word));
    }
    CHECK(world.device_store(ann).counts()->parked == 0);
    CHECK(world.device_store(ann).counts()->pending == 0);
    CHECK(*world.server().handed_over() == 2);
    CHECK(on_device(world, ben, "canary-second"));
    CHECK_FALSE(on_device(world, ben, "canary-private"));
}

SCENARIO("an account that went to others before its maker heard a word of it leaves the device that made it",
         "[sync][access][privacy]") {
    World world{47};
    world.user("Ann");
    world.user("Ben");
    const auto ann = world.device("Ann");
    world.settle();
    world.offline(ann);
    const auto id = world.store(ann).new_id();
    world.put(ann, "account", {{"name", text("canary-made")}}, id);
    world.put(ann, "task", {{"account", id}, {"text", text("canary-private")}});
    world.online(ann);
    while (world.server().head(core::account_scope(id))->position == 0) REQUIRE(world.step());
    world.cut(ann);
    world.unassign("canary-made", "Ann");
    world.assign("canary-made", "Ben");
    world.settle();
    world.online(ann);
    world.settle();
    CHECK(world.session(ann).status().state == SyncState::caught_up);
    CHECK_FALSE(on_device(world, ann, "canary-made"));
    CHECK_FALSE(on_device(world, ann, "canary-private"));
    core::Query accounts;
    accounts.table = "account";
    CHECK(world.store(ann).list(accounts)->records.empty());
}

SCENARIO("an account is lost and given back before the device returns", "[sync][access]") {
    World world{42};
    const auto user = world.user("Ann");
    world.user("Ben");
    const auto acme = world.account("Acme", "Ann");
    const auto ann = world.device("Ann"), ben = world.device("Ben");
    const auto mia = world.put(ann, "contact", {{"account", acme}, {"name", text("Mia")}});
    world.settle();
    world.offline(ann);
    world.put(ann, "contact", {{"role", text("CFO")}}, mia);
    world.unassign("Acme", "Ann");
    world.assign("Acme", "Ben");
    world.settle();
    world.put(ben, "contact", {{"email", text("mia@example.org")}}, mia);
    world.settle();
    world.assign("Acme", "Ann");
    world.settle();
    world.online(ann);
    world.settle();
    CHECK(*world.server().handed_over() == 0);
    CHECK(world.store(ann).get("contact", mia).operator*()->text("email") == "mia@example.org");
    CHECK(world.store(ben).get("contact", mia).operator*()->text("role") == "CFO");
    CHECK(content(world.store(ann)) == content_for(world.server(), user));
}

SCENARIO("an account moves to another team while its backfill is running", "[sync][access]") {
    for (const std::size_t bytes : {2'000U, 9'000U, 20'000U, 45'000U}) {
        World world{43};
        world.user("Otto", "manager");
        world.user("Dora", "manager");
        world.team("North", "Dora");
        world.team("South", "Otto");
        const auto user = world.user("Ann", "rep", "North");
        const auto olaf = world.user("Olaf", "rep", "South");
        const auto acme = world.account("Acme", "North");
        const auto ann = world.device("Ann");
        for (int i = 0; i < 60; ++i) {
            world.put(ann, "contact", {{"account", acme}, {"name", std::string(700, 'x')}, {"role", text("canary")}});
        }
        world.settle();
        const auto fresh = world.device("Dora");
        world.cut_after(fresh, bytes);
        for (int i = 0; i < 200 && world.step(); ++i) {
        }
        world.unassign("Acme", "North");
        world.assign("Acme", "South");
        world.settle();
        const auto late = world.device("Olaf");
        world.settle();
        INFO("cut after " << bytes);
        CHECK_FALSE(world.store(fresh).get("account", acme)->has_value());
        CHECK_FALSE(on_device(world, fresh, "canary"));
        CHECK_FALSE(on_device(world, ann, "canary"));
        CHECK(content(world.store(late)) == content_for(world.server(), olaf));
        CHECK(content(world.store(ann)) == content_for(world.server(), user));
    }
}
