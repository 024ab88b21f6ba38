#include <catch2/catch.hpp>

#include <fstream>
#include <functional>
#include <sstream>

#include "sync/device_key.hpp"
#include "sync/frames/frame.hpp"
#include "sync/invitation.hpp"
#include "sync/server/server_session.hpp"
#include "tests/sync/support/server_house.hpp"
#include "tests/sync/support/world.hpp"

using namespace debrief;
using namespace debrief::sync;
using namespace debrief::sync::test;

namespace {

core::Uuid filled(std::uint8_t number) {
    core::Uuid id;
    id.bytes.fill(number);
    return id;
}

/// A server and one enrolled device whose key the test holds: it speaks frames by hand.
struct Gate {
    ServerHouse house;
    SessionHub hub{*house.store, house.clock, house.random};
    int refused = 0;
    core::Bytes seed = core::Bytes(seed_bytes, 7);
    Enrolled enrolled = *house.store->enrol(*invite(*house.store, "Ann"), "phone", 5, public_key(seed));
    std::unique_ptr<ServerSession> session;

    Gate() {
        hub.on_refused([this](const std::string&) { ++refused; });
        open();
    }
    void open() {
        session = std::make_unique<ServerSession>(hub, ServerConfig{}, [] {});
        session->on_open();
    }
    HelloFrame hello(bool with_token = false) const {
        return {enrolled.device, with_token ? enrolled.token : core::Bytes{}, 5, 0, 0, {}, 1, {}};
    }
    /// What the server says to it.
    std::vector<Frame> say(const Frame& frame) {
        session->on_frame(encode(frame));
        return heard();
    }
    std::vector<Frame> heard() const {
        std::vector<Frame> frames;
        while (auto message = session->next_frame()) frames.push_back(*decode_frame(**message));
        return frames;
    }
    core::Bytes challenged() {
        const auto frames = say(hello());
        REQUIRE(frames.size() == 1);
        const auto& challenge = std::get<ChallengeFrame>(frames[0]);
        CHECK(challenge.server == house.store->server_id());
        return challenge.nonce;
    }
    ProveFrame proof(const core::Bytes& nonce) const {
        return {sign(seed, proof_message(house.store->server_id(), enrolled.device, 5, nonce))};
    }
    template <typename Kind>
    static const Kind* find(const std::vector<Frame>& frames) {
        for (const auto& frame : frames) {
            if (const auto* kind = std::get_if<Kind>(&frame)) return kind;
        }
        return nullptr;
    }
    /// The code of the goodbye, `-` if there was none.
    static std::string goodbye(const std::vector<Frame>& frames) {
        const auto* byed = find<ByeFrame>(frames);
        return byed == nullptr ? "-" : byed->code;
    }
};

}  // namespace

TEST_CASE("the worked proof of docs/sync.md is right", "[sync][docs]") {
    core::Bytes seed(seed_bytes), nonce(nonce_bytes);
    for (std::size_t i = 0; i < seed_bytes; ++i) {
        seed[i] = static_cast<std::uint8_t>(i);
        nonce[i] = static_cast<std::uint8_t>(32 + i);
    }
    const auto message = proof_message(filled(1), filled(3), 4711, nonce);
    CHECK(message.size() == 16 + 16 + 16 + 8 + 32);
    const auto signature = sign(seed, message);
    CHECK(verify(public_key(seed), message, signature));
    std::ifstream file{std::string{DEBRIEF_SOURCE_DIR} + "/docs/sync.md"};
    std::stringstream text;
    text << file.rdbuf();
    for (const auto& part : {public_key(seed), nonce, signature}) {
        INFO(base64url(part));
        CHECK(text.str().find(base64url(part)) != std::string::npos);
    }
}

SCENARIO("a device that was away comes back with its key", "[sync][key]") {
    Gate gate;
    WHEN("its token still counts") {
        const auto frames = gate.say(gate.hello(true));
        THEN("it is welcome at once, and no fresh token is made") {
            REQUIRE(Gate::find<WelcomeFrame>(frames) != nullptr);
            CHECK(Gate::find<WelcomeFrame>(frames)->token.empty());
        }
    }
    WHEN("ninety days have passed") {
        gate.house.clock.advance(std::chrono::hours{90 * 24});
        const auto asked = gate.say(gate.hello(true));
        REQUIRE(asked.size() == 1);
        const auto frames = gate.say(gate.proof(std::get<ChallengeFrame>(asked[0]).nonce));
        const auto* welcome = Gate::find<WelcomeFrame>(frames);
        REQUIRE(welcome != nullptr);
        CHECK(gate.house.store->sign_in(gate.enrolled.device, welcome->token));
        CHECK(gate.refused == 0);
    }
    WHEN("the server has forgotten its cursors, too") {
        auto hello = gate.hello();
        hello.cursors.set = 77;
        const auto asked = gate.say(hello);
        const auto again = gate.say(gate.proof(Gate::find<ChallengeFrame>(asked)->nonce));
        REQUIRE(Gate::find<AgainFrame>(again) != nullptr);
        THEN("it need not prove itself twice") {
            const auto frames = gate.say(gate.hello());
            REQUIRE(Gate::find<WelcomeFrame>(frames) != nullptr);
            CHECK(Gate::find<WelcomeFrame>(frames)->token.size() == 32);
        }
        THEN("another device cannot go on in its place") {
            auto other = gate.hello();
            other.device = gate.house.id();
            CHECK(Gate::goodbye(gate.say(other)) == "protocol");
        }
        THEN("it is cut off all the same if that happens meanwhile") {
            REQUIRE(gate.house.store->revoke(gate.enrolled.device));
            REQUIRE(gate.hub.commit());
            const auto frames = gate.say(gate.hello());
            CHECK(Gate::find<WelcomeFrame>(frames) == nullptr);
            CHECK(Gate::goodbye(frames) == "revoked");
        }
    }
}

SCENARIO("whoever does not hold the key is refused, and learns nothing", "[sync][key]") {
    Gate gate;
    const auto nonce = gate.challenged();
    const auto server = gate.house.store->server_id();
    const auto device = gate.enrolled.device;

    WHEN("a proof is tampered with, in any of its parts") {
        const auto with = [&](const core::Bytes& message) { return sign(gate.seed, message); };
        std::vector<std::function<core::Bytes(const core::Bytes& nonce)>> wrong{
            [&](const auto& n) { return with(proof_message(filled(9), device, 5, n)); },        // For another server,
            [&](const auto& n) { return with(proof_message(server, gate.house.id(), 5, n)); },  // another device,
            [&](const auto& n) { return with(proof_message(server, device, 6, n)); },           // another incarnation,
            [&](const auto&) { return with(proof_message(server, device, 5, nonce)); },         // an earlier nonce,
            [&](const auto&) { return with(proof_message(server, device, 5, core::Bytes(32))); },  // no nonce.
            [&](const auto& n) { return with(n); },
            [&](const auto&) { return with({}); },
            [&](const auto& n) {
                auto longer = proof_message(server, device, 5, n);
                longer.push_back(0);
                return with(longer);
            },
            [&](const auto& n) {
                return sign(core::Bytes(seed_bytes, 8), proof_message(server, device, 5, n));  // Another key.
            },
            [](const auto&) { return core::Bytes(signature_bytes, 0); },
            [](const auto&) { return core::Bytes(signature_bytes, 0xFF); },
            [](const auto&) {
                core::Bytes neutral(signature_bytes, 0);  // The point that a weak verifier finds in everything.
                neutral[0] = 1;
                return neutral;
            }};
        for (const std::size_t at : {0U, 7U, 13U, 31U, 32U, 40U, 55U, 63U}) {
            wrong.push_back([&gate, at](const auto& n) {
                auto signature = gate.proof(n).signature;
                signature[at] ^= static_cast<std::uint8_t>(1U << (at % 8U));
                return signature;
            });
        }
        CHECK(wrong.size() == 20);
        int tried = 0;
        for (const auto& make : wrong) {
            gate.open();
            INFO(tried);
            CHECK(Gate::goodbye(gate.say(ProveFrame{make(gate.challenged())})) == "denied");
            CHECK(gate.refused == ++tried);
        }
        gate.open();
        CHECK(Gate::find<WelcomeFrame>(gate.say(gate.proof(gate.challenged()))) != nullptr);
    }
    WHEN("a right proof is played back") {
        const auto proof = gate.proof(nonce);
        REQUIRE(Gate::find<WelcomeFrame>(gate.say(proof)) != nullptr);
        THEN("the same session takes it once") {
            CHECK(Gate::goodbye(gate.say(proof)) == "protocol");
        }
        THEN("another session has drawn another nonce") {
            gate.open();
            gate.challenged();
            CHECK(Gate::goodbye(gate.say(proof)) == "denied");
        }
    }
    WHEN("the device is unknown") {
        const auto known = gate.say(ProveFrame{core::Bytes(signature_bytes, 1)});
        gate.open();
        auto hello = gate.hello();
        hello.device = gate.house.id();
        const auto asked = gate.say(hello);
        REQUIRE(Gate::find<ChallengeFrame>(asked) != nullptr);
        // Even signed with the key that stands for those who have none: no device at all.
        const auto unknown = gate.say(
            ProveFrame{sign(core::Bytes(seed_bytes, 0),
                            proof_message(server, hello.device, 5, Gate::find<ChallengeFrame>(asked)->nonce))});
        THEN("the answer is the same, byte for byte") {
            CHECK(encode(unknown.at(0)) == encode(known.at(0)));
        }
    }
    WHEN("the device is revoked") {
        REQUIRE(gate.house.store->revoke(device));
        THEN("its holder learns it") {
            CHECK(Gate::goodbye(gate.say(gate.proof(nonce))) == "revoked");
        }
        THEN("others do not") {
            CHECK(Gate::goodbye(gate.say(ProveFrame{core::Bytes(signature_bytes, 1)})) == "denied");
        }
    }
    WHEN("no challenge was given") {
        gate.open();
        CHECK(Gate::goodbye(gate.say(ProveFrame{core::Bytes(signature_bytes, 1)})) == "protocol");
    }
    WHEN("a second greeting comes in place of the proof") {
        CHECK(Gate::goodbye(gate.say(gate.hello(true))) == "protocol");
    }
}

SCENARIO("a token within a session is renewed for a proof alone", "[sync][key]") {
    Gate gate;
    gate.say(gate.hello(true));
    const auto pass = [&](std::chrono::milliseconds time) {
        gate.house.clock.advance(time);
        gate.session->on_frame(encode(PingFrame{}));
        gate.session->on_timer(Timer::ping);
        return gate.heard();
    };
    CHECK(Gate::find<ChallengeFrame>(pass(ServerStore::token_life / 2)) == nullptr);
    const auto asked = pass(std::chrono::minutes{1});
    REQUIRE(Gate::find<ChallengeFrame>(asked) != nullptr);
    const auto nonce = Gate::find<ChallengeFrame>(asked)->nonce;
    CHECK(Gate::find<ChallengeFrame>(pass(std::chrono::minutes{1})) == nullptr);  // Asked once.

    WHEN("the device proves itself") {
        const auto frames = gate.say(gate.proof(nonce));
        REQUIRE(Gate::find<TokenFrame>(frames) != nullptr);
        CHECK(gate.house.store->sign_in(gate.enrolled.device, Gate::find<TokenFrame>(frames)->token));
        THEN("the session goes on beyond the hour") {
            CHECK(Gate::goodbye(pass(std::chrono::minutes{50})) == "-");
        }
    }
    WHEN("it is a thief who has only the token") {
        CHECK(Gate::goodbye(gate.say(ProveFrame{core::Bytes(signature_bytes, 1)})) == "denied");
    }
    WHEN("nothing comes") {
        pass(std::chrono::minutes{28});
        CHECK(Gate::goodbye(pass(std::chrono::seconds{29})) == "-");
        THEN("nothing is delivered any more half a minute after its end") {
            gate.house.clock.advance(std::chrono::seconds{1});
            REQUIRE(gate.house.store->write({core::Put{
                "contact", gate.house.id(), {{"account", gate.house.acme}, {"name", std::string{"Mia"}}}, {}}}));
            REQUIRE(gate.hub.commit());
            const auto frames = gate.heard();
            CHECK(Gate::goodbye(frames) == "expired");
            CHECK(Gate::find<LogFrame>(frames) == nullptr);
        }
        THEN("nothing is taken, either") {
            REQUIRE(gate.hub.commit());
            gate.house.clock.advance(std::chrono::seconds{1});
            const auto made = gate.house.contact(1, gate.house.id(), "Mia");
            CHECK(Gate::goodbye(gate.say(PushFrame{1, {core::encode(made)}})) == "expired");
            CHECK_FALSE(gate.house.store->has_work());
        }
    }
}

SCENARIO("whom the administrator makes inactive is out at once", "[sync][access]") {
    Gate gate;
    gate.say(gate.hello(true));
    REQUIRE(disable_user(*gate.house.store, "Ann"));
    REQUIRE(gate.hub.commit());
    CHECK(Gate::goodbye(gate.heard()) == "denied");
    CHECK(invite(*gate.house.store, "Ann").error().hint.find("user add 'Ann'") != std::string::npos);
    gate.open();
    const auto nonce = gate.challenged();
    CHECK(Gate::goodbye(gate.say(gate.proof(nonce))) == "denied");
}

SCENARIO("a device says nothing more to a server that is not its own", "[sync][key]") {
    World world{1};
    world.user("Ann");
    const auto ann = world.device("Ann");
    world.offline(ann);
    world.put(ann, "goal", {{"text", std::string{"Win Acme"}}});
    auto& session = world.session(ann);
    const auto sent = [](const Actions& actions) {
        std::vector<Frame> frames;
        for (const auto& action : actions) {
            if (const auto* send = std::get_if<SendFrame>(&action)) frames.push_back(*decode_frame(*send->bytes));
        }
        return frames;
    };
    session.retry_now();
    session.on_open();
    WHEN("another one asks for a proof") {
        const auto actions = session.on_frame(encode(ChallengeFrame{filled(9), core::Bytes(nonce_bytes, 1)}));
        CHECK(sent(actions).empty());
        CHECK(std::holds_alternative<Close>(actions.back()));
    }
    WHEN("another one greets it") {
        WelcomeFrame welcome;
        welcome.server = filled(9);
        welcome.expected_n = 1;
        welcome.token = core::Bytes(32, 9);
        const auto token = world.device_store(ann).enrolment()->value().token;
        const auto actions = session.on_frame(encode(welcome));
        CHECK(sent(actions).empty());
        CHECK(std::holds_alternative<Close>(actions.back()));
        CHECK(world.device_store(ann).enrolment()->value().token == token);
    }
    WHEN("its own asks") {
        const auto actions =
            session.on_frame(encode(ChallengeFrame{world.server().server_id(), core::Bytes(nonce_bytes, 1)}));
        CHECK(sent(actions).size() == 1);
    }
    CHECK(session.status().state != SyncState::revoked);
}

SCENARIO("a fleet comes back after three months", "[sync][key]") {
    World world{2};
    world.user("Ann");
    const auto acme = world.account("Acme", "Ann");
    const auto ann = world.device("Ann");
    world.offline(ann);
    const auto contact = world.put(ann, "contact", {{"account", acme}, {"name", std::string{"Mia"}}});
    world.pass(std::chrono::hours{90 * 24});
    world.online(ann);
    world.settle();
    CHECK(world.session(ann).status().state == SyncState::caught_up);
    CHECK(world.server().records().get("contact", contact)->has_value());
    // And then stays for as long as it likes.
    for (int i = 0; i < 400; ++i) {
        world.pass(std::chrono::seconds{20});
        while (world.step()) {
        }
    }
    CHECK(world.session(ann).status().state == SyncState::caught_up);
    world.put(ann, "contact", {{"account", acme}, {"name", std::string{"Tom"}}});
    world.settle();
    CHECK(world.device_store(ann).counts()->pending == 0);
}
