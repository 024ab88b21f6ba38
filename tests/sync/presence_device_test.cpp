// A device's part in who is in a room: said while connected and never later, shown for as long as it holds.
#include <catch2/catch.hpp>

#include "sync/client/presence_board.hpp"
#include "tests/sync/support/world.hpp"

using namespace debrief;
using namespace debrief::sync;
using namespace debrief::sync::test;
using namespace std::chrono_literals;

namespace {

core::Uuid id(std::uint8_t number) {
    core::Uuid made;
    made.bytes.fill(number);
    return made;
}

}  // namespace

SCENARIO("what a device shows of people in rooms", "[sync][presence]") {
    PresenceBoard board;
    using News = std::vector<PresenceBoard::News>;
    const auto room = id(1), ann = id(2), ben = id(3);
    const auto seen = [&](const core::Uuid& user, PresenceState state) { return Seen{room, "account/x", user, state}; };
    REQUIRE(board.take(seen(ann, PresenceState::typing), 10s));
    CHECK_FALSE(board.take(seen(ben, PresenceState::gone), 10s));

    WHEN("nothing more is heard") {
        CHECK(board.pass(15'999ms).empty());
        CHECK(board.pass(16s) == News{{room, ann, PresenceState::here}});
        CHECK(board.pass(30s).empty());
    }
    WHEN("it is heard again") {
        CHECK_FALSE(board.take(seen(ann, PresenceState::typing), 13s));
        CHECK(board.pass(18'999ms).empty());
        CHECK(board.pass(19s).size() == 1);
    }
    WHEN("she goes") {
        CHECK(board.take(seen(ann, PresenceState::gone), 11s) == PresenceBoard::News{room, ann, PresenceState::gone});
        CHECK(board.pass(30s).empty());
    }
    WHEN("the connection ends") {
        REQUIRE(board.take(seen(ben, PresenceState::here), 11s));
        CHECK(board.clear() == News{{room, ann, PresenceState::gone}, {room, ben, PresenceState::gone}});
        CHECK(board.clear().empty());
    }
    WHEN("the own person presses many keys") {
        CHECK(board.says(room, PresenceState::typing, 10s));
        CHECK_FALSE(board.says(room, PresenceState::typing, 10'999ms));
        CHECK(board.says(room, PresenceState::gone, 10'999ms));
        CHECK(board.says(room, PresenceState::typing, 11s));
        CHECK(board.says(room, PresenceState::typing, 12s));
    }
}

SCENARIO("a device says where its person is while it is connected, and never later", "[sync][presence]") {
    World world{11};
    world.user("Ann");
    world.user("Ben");
    const auto acme = world.account("Acme", "Ann");
    world.assign("Acme", "Ben");
    const auto ann = world.device("Ann"), ben = world.device("Ben");
    world.settle();
    const auto scope = "account/" + acme.text();
    std::vector<std::string> heard;
    world.on_handed = [&](std::size_t device, core::ByteView message) {
        const auto frame = decode_frame(message);
        if (!frame) return;
        if (const auto* told = std::get_if<PresenceFrame>(&*frame))
            heard.push_back(std::to_string(device) + " " + told->what);
    };
    const auto room = world.put(ann, "room", {{"account", acme}, {"kind", text("deal_review")}}, std::nullopt, scope);

    WHEN("the room has just been made and not been taken yet") {
        world.tell_presence(ann, room, scope, PresenceState::here);
        world.settle();
        THEN("the others hear of it once it is there") {
            CHECK(heard == std::vector<std::string>{std::to_string(ben) + " here"});
            CHECK(world.session(ann).status().state == SyncState::caught_up);
        }
    }
    WHEN("there is no network") {
        world.settle();
        world.offline(ann);
        world.tell_presence(ann, room, scope, PresenceState::typing);
        world.online(ann);
        world.settle();
        THEN("it is not said later") {
            CHECK(heard.empty());
        }
    }
    WHEN("the line breaks") {
        world.tell_presence(ann, room, scope, PresenceState::here);
        world.settle();
        world.cut(ann);
        world.settle();
        THEN("she is gone") {
            CHECK(heard == std::vector<std::string>{std::to_string(ben) + " here", std::to_string(ben) + " gone"});
        }
    }
    THEN("nothing of it waits or is kept on the device") {
        world.settle();
        const auto n = *world.device_store(ann).last_n();
        const auto counts = *world.device_store(ann).counts();
        world.tell_presence(ann, room, scope, PresenceState::typing);
        world.settle();
        CHECK(*world.device_store(ann).last_n() == n);
        CHECK(*world.device_store(ben).last_n() == 0);
        CHECK(world.device_store(ann).counts()->pending == counts.pending);
        CHECK(world.session(ann).status().totals.pushed == 1);
    }
}
