// Work in an account that was lost: in a box from the moment when the device hears of it, whatever happens then.
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/catalogue/scope.hpp"
#include "core/changes/sealed.hpp"
#include "sync/server/handover.hpp"
#include "tests/sync/support/world.hpp"

using namespace debrief;
using namespace debrief::sync;
using namespace debrief::sync::test;

namespace {

/// Ann serves Acme, is away, and writes; Acme is given to Ben meanwhile.
struct Away {
    explicit Away(std::uint64_t seed, World::Options options = {}) : world(seed, options) {
        ann_id = world.user("Ann");
        world.user("Ben");
        acme = world.account("Acme", "Ann");
        scope = core::account_scope(acme);
        ann = world.device("Ann");
        ben = world.device("Ben");
        mia = world.put(ann, "contact", {{"account", acme}, {"name", text("Mia")}});
        world.settle();
        world.offline(ann);
        world.put(ann, "contact", {{"role", text("canary-role")}}, mia);
        world.put(ann, "task", {{"account", acme}, {"text", text("canary-task")}});
    }
    void give_to_ben() {
        world.unassign("Acme", "Ann");
        world.assign("Acme", "Ben");
        world.settle();
    }
    [[nodiscard]] bool holds() {
        const auto cursors = world.device_store(ann).cursors();
        REQUIRE(cursors);
        return std::any_of(cursors->begin(), cursors->end(), [&](const auto& one) { return one.scope == scope; });
    }
    /// Ann's device comes back, hears that it has lost Acme, and gets no further.
    void hear_and_fall_silent() {
        world.online(ann);
        while (holds()) REQUIRE(world.step());
        world.offline(ann);
    }
    [[nodiscard]] bool on_device(const std::string& word) const {
        for (const auto& file : std::filesystem::directory_iterator(world.folder())) {
            if (!file.path().filename().string().starts_with("device" + std::to_string(ann))) continue;
            std::ifstream in{file.path(), std::ios::binary};
            const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
            if (bytes.find(word) != std::string::npos) return true;
        }
        return false;
    }

    World world;
    core::Uuid ann_id, acme, mia;
    std::string scope;
    std::size_t ann = 0, ben = 0;
};

}  // namespace

SCENARIO("what waits in a lost account is sealed before anybody has taken it over", "[sync][sealed][privacy]") {
    Away at{61};
    REQUIRE(at.on_device("canary-role"));
    at.give_to_ben();
    at.hear_and_fall_silent();
    CHECK_FALSE(at.on_device("canary-role"));
    CHECK_FALSE(at.on_device("canary-task"));
    CHECK(at.world.device_store(at.ann).counts()->pending == 2);
    CHECK(*at.world.server().handed_over() == 0);
    at.world.crash_device(at.ann);
    CHECK(at.world.device_store(at.ann).sealed()->size() == 2);

    WHEN("the device comes back") {
        at.world.online(at.ann);
        at.world.settle();
        THEN("the server has it, in its author's words, for whoever serves the account now") {
            const auto items = at.world.server().handovers();
            REQUIRE(items);
            REQUIRE(items->size() == 2);
            CHECK((*items)[0].author == at.ann_id);
            for (const auto& item : *items) REQUIRE(at.world.server().file_handover(item.id, {}));
            at.world.settle();
            CHECK(at.world.store(at.ben).get("contact", at.mia).operator*()->text("role") == "canary-role");
            CHECK(at.world.device_store(at.ann).counts()->pending == 0);
            CHECK(at.world.device_store(at.ann).sealed()->empty());
        }
    }
    WHEN("the result is lost as well") {
        at.world.online(at.ann);
        while (*at.world.server().handed_over() == 0) REQUIRE(at.world.step());
        at.world.cut(at.ann);
        at.world.settle();
        THEN("the same boxes get the same word, and nothing is there twice") {
            CHECK(*at.world.server().handed_over() == 2);
            CHECK(at.world.device_store(at.ann).counts()->pending == 0);
            CHECK(at.world.device_store(at.ann).counts()->parked == 0);
        }
    }
    WHEN("the account is given back before the device returns") {
        at.world.assign("Acme", "Ann");
        at.world.settle();
        at.world.online(at.ann);
        at.world.settle();
        THEN("everything that was sealed is there again") {
            CHECK(*at.world.server().handed_over() == 0);
            CHECK(at.world.store(at.ann).get("contact", at.mia).operator*()->text("role") == "canary-role");
            CHECK(at.world.device_store(at.ann).counts()->pending == 0);
            CHECK(content(at.world.store(at.ann)) == content_for(at.world.server(), at.ann_id));
            CHECK(at.world.store(at.ben).get("contact", at.mia).operator*()->text("role") == "canary-role");
        }
    }
    WHEN("somebody is erased before the box is opened") {
        REQUIRE(at.world.server().erase(at.mia));
        at.world.online(at.ann);
        at.world.settle();
        THEN("the server keeps no word of it") {
            const auto items = at.world.server().handovers();
            REQUIRE(items);
            CHECK(items->size() == 2);
            for (const auto& item : *items) {
                const auto payload = core::encode(item.changeset);
                CHECK(core::as_text(payload).find("canary-role") == std::string_view::npos);
            }
        }
    }
    WHEN("what was sealed does not fit any more where the account was given back") {
        // The task's place is taken: nobody at the device could mend it.
        at.world.assign("Acme", "Ann");
        at.world.settle();
        REQUIRE(at.world.server().write({core::Delete{"contact", at.mia}}));
        at.world.online(at.ann);
        at.world.settle();
        THEN("nothing is lost of it") {
            CHECK(at.world.device_store(at.ann).counts()->parked == 0);
            CHECK(at.world.device_store(at.ann).counts()->pending == 0);
            CHECK(content(at.world.store(at.ann)) == content_for(at.world.server(), at.ann_id));
        }
    }
}

SCENARIO("an account that is given back as state brings back what was sealed in it", "[sync][sealed]") {
    Away at{62, {.state_after = 2}};
    at.give_to_ben();
    at.hear_and_fall_silent();
    for (int i = 0; i < 5; ++i) at.world.put(at.ben, "contact", {{"phone", std::to_string(i)}}, at.mia);
    at.world.assign("Acme", "Ann");
    at.world.settle();
    at.world.online(at.ann);
    at.world.settle();
    CHECK(at.world.store(at.ann).get("contact", at.mia).operator*()->text("role") == "canary-role");
    CHECK(content(at.world.store(at.ann)) == content_for(at.world.server(), at.ann_id));
    CHECK(at.world.device_store(at.ann).counts()->pending == 0);
    CHECK(*at.world.server().handed_over() == 0);
}

SCENARIO("a change that the server took is sealed because the device has not heard so, and comes back with the account",
         "[sync][sealed]") {
    for (const std::uint64_t state_after : {256U, 2U}) {
        INFO("state after " << state_after);
        Away at{63, {.state_after = state_after}};
        at.world.online(at.ann);
        const auto head = at.world.server().head(at.scope)->position;
        while (at.world.server().head(at.scope)->position == head) REQUIRE(at.world.step());
        at.world.offline(at.ann);
        at.give_to_ben();
        at.hear_and_fall_silent();
        CHECK_FALSE(at.on_device("canary-role"));
        at.world.assign("Acme", "Ann");
        at.world.settle();
        at.world.online(at.ann);
        at.world.settle();
        CHECK(at.world.store(at.ann).get("contact", at.mia).operator*()->text("role") == "canary-role");
        CHECK(content(at.world.store(at.ann)) == content_for(at.world.server(), at.ann_id));
        CHECK(at.world.device_store(at.ann).counts()->pending == 0);
        CHECK(at.world.device_store(at.ann).counts()->parked == 0);
    }
}

SCENARIO("an account is lost and given back while its device is connected and still sends", "[sync][sealed]") {
    for (std::uint64_t seed = 64; seed < 84; ++seed) {
        INFO("seed " << seed);
        Away at{seed};
        at.world.online(at.ann);
        for (std::uint64_t steps = seed - 60; steps > 0; --steps) at.world.step();
        at.world.unassign("Acme", "Ann");
        for (std::uint64_t steps = seed % 7; steps > 0; --steps) at.world.step();
        at.world.assign("Acme", "Ann");
        at.world.settle();
        CHECK(at.world.device_store(at.ann).counts()->pending == 0);
        CHECK(at.world.device_store(at.ann).counts()->parked == 0);
        CHECK(content(at.world.store(at.ann)) == content_for(at.world.server(), at.ann_id));
        // Taken or handed over, whatever came first.
        const auto role = at.world.store(at.ann).get("contact", at.mia).operator*()->text("role");
        CHECK((role == "canary-role" || *at.world.server().handed_over() > 0));
    }
}

TEST_CASE("a server's key for sealed work is made once, and never leaves its store", "[sync][sealed]") {
    World world{65};
    const auto key = world.server().seal_key();
    CHECK(key.size() == core::seal_key_bytes);
    world.user("Ann");
    const auto ann = world.device("Ann");
    world.settle();
    const auto seed = world.server().records().setting("seal.seed");
    REQUIRE(seed);
    REQUIRE(*seed);
    CHECK(world.received(ann).find(**seed) == std::string::npos);
    CHECK(world.received(ann).find(std::string{core::as_text(key)}) != std::string::npos);
    world.crash_server();
    CHECK(world.server().seal_key() == key);
}
