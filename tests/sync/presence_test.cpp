// Who is in a review room and who is typing: passed on to those who may read it now, told to nobody else, kept nowhere.
#include <catch2/catch.hpp>

#include "core/catalogue/scope.hpp"
#include "sync/device_key.hpp"
#include "sync/frames/frame.hpp"
#include "sync/server/server_session.hpp"
#include "tests/sync/support/server_house.hpp"

using namespace debrief;
using namespace debrief::sync;
using namespace debrief::sync::test;
using namespace std::chrono_literals;

namespace {

using Heard = std::vector<std::string>;

/// Acme is Ann's, Dora leads her team, Ben serves nothing; a review of Acme goes on.
struct Review {
    ServerHouse house;
    SessionHub hub{*house.store, house.clock, house.random};
    core::Bytes seed{core::Bytes(seed_bytes, 7)};
    std::string acme = core::account_scope(house.acme);
    core::Uuid room = house.id();
    std::uint64_t written = 0;

    Review() { REQUIRE(house.verdict(house.ann, make_room(room)) == "ok"); }

    core::Changeset make_room(const core::Uuid& id, const std::string& kind = "deal_review") {
        return house.change(++written, acme, "room", id, {{"account", house.acme}, {"kind", kind}});
    }

    struct Device {
        std::unique_ptr<ServerSession> session;
        core::Uuid id;
        Actions actions{};
    };
    Device device(const std::string& name) {
        const auto enrolled = *house.store->enrol(*invite(*house.store, name), "phone", 5, public_key(seed));
        Device made{std::make_unique<ServerSession>(hub, ServerConfig{}, [] {}), enrolled.device};
        made.session->on_open();
        made.session->on_frame(encode(HelloFrame{enrolled.device, enrolled.token, 5, 0, 0, {}, 1, {}}));
        heard(made);
        REQUIRE(made.session->user());
        return made;
    }
    void say(Device& device, const std::string& what) { say(device, room, acme, what); }
    void say(Device& device, const core::Uuid& where, const std::string& scope, const std::string& what,
             const core::Uuid& as = {}) {
        device.actions = device.session->on_frame(encode(PresenceFrame{where, scope, as, what}));
        const auto bye = std::find_if(device.actions.begin(), device.actions.end(),
                                      [](const Action& action) { return std::holds_alternative<Close>(action); });
        CHECK(bye == device.actions.end());
    }
    /// What a device is told of people in rooms, oldest first: "Ann here".
    Heard heard(Device& device) {
        REQUIRE(hub.commit());
        device.session->on_wake();
        Heard all;
        while (const auto message = device.session->next_frame()) {
            const auto frame = decode_frame(**message);
            REQUIRE(frame);
            CHECK_FALSE(std::holds_alternative<ByeFrame>(*frame));
            const auto* told = std::get_if<PresenceFrame>(&*frame);
            if (told == nullptr) continue;
            CHECK(told->scope == acme);
            all.push_back(house.store->directory().users.at(told->user).name + " " + told->what);
        }
        return all;
    }
};

}  // namespace

SCENARIO("who is in a room is told to those who may read it", "[sync][presence]") {
    Review review;
    auto ann = review.device("Ann"), dora = review.device("Dora"), ben = review.device("Ben");

    WHEN("Ann comes in, types and leaves") {
        review.say(ann, "here");
        CHECK(review.heard(dora) == Heard{"Ann here"});
        review.say(ann, "typing");
        CHECK(review.heard(dora) == Heard{"Ann typing"});
        review.say(ann, "gone");
        CHECK(review.heard(dora) == Heard{"Ann gone"});
        THEN("she does not hear it herself, and a colleague without the account hears nothing") {
            CHECK(review.heard(ann).empty());
            CHECK(review.heard(ben).empty());
        }
    }
    WHEN("somebody comes later") {
        review.say(ann, "here");
        review.say(dora, "here");
        THEN("they hear who is there already, once") {
            CHECK(review.heard(dora) == Heard{"Ann here"});
            CHECK(review.heard(ann) == Heard{"Dora here"});
            review.say(dora, "here");
            CHECK(review.heard(dora).empty());
        }
    }
    WHEN("a device says who it is, wrongly") {
        review.say(ann, review.room, review.acme, "here", review.house.root);
        THEN("the server knows better") {
            CHECK(review.heard(dora) == Heard{"Ann here"});
        }
    }
    WHEN("nobody reads along for a while") {
        for (const auto* what : {"here", "typing", "here", "typing"}) review.say(ann, what);
        THEN("what comes is how it is, not how it was") {
            CHECK(review.heard(dora) == Heard{"Ann typing"});
        }
        THEN("old typing never comes") {
            review.house.clock.advance(7s);
            CHECK(review.heard(dora) == Heard{"Ann here"});
        }
    }
    THEN("nothing of it is in the log, and nothing waits to be written") {
        const auto before = review.house.store->head(review.acme)->position;
        review.say(ann, "here");
        review.say(ann, "typing");
        CHECK_FALSE(review.hub.has_work());
        review.heard(dora);
        CHECK(review.house.store->head(review.acme)->position == before);
        CHECK(review.house.store->expected_n(ann.id, 5).operator*() == 1);
    }
}

SCENARIO("presence is judged by who may read the room's account now", "[sync][presence][access]") {
    Review review;
    auto ann = review.device("Ann"), dora = review.device("Dora"), ben = review.device("Ben");
    auto& house = review.house;

    WHEN("a colleague without the account says that they are there") {
        review.say(ben, "here");
        review.say(ben, "typing");
        THEN("nobody hears it, and it is not answered") {
            CHECK(review.heard(ann).empty());
            CHECK(review.heard(dora).empty());
            CHECK(review.heard(ben).empty());
        }
    }
    WHEN("a room is named that is not there, lives elsewhere, or is none") {
        const auto own = house.id(), contact = house.id();
        const auto mine = core::private_scope(house.ann, house.acme);
        REQUIRE(house.verdict(house.ann, house.change(++review.written, mine, "room", own,
                                                      {{"account", house.acme}, {"kind", std::string{"debrief"}}})) ==
                "ok");
        REQUIRE(house.verdict(house.ann, house.contact(++review.written, contact, "Mia")) == "ok");
        review.say(ann, house.id(), review.acme, "here");
        review.say(ann, own, review.acme, "here");
        review.say(ann, own, mine, "here");
        review.say(ann, contact, review.acme, "here");
        review.say(ann, review.room, "no scope", "here");
        THEN("nobody hears it") {
            CHECK(review.heard(dora).empty());
            CHECK(review.heard(ann).empty());
        }
    }
    WHEN("a word of a newer version is said") {
        review.say(ann, "pondering");
        THEN("it is skipped") {
            CHECK(review.heard(dora).empty());
        }
    }
    WHEN("somebody loses the account between the word and the socket") {
        REQUIRE(assign(*house.store, "Acme", "Ben"));
        REQUIRE(review.hub.commit());
        review.say(ann, "typing");
        REQUIRE(unassign(*house.store, "Acme", "Ben"));  // Written, not yet committed to the sessions.
        THEN("they do not get it any more") {
            CHECK(review.heard(ben).empty());
            CHECK(review.heard(dora) == Heard{"Ann typing"});
        }
    }
    WHEN("somebody who is there loses the account") {
        REQUIRE(assign(*house.store, "Acme", "Ben"));
        REQUIRE(review.hub.commit());
        review.say(ben, "here");
        CHECK(review.heard(ann) == Heard{"Ben here"});
        REQUIRE(unassign(*house.store, "Acme", "Ben"));
        REQUIRE(review.hub.commit());
        THEN("they are gone for the others, and hear no more of them") {
            CHECK(review.heard(ann) == Heard{"Ben gone"});
            review.say(ann, "typing");
            review.say(ben, "typing");
            CHECK(review.heard(ben).empty());
            CHECK(review.heard(ann).empty());
            CHECK(review.heard(dora) == Heard{"Ben gone", "Ann typing"});
        }
    }
    WHEN("the room is made a moment before, and not yet judged") {
        const auto fresh = house.id();
        auto made = house.change(1, review.acme, "room", fresh,
                                 {{"account", house.acme}, {"kind", std::string{"plan_review"}}});
        made.dot = {ann.id, 5, 1};
        ann.session->on_frame(encode(PushFrame{1, {encode(made)}}));
        review.say(ann, fresh, review.acme, "here");
        THEN("it is told once the room is there") {
            CHECK(review.heard(dora) == Heard{"Ann here"});
        }
    }
}

SCENARIO("presence ends with the session", "[sync][presence]") {
    Review review;
    auto ann = review.device("Ann"), dora = review.device("Dora");
    review.say(ann, "here");
    CHECK(review.heard(dora) == Heard{"Ann here"});

    WHEN("the socket breaks") {
        ann.session->on_closed();
        THEN("the others hear that she is gone, once") {
            CHECK(review.heard(dora) == Heard{"Ann gone"});
            ann.session.reset();
            CHECK(review.heard(dora).empty());
        }
    }
    WHEN("the session is dropped") {
        ann.session.reset();
        CHECK(review.heard(dora) == Heard{"Ann gone"});
    }
    WHEN("she had left before") {
        review.say(ann, "gone");
        CHECK(review.heard(dora) == Heard{"Ann gone"});
        ann.session.reset();
        CHECK(review.heard(dora).empty());
    }
    WHEN("she is there with a second device") {
        auto tablet = review.device("Ann");
        review.say(tablet, "here");
        review.heard(dora);
        ann.session.reset();
        THEN("she is still there, until that one goes, too") {
            CHECK(review.heard(dora).empty());
            review.say(tablet, "gone");
            CHECK(review.heard(dora) == Heard{"Ann gone"});
        }
    }
    WHEN("she may not sign in any more") {
        REQUIRE(disable_user(*review.house.store, "Ann"));
        REQUIRE(review.hub.commit());
        CHECK(review.heard(dora) == Heard{"Ann gone"});
    }
    WHEN("the server goes down") {
        review.hub.close_all("The server is going down.");
        CHECK(std::get<ByeFrame>(*decode_frame(**dora.session->next_frame())).code == bye::restart);
        CHECK_FALSE(dora.session->next_frame());
    }
}

SCENARIO("nobody is flooded with presence", "[sync][presence][flow]") {
    Review review;
    auto ann = review.device("Ann"), dora = review.device("Dora");
    std::vector<core::Uuid> rooms;
    for (int i = 0; i < 8; ++i) {
        rooms.push_back(review.house.id());
        REQUIRE(review.house.verdict(review.house.ann, review.make_room(rooms.back())) == "ok");
    }
    const auto enter_all = [&] {
        for (const auto& room : rooms) review.say(ann, room, review.acme, "here");
    };
    std::optional<ArmTimer> armed;
    review.say(ann, rooms[0], review.acme, "here");
    for (const auto& action : ann.actions) {
        if (const auto* timer = std::get_if<ArmTimer>(&action)) armed = *timer;
    }
    REQUIRE(armed);
    CHECK(armed->which == Timer::presence);
    CHECK(armed->after == 1s);
    enter_all();

    THEN("five a second are passed on, and the rest is dropped without a word") {
        CHECK(review.heard(dora).size() == 4);  // The first room was said twice.
        enter_all();
        CHECK(review.heard(dora).empty());
        ann.session->on_timer(Timer::presence);
        enter_all();
        CHECK(review.heard(dora).size() == 5);
    }
    THEN("who reads nothing has a bounded pile") {
        for (int round = 0; round < 100; ++round) {
            const auto fresh = review.house.id();
            REQUIRE(review.house.verdict(review.house.ann, review.make_room(fresh)) == "ok");
            ann.session->on_timer(Timer::presence);
            review.say(ann, fresh, review.acme, "typing");
            review.say(ann, fresh, review.acme, "gone");
        }
        CHECK(review.heard(dora).size() == 64);
    }
}
