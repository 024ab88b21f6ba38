#include <catch2/catch.hpp>

#include "sync/frames/frame.hpp"
#include "tests/sync/support/world.hpp"

using namespace debrief;
using namespace debrief::sync;
using namespace debrief::sync::test;

SCENARIO("coming back with nothing to do costs one round trip and less than a kilobyte", "[sync][hello]") {
    World world{1};
    world.user("Ann");
    std::vector<core::Edit> edits;
    std::vector<std::string> names;
    for (int i = 0; i < 1000; ++i) {
        const auto id = world.server().records().new_id();
        edits.push_back(core::Put{"account", id, {{"name", "Account " + std::to_string(i)}}, {}});
        edits.push_back(core::Put{"assignment",
                                  world.server().records().new_id(),
                                  {{"account", id}, {"user", *find_user(world.server().directory(), "Ann")}},
                                  {}});
    }
    REQUIRE(world.server().write(edits));
    const auto ann = world.device("Ann");
    REQUIRE(world.device_store(ann).counts()->scopes > 2000);
    world.cut(ann);
    world.settle();

    const auto bytes = world.wire_bytes(ann);
    const auto messages = world.messages(ann);
    world.cut(ann);
    world.settle();
    CHECK(world.wire_bytes(ann) - bytes < 1000);
    CHECK(world.messages(ann) - messages == 3);  // hello; welcome and level.
    CHECK(world.session(ann).status().state == SyncState::caught_up);
    world.crash_device(ann);
    world.settle();
    CHECK(world.wire_bytes(ann) - bytes < 2000);
    world.crash_server();
    world.settle();
    CHECK(world.wire_bytes(ann) - bytes < 3000);
}

SCENARIO("a cut at any byte loses nothing and doubles nothing", "[sync][resume]") {
    // What a story costs in messages, measured once; then the same story is told again and cut before, in and after
    // each.
    const auto tell = [](std::uint64_t seed, std::optional<std::size_t> cut, std::vector<std::size_t>* sizes) {
        World world{seed};
        world.user("Ann");
        world.user("Ben");
        const auto acme = world.account("Acme", "Ann");
        world.assign("Acme", "Ben");
        const auto ann = world.device("Ann");
        const auto ben = world.device("Ben");
        world.offline(ann);
        world.offline(ben);
        const auto contact = world.put(ann, "contact", {{"account", acme}, {"name", std::string{"Mia"}}});
        world.put(ann, "contact", {{"role", std::string{"CFO"}}}, contact);
        world.put(ann, "task", {{"account", acme}, {"text", std::string{"call"}}});
        world.put(ben, "contact", {{"account", acme}, {"name", std::string{"Jo"}}});
        world.online(ben);
        world.settle();
        world.sizes.clear();
        if (cut) world.cut_after(ann, *cut);
        world.online(ann);
        if (cut) world.cut_after(ann, *cut);
        world.settle();
        if (sizes != nullptr) *sizes = world.sizes;
        REQUIRE(world.device_store(ann).counts()->pending == 0);
        REQUIRE(world.device_store(ann).counts()->parked == 0);
        REQUIRE(world.store(ben).get("contact", contact)->has_value());
        REQUIRE(world.store(ben).history("contact", contact)->versions.size() == 3);
        REQUIRE(content(world.store(ann)) == content_for(world.server(), world.store(ann).identity().user));
        REQUIRE(content(world.store(ben)) == content_for(world.server(), world.store(ben).identity().user));
    };
    std::vector<std::size_t> sizes;
    tell(11, {}, &sizes);
    REQUIRE(sizes.size() > 5);
    std::size_t at = 0;
    for (const auto size : sizes) {
        // A message arrives whole or not at all: every byte within it is the same cut.
        for (const auto cut : {at, at + 1, at + size - 1}) {
            INFO("cut after " << cut << " bytes");
            tell(11, cut, nullptr);
        }
        at += size;
    }
}

SCENARIO("a changeset that is larger than a message travels in pieces", "[sync][parts]") {
    World world{5};
    world.user("Ann");
    world.user("Ben");
    const auto acme = world.account("Acme", "Ann");
    world.assign("Acme", "Ben");
    const auto ann = world.device("Ann");
    const auto ben = world.device("Ben");
    core::Store& store = world.store(ann);
    std::vector<core::Edit> edits;
    for (int i = 0; i < 20; ++i) {
        edits.push_back(core::Put{
            "contact",
            store.new_id(),
            {{"account", acme}, {"name", std::string{"x"}}, {"note", std::string(30'000, static_cast<char>('a' + i))}},
            {}});
    }
    REQUIRE(store.write(edits));
    world.put(ann, "contact", {{"account", acme}, {"name", std::string{"after"}}});
    for (int i = 0; i < 40; ++i) world.step();
    world.cut(ben);
    world.cut(ann);
    world.settle();
    CHECK(content(world.store(ann)) == content(world.store(ben)));
}

SCENARIO("a peer that has gone quiet is noticed", "[sync][ping]") {
    World world{6};
    world.user("Ann");
    const auto ann = world.device("Ann");
    auto& session = world.session(ann);
    WHEN("nothing is heard for a minute") {
        CHECK(session.status().state == SyncState::caught_up);
        const auto first = session.on_timer(Timer::ping);  // Something was heard since.
        REQUIRE(std::holds_alternative<ArmTimer>(first.back()));
        const auto second = session.on_timer(Timer::ping);
        REQUIRE(std::holds_alternative<SendFrame>(second.back()));
        const auto third = session.on_timer(Timer::dead);
        CHECK(std::holds_alternative<Close>(third.back()));
        CHECK(session.status().state == SyncState::offline);
    }
    WHEN("the network has become another one") {
        const auto asked = session.retry_now();
        const auto is_ping = [](const Action& action) {
            const auto* sent = std::get_if<SendFrame>(&action);
            return sent != nullptr && std::holds_alternative<PingFrame>(*decode_frame(*sent->bytes));
        };
        CHECK(std::count_if(asked.begin(), asked.end(), is_ping) == 1);
        THEN("a line that is dead by it is noticed within seconds") {
            const auto late = session.on_timer(Timer::dead);
            CHECK(std::holds_alternative<Close>(late.back()));
            CHECK(session.status().state == SyncState::offline);
        }
        THEN("a line that lives goes on") {
            session.on_frame(encode(PongFrame{}));
            session.on_timer(Timer::dead);
            CHECK(session.status().state == SyncState::caught_up);
        }
    }
    WHEN("an idle hour passes on a good line") {
        for (int i = 0; i < 144; ++i) {
            world.pass(std::chrono::seconds{25});
            while (world.step()) {
            }
        }
        CHECK(session.status().state == SyncState::caught_up);
    }
}

TEST_CASE("waiting grows to five minutes and never synchronises", "[sync][backoff]") {
    World world{7};
    world.user("Ann");
    const auto ann = world.device("Ann");
    auto& session = world.session(ann);
    world.offline(ann);
    std::chrono::milliseconds longest{0}, total{0};
    for (int i = 0; i < 40; ++i) {
        session.on_timer(Timer::reconnect);
        const auto actions = session.on_closed({"no network", false});
        const auto* timer = std::get_if<ArmTimer>(&actions.back());
        if (timer == nullptr) timer = std::get_if<ArmTimer>(&actions.front());
        REQUIRE(timer != nullptr);
        if (i == 0) CHECK(timer->after <= std::chrono::seconds{4});
        longest = std::max(longest, timer->after);
        total += timer->after;
    }
    CHECK(longest <= std::chrono::minutes{5});
    CHECK(longest > std::chrono::minutes{3});
    CHECK(total / 40 < std::chrono::minutes{4});
}
