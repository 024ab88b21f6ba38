// Every kind of frame against every state of a connection: what a stranger, a cut-off device, a user who may not sign
// in and a greeted colleague get for it. A new kind without a row fails.
#include <catch2/catch.hpp>

#include <map>

#include <nlohmann/json.hpp>

#include "core/catalogue/scope.hpp"
#include "sync/device_key.hpp"
#include "sync/server/server_session.hpp"
#include "tests/sync/support/sample_frames.hpp"
#include "tests/sync/support/server_house.hpp"

using namespace debrief;
using namespace debrief::sync;
using namespace debrief::sync::test;

namespace {

/// What may come back. `stranger`: before any greeting; `greeted`: from a colleague who serves nothing.
struct Row {
    std::set<std::string> stranger, greeted;
};
const std::set<std::string> nothing{};
const std::map<std::string, Row> rows{
    // Sent by devices.
    {"enrol", {{"bye denied"}, nothing}},
    // A wrong token and an unknown device get the same question.
    {"hello", {{"challenge"}, {"bye protocol"}}},
    {"prove", {{"bye protocol"}, {"bye protocol"}}},
    {"push", {{"bye protocol"}, {"results"}}},
    {"applied", {{"bye protocol"}, {"bye protocol"}}},  // The sample acknowledges more than was sent.
    {"cursors", {{"bye protocol"}, nothing}},           // The sample builds on a set that nobody keeps.
    // Sent by servers: a device that says them is not answered.
    {"enrolled", {{"bye protocol"}, nothing}},
    {"challenge", {{"bye protocol"}, nothing}},
    {"welcome", {{"bye protocol"}, nothing}},
    {"again", {{"bye protocol"}, nothing}},
    {"set", {{"bye protocol"}, nothing}},
    {"results", {{"bye protocol"}, nothing}},
    {"log", {{"bye protocol"}, nothing}},
    {"state", {{"bye protocol"}, nothing}},
    {"state_end", {{"bye protocol"}, nothing}},
    {"scope_open", {{"bye protocol"}, nothing}},
    {"scope_close", {{"bye protocol"}, nothing}},
    {"level", {{"bye protocol"}, nothing}},
    {"token", {{"bye protocol"}, nothing}},
    // Both ways.
    {"ping", {{"pong"}, {"pong"}}},
    {"pong", {nothing, nothing}},
    {"bye", {{"bye protocol"}, nothing}},
    {"part", {nothing, nothing}},                 // The sample is a piece of something longer.
    {"z", {{"bye protocol"}, {"bye protocol"}}},  // Nobody asked for it.
    {"want", {{"bye protocol"}, nothing}},
    {"admin", {{"bye protocol"}, {"administered"}}},  // The colleague is a rep: what is said is that they may not.
    {"administered", {{"bye protocol"}, nothing}},
    {"inbox", {{"bye protocol"}, nothing}},
    // Of a device that was cut off: to anybody else they are nothing.
    {"leave", {{"bye protocol"}, nothing}},
    {"left", {{"bye protocol"}, nothing}},
    {"wipe", {{"bye protocol"}, nothing}},
    {"presence", {{"bye protocol"}, nothing}},  // Whether there is such a room is not told.
};

struct Room {
    ServerHouse house;
    SessionHub hub{*house.store, house.clock, house.random};
    core::Bytes seed{core::Bytes(seed_bytes, 7)};

    std::unique_ptr<ServerSession> session() {
        auto made = std::make_unique<ServerSession>(hub, ServerConfig{}, [] {});
        made->on_open();
        return made;
    }
    /// Kinds of what the server says, a goodbye with its code; `level` and `log` of own places are no answer.
    std::set<std::string> said(ServerSession& session) {
        REQUIRE(hub.commit());
        std::set<std::string> kinds;
        while (const auto message = session.next_frame()) {
            const std::string bytes{core::as_text(**message)};
            CHECK(bytes.find("canary") == std::string::npos);
            const auto frame =
                nlohmann::json::from_cbor(**message, true, true, nlohmann::json::cbor_tag_handler_t::ignore);
            auto kind = frame["k"].get<std::string>();
            if (kind == "bye") kind += " " + frame["c"].get<std::string>();
            if (kind != "level" && kind != "log") kinds.insert(kind);
        }
        return kinds;
    }
};

std::string kind_of(const Frame& frame) {
    return nlohmann::json::from_cbor(encode(frame))["k"];
}

}  // namespace

TEST_CASE("every kind of frame from a stranger, and from a colleague, gets what its row says and no word of others",
          "[sync][access][matrix]") {
    std::set<std::string> met;
    for (const auto& frame : sample_frames()) {
        const auto kind = kind_of(frame);
        if (std::holds_alternative<UnknownFrame>(frame)) continue;
        INFO(kind);
        const auto row = rows.find(kind);
        REQUIRE(row != rows.end());
        met.insert(kind);
        Room room;
        const auto mia = room.house.id();
        REQUIRE(room.house.verdict(room.house.ann, room.house.contact(1, mia, "canary")) == "ok");
        const auto before = *room.house.store->head(core::account_scope(room.house.acme));
        {
            INFO("stranger");
            const auto session = room.session();
            session->on_frame(encode(frame));
            const auto got = room.said(*session);
            const bool fits = got.empty() ? row->second.stranger.empty()
                                          : got.size() == 1 && row->second.stranger.count(*got.begin()) != 0;
            CAPTURE(got);
            CHECK(fits);
        }
        {
            INFO("colleague");
            const auto enrolled =
                *room.house.store->enrol(*invite(*room.house.store, "Ben"), "phone", 5, public_key(room.seed));
            const auto session = room.session();
            HelloFrame hello{enrolled.device, enrolled.token, 5, 0, 0, {}, 1, {}};
            session->on_frame(encode(hello));
            room.said(*session);
            REQUIRE(session->user() == room.house.ben);
            session->on_frame(encode(frame));
            const auto got = room.said(*session);
            CAPTURE(got);
            CHECK(got == row->second.greeted);
        }
        CHECK(room.house.store->head(core::account_scope(room.house.acme))->position == before.position);
        CHECK(room.house.store->records().get("contact", mia).operator*()->text("name") == "canary");
    }
    // Every kind that a Frame can be: the unknown one has none.
    CHECK(met.size() == std::variant_size_v<Frame> - 1);
    CHECK(met.size() == rows.size());
}

TEST_CASE("a device that was cut off, and one whose user may not sign in, get a goodbye and nothing else",
          "[sync][access][matrix]") {
    for (const bool revoked : {true, false}) {
        Room room;
        REQUIRE(room.house.verdict(room.house.ann, room.house.contact(1, room.house.id(), "canary")) == "ok");
        const auto enrolled =
            *room.house.store->enrol(*invite(*room.house.store, "Ann"), "phone", 5, public_key(room.seed));
        if (revoked) {
            REQUIRE(room.house.store->revoke(enrolled.device));
        } else {
            REQUIRE(room.house.store->write({core::Put{"user", room.house.ann, {{"active", false}}, {}}}));
        }
        REQUIRE(room.hub.commit());
        const auto session = room.session();
        HelloFrame hello{enrolled.device, enrolled.token, 5, 0, 0, {}, 1, {}};
        session->on_frame(encode(hello));
        REQUIRE(room.hub.commit());
        auto first = session->next_frame();
        REQUIRE(first);
        const auto asked = decode_frame(**first);
        REQUIRE(asked);
        if (const auto* challenge = std::get_if<ChallengeFrame>(&*asked)) {
            const auto proof = proof_message(room.house.store->server_id(), enrolled.device, 5, challenge->nonce);
            session->on_frame(encode(ProveFrame{sign(room.seed, proof)}));
            const auto got = room.said(*session);
            CAPTURE(got);
            REQUIRE(got.size() == 1);
            CHECK(got.begin()->starts_with("bye "));
        } else {
            CHECK(std::holds_alternative<ByeFrame>(*asked));
        }
        // Whatever else it says then is not heard.
        for (const auto& frame : sample_frames()) session->on_frame(encode(frame));
        CHECK(room.said(*session).empty());
    }
}
