// How much may be under way, who waits for whom, and how long.
#include <catch2/catch.hpp>

#include "sync/device_key.hpp"
#include "sync/frames/wire.hpp"
#include "sync/server/server_session.hpp"
#include "tests/sync/support/server_house.hpp"
#include "tests/sync/support/world.hpp"

using namespace debrief;
using namespace debrief::sync;
using namespace debrief::sync::test;

namespace {

/// A device of Ann's that reads as fast as the test says: no kernel's buffers between it and the server.
struct Reader {
    Reader(ServerHouse& house, SessionHub& hub)
        : enrolled(
              *house.store->enrol(*invite(*house.store, "Ann"), "phone", 5, public_key(core::Bytes(seed_bytes, 7)))),
          session(hub, by_log(), [this] { ++woken; }) {
        session.on_open();
        say(HelloFrame{enrolled.device, enrolled.token, 5, 0, 0, {}, 1, {}});
        REQUIRE(std::holds_alternative<WelcomeFrame>(frame_of(*session.next_frame())));
    }
    /// However long the log is, it comes as log.
    static ServerConfig by_log() {
        ServerConfig config;
        config.state_after = 1'000'000;
        return config;
    }
    static Frame frame_of(const SharedBytes& message) {
        auto frame = decode_frame(*message);
        REQUIRE(frame);
        return std::move(*frame);
    }
    Actions say(const Frame& frame) { return session.on_frame(encode(frame)); }
    /// Takes all that the server gives without a word. Bytes of log.
    std::size_t take_all() {
        std::size_t bytes = 0;
        while (auto message = session.next_frame()) {
            const auto frame = frame_of(*message);
            const auto* log = std::get_if<LogFrame>(&frame);
            if (const auto* byed = std::get_if<ByeFrame>(&frame)) goodbye = byed->code;
            if (std::holds_alternative<LevelFrame>(frame)) level = true;
            if (log == nullptr) continue;
            bytes += (*message)->size();
            entries += log->entries.size();
            largest = std::max(largest, (*message)->size());
        }
        received += bytes;
        return bytes;
    }
    /// Whether the server asks to close at its next look, though this reader has said that it is there.
    bool closed_at_look() {
        say(PingFrame{});
        for (const auto& action : session.on_timer(Timer::ping)) {
            if (std::holds_alternative<Close>(action)) return true;
        }
        return false;
    }

    Enrolled enrolled;
    int woken = 0;
    ServerSession session;
    std::size_t received = 0, entries = 0, largest = 0;
    bool level = false;
    std::string goodbye;
};

struct Flow {
    ServerHouse house;
    SessionHub hub{*house.store, house.clock, house.random};
    std::uint64_t n = 0;

    /// Appends `count` changes of about a kilobyte each to Acme's log.
    void append(int count) {
        std::vector<core::Bytes> payloads;
        const auto first = n + 1;
        for (int i = 0; i < count; ++i) {
            payloads.push_back(core::encode(house.contact(++n, house.id(), std::string(900, 'x'))));
        }
        house.store->submit({999, house.device, house.ann, 1, first, std::move(payloads)});
        REQUIRE(hub.commit());
    }
};

}  // namespace

SCENARIO("no more of the log is under way than the reader gave credit for", "[sync][flow]") {
    Flow flow;
    flow.append(500);
    Reader reader{flow.house, flow.hub};
    const auto first = reader.take_all();
    CHECK(first >= 128U << 10U);
    CHECK(first < (128U << 10U) + frame_bytes_sent);  // The frame that reaches the window is the last one.
    CHECK(reader.largest <= frame_bytes_sent);
    CHECK_FALSE(reader.session.next_frame());

    WHEN("it says what it has applied") {
        reader.say(AppliedFrame{50'000});
        CHECK(reader.take_all() >= 50'000 - frame_bytes_sent);
        for (int i = 0; i < 100 && !reader.level; ++i) {
            reader.say(AppliedFrame{reader.received});
            reader.take_all();
        }
        THEN("it gets the rest, each entry once, and hears that this is all") {
            CHECK(reader.level);
            CHECK(reader.entries >= 500);
            CHECK(reader.entries < 510);
        }
    }
    WHEN("it says that it has applied more than it got") {
        reader.say(AppliedFrame{reader.received + 1});
        reader.take_all();
        THEN("it is let go") {
            CHECK(reader.goodbye == "protocol");
        }
    }
    WHEN("it asks for a sign of life while the log waits") {
        reader.say(PingFrame{});
        THEN("the answer does not wait for credit") {
            CHECK(std::holds_alternative<PongFrame>(Reader::frame_of(*reader.session.next_frame())));
        }
    }
}

SCENARIO("what is urgent overtakes what waits in the log", "[sync][flow]") {
    Flow flow;
    flow.append(100);
    Reader reader{flow.house, flow.hub};
    REQUIRE(reader.session.next_frame());  // One log frame is on its way, more wait.
    REQUIRE(unassign(*flow.house.store, "Acme", "Ann"));
    REQUIRE(flow.hub.commit());
    const auto next = Reader::frame_of(*reader.session.next_frame());
    REQUIRE(std::holds_alternative<ScopeCloseFrame>(next));
    reader.take_all();
    CHECK(reader.entries < 100);  // What had not left of the closed scope never leaves.
}

SCENARIO("a reader who takes nothing holds nobody up", "[sync][flow]") {
    Flow flow;
    Reader slow{flow.house, flow.hub}, quick{flow.house, flow.hub};
    quick.take_all();
    quick.entries = 0;
    int asked = 0;
    for (int i = 0; i < 300; ++i) {
        flow.append(1);
        quick.level = false;
        while (!quick.level && ++asked < 2'000) {
            quick.take_all();
            quick.say(AppliedFrame{quick.received});
        }
        // Visible to the other right after the commit, whatever the slow one does.
        REQUIRE(quick.entries == static_cast<std::size_t>(i) + 1);
    }
    THEN("the slow one costs no queue: when it reads at last it gets the same entries from the log") {
        for (int i = 0; i < 100 && !slow.level; ++i) {
            slow.take_all();
            slow.say(AppliedFrame{slow.received});
        }
        CHECK(slow.entries >= 300);
        CHECK(slow.largest > 10'000);  // In long frames, not one by one as they came.
    }
}

SCENARIO("a reader who takes nothing for half a minute is cut", "[sync][flow]") {
    Flow flow;
    flow.append(500);
    Reader reader{flow.house, flow.hub};
    GIVEN("one who has filled its window and gives no credit") {
        reader.take_all();
        CHECK_FALSE(reader.closed_at_look());
        CHECK_FALSE(reader.closed_at_look());
        CHECK(reader.closed_at_look());  // Each look is 18 s after the one before.
        reader.take_all();
        CHECK(reader.goodbye == "try_later");
    }
    GIVEN("one whose socket takes nothing at all") {
        CHECK_FALSE(reader.closed_at_look());
        CHECK_FALSE(reader.closed_at_look());
        CHECK(reader.closed_at_look());
    }
    GIVEN("one who is slow, but reads") {
        reader.take_all();
        for (std::uint64_t applied = 1'000; applied < 30'000; applied += 1'000) {
            CHECK_FALSE(reader.closed_at_look());
            reader.say(AppliedFrame{applied});
        }
    }
    GIVEN("one who has everything") {
        for (int i = 0; i < 100 && !reader.level; ++i) {
            reader.take_all();
            reader.say(AppliedFrame{reader.received});
        }
        for (int i = 0; i < 10; ++i) {
            CHECK_FALSE(reader.closed_at_look());
            reader.take_all();
        }
    }
}

SCENARIO("answers that nobody reads do not pile up", "[sync][flow][hostile]") {
    constexpr std::size_t bound = (256U << 10U) + frame_bytes_sent;
    Flow flow;
    Reader reader{flow.house, flow.hub};
    reader.take_all();
    const auto waiting = [&] {
        std::size_t bytes = 0;
        while (auto message = reader.session.next_frame()) {
            bytes += (*message)->size();
            const auto frame = Reader::frame_of(*message);
            if (const auto* byed = std::get_if<ByeFrame>(&frame)) reader.goodbye = byed->code;
        }
        return bytes;
    };
    GIVEN("one who asks for a sign of life for ever") {
        const auto ping = encode(PingFrame{});
        for (int i = 0; i < 100'000; ++i) reader.session.on_frame(ping);
        CHECK(waiting() < bound);
        reader.session.on_frame(ping);
        CHECK(waiting() > 0);  // Answered again once it reads.
    }
    GIVEN("one who pushes for ever") {
        std::uint64_t n = 1;
        for (int i = 0; i < 1'000; ++i, n += 20) {
            reader.say(PushFrame{n, std::vector<core::Bytes>(20, core::Bytes{0xA0})});
            REQUIRE(flow.hub.commit());
        }
        CHECK(waiting() < bound);
        CHECK(reader.goodbye == "protocol");
    }
}

SCENARIO("a device says how far it is, and how wrong its clock is", "[sync][flow][status]") {
    World world{11};
    world.user("Ann");
    const auto acme = world.account("Acme", "Ann");
    const auto ann = world.device("Ann");
    const auto contact = [&](int i) {
        return core::FieldMap{{"account", acme}, {"name", "Contact " + std::to_string(i)}};
    };
    world.offline(ann);
    for (int i = 0; i < 40; ++i) world.put(ann, "contact", contact(i));
    CHECK(world.session(ann).status().state == SyncState::offline);
    CHECK(world.device_store(ann).counts()->pending == 40);
    world.skew(ann, std::chrono::minutes{90});
    world.online(ann);
    world.settle();
    const auto status = world.session(ann).status();
    CHECK(status.state == SyncState::caught_up);
    CHECK(world.device_store(ann).counts()->pending == 0);
    CHECK(status.totals.pushed == 40);
    CHECK(status.last_caught_up);
    CHECK(status.clock_skew_ms == -90 * 60 * 1000);
}

SCENARIO("who keeps up with the log gets more of it at a time, who does not gets less again", "[sync][flow]") {
    Flow flow;
    for (int i = 0; i < 6; ++i) flow.append(500);
    Reader reader{flow.house, flow.hub};
    constexpr std::size_t smallest = 128U << 10U;
    const auto under_way = [&] { return reader.take_all(); };
    const auto is_about = [](std::size_t bytes, std::size_t window) {
        return bytes >= window && bytes < window + frame_bytes_sent;
    };
    CHECK(is_about(under_way(), smallest));
    reader.say(AppliedFrame{reader.received});
    CHECK(is_about(under_way(), 2 * smallest));
    WHEN("it is as prompt again and again") {
        for (int i = 0; i < 2; ++i) {
            reader.say(AppliedFrame{reader.received});
            under_way();
        }
        reader.say(AppliedFrame{reader.received});
        THEN("there is a limit") {
            CHECK(is_about(under_way(), 8 * smallest));
        }
    }
    WHEN("it takes more than a second over it") {
        for (int i = 0; i < 3; ++i) {
            flow.house.clock.advance(std::chrono::milliseconds{1200});
            reader.say(AppliedFrame{reader.received});
            under_way();
        }
        flow.house.clock.advance(std::chrono::milliseconds{1200});
        reader.say(AppliedFrame{reader.received});
        THEN("it is as it was at first") {
            CHECK(is_about(under_way(), smallest));
        }
    }
    WHEN("it says nothing new") {
        reader.say(AppliedFrame{1});
        THEN("nothing more comes") {
            CHECK(under_way() == 0);
        }
    }
}
