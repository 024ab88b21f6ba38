#include <catch2/catch.hpp>

#include "sync/device_key.hpp"
#include "sync/frames/frame.hpp"
#include "sync/server/server_session.hpp"
#include "tests/sync/support/sample_frames.hpp"
#include "tests/sync/support/server_house.hpp"
#include "tests/sync/support/world.hpp"

using namespace debrief;
using namespace debrief::sync;
using namespace debrief::sync::test;

namespace {

struct Door {
    ServerHouse house;
    SessionHub hub{*house.store, house.clock, house.random};
    int refused = 0;
    Enrolled enrolled =
        *house.store->enrol(*invite(*house.store, "Ann"), "phone", 5, public_key(core::Bytes(seed_bytes, 7)));

    Door() {
        hub.on_refused([this](const std::string&) { ++refused; });
    }
    std::unique_ptr<ServerSession> session() {
        ServerConfig config;
        config.peer = "192.0.2.1";
        return std::make_unique<ServerSession>(hub, config, [] {});
    }
    HelloFrame hello() const { return {enrolled.device, enrolled.token, 5, 0, 0, {}, 1, {}}; }
    static std::vector<Frame> said(ServerSession& session) {
        std::vector<Frame> frames;
        while (auto message = session.next_frame()) {
            auto frame = decode_frame(**message);
            REQUIRE(frame);
            frames.push_back(std::move(*frame));
        }
        return frames;
    }
    static std::string goodbye(ServerSession& session) {
        for (const auto& frame : said(session)) {
            if (const auto* byed = std::get_if<ByeFrame>(&frame)) return byed->code;
        }
        return {};
    }
};

}  // namespace

SCENARIO("a stranger gets nothing but a goodbye", "[sync][hostile]") {
    Door door;
    auto session = door.session();
    session->on_open();
    WHEN("the token is wrong, and so is the proof") {
        auto hello = door.hello();
        hello.token[0] ^= 1U;
        CHECK(session->on_frame(encode(hello)).empty());
        CHECK(std::holds_alternative<ChallengeFrame>(Door::said(*session).at(0)));
        const auto actions = session->on_frame(encode(ProveFrame{core::Bytes(signature_bytes, 1)}));
        CHECK(Door::goodbye(*session) == "denied");
        REQUIRE(actions.size() == 1);
        CHECK(std::holds_alternative<Close>(actions[0]));
        CHECK(door.refused == 1);
    }
    WHEN("the device is not known: the same words") {
        auto hello = door.hello();
        hello.device.bytes[3] ^= 1U;
        session->on_frame(encode(hello));
        session->on_frame(encode(ProveFrame{core::Bytes(signature_bytes, 1)}));
        CHECK(Door::goodbye(*session) == "denied");
        CHECK(door.refused == 1);
    }
    WHEN("it pushes without a greeting") {
        session->on_frame(encode(PushFrame{1, {core::Bytes{0xA0}}}));
        CHECK(Door::goodbye(*session) == "protocol");
        CHECK_FALSE(door.house.store->has_work());
    }
    WHEN("it claims a frame of four megabytes before it has said who it is") {
        session->on_frame(encode(PartFrame{0, 4U << 20U, core::Bytes(10, 1)}));
        CHECK(Door::goodbye(*session) == "protocol");
    }
    WHEN("it says nothing") {
        CHECK(std::holds_alternative<Close>(session->on_timer(Timer::greet).front()));
    }
}

SCENARIO("a device that breaks the rules is cut, and nothing of it stays", "[sync][hostile]") {
    Door door;
    auto session = door.session();
    session->on_open();
    session->on_frame(encode(door.hello()));
    const auto frames = Door::said(*session);
    REQUIRE(std::holds_alternative<WelcomeFrame>(frames.front()));
    REQUIRE(std::holds_alternative<LevelFrame>(frames.back()));

    WHEN("it acknowledges what was never sent") {
        session->on_frame(encode(AppliedFrame{1ULL << 60U}));
        CHECK(Door::goodbye(*session) == "protocol");
    }
    WHEN("it greets twice") {
        session->on_frame(encode(door.hello()));
        CHECK(Door::goodbye(*session) == "protocol");
    }
    WHEN("it sends more than a message may hold") {
        session->on_frame(core::Bytes(frame_bytes_max + 1, 0));
        CHECK(Door::goodbye(*session) == "protocol");
    }
    WHEN("it never waits for an answer") {
        std::string goodbye;
        for (int i = 0; i < 3000 && goodbye.empty(); ++i) {
            session->on_frame(encode(PushFrame{1, {core::Bytes(20'000, 1)}}));
            goodbye = Door::goodbye(*session);
        }
        CHECK(goodbye == "protocol");
        CHECK(session->next_frame() == std::nullopt);
        CHECK(session->on_frame(encode(PingFrame{})).empty());
    }
    WHEN("it names cursors that nobody keeps, twice") {
        auto other = door.session();
        auto hello = door.hello();
        hello.cursors.set = 12345;
        other->on_frame(encode(hello));
        CHECK(std::holds_alternative<AgainFrame>(Door::said(*other).front()));
        other->on_frame(encode(hello));
        CHECK(Door::goodbye(*other) == "protocol");
    }
    WHEN("the same device comes a second time") {
        auto other = door.session();
        other->on_frame(encode(door.hello()));
        CHECK(Door::goodbye(*session) == "superseded");
        CHECK(std::holds_alternative<WelcomeFrame>(Door::said(*other).front()));
    }
}

TEST_CASE("noise in place of frames ends a session, never the server", "[sync][hostile]") {
    Door door;
    FakeRandom random{7};
    const auto samples = sample_frames();
    for (int round = 0; round < 300; ++round) {
        auto session = door.session();
        session->on_open();
        if (round % 2 == 0) session->on_frame(encode(door.hello()));
        for (int i = 0; i < 20; ++i) {
            auto bytes = encode(samples[random.below(samples.size())]);
            for (std::size_t n = random.below(3); n > 0; --n)
                bytes[random.below(bytes.size())] = static_cast<std::uint8_t>(random.next());
            if (random.one_in(4)) bytes.resize(random.below(bytes.size() + 1));
            session->on_frame(bytes);
            if (random.one_in(3) && door.hub.has_work()) REQUIRE(door.hub.commit());
            Door::said(*session);
        }
        session->on_closed();
    }
    if (door.hub.has_work()) REQUIRE(door.hub.commit());
    CHECK(door.house.store->head(core::account_scope(door.house.acme))->position ==
          2);  // The account and who serves it.
}

TEST_CASE("a server that lies cannot make a device lose its notes", "[sync][hostile]") {
    FakeRandom random{8};
    World world{1};
    world.user("Ann");
    const auto acme = world.account("Acme", "Ann");
    const auto ann = world.device("Ann");
    world.offline(ann);
    const auto contact = world.put(ann, "contact", {{"account", acme}, {"name", std::string{"Mia"}}});
    auto& session = world.session(ann);
    const auto samples = sample_frames();
    for (int round = 0; round < 200; ++round) {
        session.on_timer(Timer::reconnect);
        session.on_open();
        if (round % 2 == 0) {
            WelcomeFrame welcome;
            welcome.server = world.server().server_id();
            welcome.expected_n = 1 + random.below(3);
            session.on_frame(encode(welcome));
        }
        for (int i = 0; i < 10; ++i) {
            auto bytes = encode(samples[random.below(samples.size())]);
            for (std::size_t n = random.below(3); n > 0; --n)
                bytes[random.below(bytes.size())] = static_cast<std::uint8_t>(random.next());
            session.on_frame(bytes);
        }
        session.on_closed({"gone", true});
        session.retry_now();
        if (session.status().state == SyncState::revoked) REQUIRE(session.start());
        session.on_closed({"gone", false});
    }
    CHECK(world.store(ann).get("contact", contact)->has_value());
    CHECK(world.device_store(ann).last_n().operator*() == 1);
}
