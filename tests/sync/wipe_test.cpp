// A device that was cut off hands over what it has, and is told to remove its store: by its own server and nobody else.
#include <catch2/catch.hpp>

#include "core/catalogue/scope.hpp"
#include "sync/device_key.hpp"
#include "sync/frames/frame.hpp"
#include "sync/invitation.hpp"
#include "sync/server/handover.hpp"
#include "sync/server/judge.hpp"
#include "sync/server/server_session.hpp"
#include "tests/sync/support/sample_frames.hpp"
#include "tests/sync/support/server_house.hpp"
#include "tests/sync/support/world.hpp"

using namespace debrief;
using namespace debrief::sync;
using namespace debrief::sync::test;

namespace {

constexpr std::uint64_t incarnation = 4711;

core::Uuid filled(std::uint8_t number) {
    core::Uuid id;
    id.bytes.fill(number);
    return id;
}

/// A real device, and in its server's place whoever speaks frames by hand.
struct Victim {
    FakeClock clock;
    FakeRandom random{21};
    std::unique_ptr<core::DeviceStore> store;
    std::unique_ptr<ClientSession> session;
    core::Uuid server = filled(1), id = filled(3);
    core::Bytes seed = core::Bytes(seed_bytes, 9), nonce = core::Bytes(nonce_bytes, 5);
    core::Bytes signing = order_seed(core::Bytes(32, 7));
    std::vector<Frame> said;
    bool connects = false;
    std::optional<Close> closing;

    Victim() {
        store = *core::DeviceStore::open({.path = ":memory:", .vfs = {}}, clock, random);
        core::Identity identity;
        identity.workspace = filled(2);
        identity.user = filled(4);
        identity.user_name = "Ann";
        identity.role = "rep";
        identity.device = id;
        identity.incarnation = incarnation;
        REQUIRE(store->records().set_identity(identity));
        REQUIRE(store->set_enrolment({"ws://server/sync", {}, server.text(), base64url(seed)}));
        session = std::make_unique<ClientSession>(*store, clock, random);
    }
    void obey(const Actions& actions) {
        for (const auto& action : actions) {
            if (std::holds_alternative<Connect>(action)) connects = true;
            if (const auto* close = std::get_if<Close>(&action)) closing = *close;
            if (const auto* sent = std::get_if<SendFrame>(&action)) said.push_back(*decode_frame(*sent->bytes));
        }
    }
    void hear(const Frame& frame) { obey(session->on_frame(encode(frame))); }
    void open() {
        connects = false;
        closing.reset();
        said.clear();
        obey(*session->start());
        REQUIRE(connects);
        obey(session->on_open());
    }
    void end() { obey(session->on_closed({"gone", true})); }
    /// Greeted once, by its own server: it knows that server's key from now on.
    void meet() {
        open();
        WelcomeFrame welcome;
        welcome.server = server;
        welcome.expected_n = 1;
        welcome.order_key = public_key(signing);
        welcome.token = core::Bytes(32, 8);
        hear(welcome);
        obey(session->stop());
        end();
    }
    void write() {
        REQUIRE(store->records().write({core::Put{"goal", store->records().new_id(), {{"text", text("Canary")}}, {}}}));
    }
    void challenge() { hear(ChallengeFrame{server, nonce}); }
    WipeFrame order(std::uint64_t expected_n) {
        return signed_by(signing, {server, clock.now(), expected_n, 0, false, {}});
    }
    WipeFrame signed_by(const core::Bytes& by, WipeFrame order) const {
        order.signature = sign(by, wipe_message(order, id, incarnation));
        return order;
    }
    template <typename Kind>
    std::size_t count() const {
        return static_cast<std::size_t>(
            std::count_if(said.begin(), said.end(), [](const Frame& f) { return std::holds_alternative<Kind>(f); }));
    }
    bool obeyed() const { return session->status().wipe.has_value(); }
};

/// A server, and a device that it cut off, whose key the test holds.
struct CutOffDevice {
    ServerHouse house;
    SessionHub hub{*house.store, house.clock, house.random};
    core::Bytes seed = core::Bytes(seed_bytes, 7);
    Enrolled enrolled = *house.store->enrol(*invite(*house.store, "Ann"), "phone", 1, public_key(seed));
    std::unique_ptr<ServerSession> session;
    int refused = 0;

    CutOffDevice() {
        house.device = enrolled.device;
        hub.on_refused([this](const std::string&) { ++refused; });
        REQUIRE(house.store->revoke(enrolled.device));
        REQUIRE(hub.commit());
    }
    std::vector<Frame> say(const Frame& frame) {
        for (const auto& message : messages_of(frame, Encoding::cbor)) session->on_frame(*message);
        REQUIRE(hub.commit());
        session->on_wake();
        std::vector<Frame> frames;
        while (auto message = session->next_frame()) frames.push_back(*decode_frame(**message));
        return frames;
    }
    std::vector<Frame> come(HelloFrame hello, const core::Bytes& key) {
        session = std::make_unique<ServerSession>(hub, ServerConfig{}, [] {});
        session->on_open();
        const auto asked = say(hello);
        REQUIRE(asked.size() == 1);
        const auto nonce = std::get<ChallengeFrame>(asked[0]).nonce;
        return say(ProveFrame{sign(key, proof_message(house.store->server_id(), enrolled.device, 1, nonce))});
    }
    std::vector<Frame> come(std::uint64_t last_n, std::uint64_t parked = 0) {
        HelloFrame hello{enrolled.device, {}, 1, last_n, 0, {}, 1, {}};
        hello.wipes = true;
        hello.parked = parked;
        return come(hello, seed);
    }
    bool is_genuine(const WipeFrame& order) const {
        return verify(house.store->order_key(), wipe_message(order, enrolled.device, 1), order.signature);
    }
};

template <typename Kind>
const Kind& only(const std::vector<Frame>& frames) {
    REQUIRE(frames.size() == 1);
    REQUIRE(std::holds_alternative<Kind>(frames[0]));
    return std::get<Kind>(frames[0]);
}

std::string kind_of(core::ByteView message) {
    const auto frame = decode_frame(message);
    const auto cbor = encode(*frame);
    core::CborReader in{cbor};
    std::string kind;
    for (auto left = in.map(); left > 0; --left) {
        const auto key = in.text();
        if (key == "k")
            kind = in.text();
        else
            in.skip();
    }
    return kind;
}

}  // namespace

SCENARIO("only its own server can make a device remove its store", "[sync][wipe][hostile]") {
    Victim victim;
    victim.meet();
    victim.write();
    const auto somebody = order_seed(core::Bytes(32, 66));
    const auto full_order = [&](const core::Bytes& by) {
        return victim.signed_by(by, {victim.server, victim.clock.now(), 1, 0, true, {}});
    };
    WHEN("another server says so") {
        victim.open();
        victim.hear(ChallengeFrame{filled(99), victim.nonce});
        CHECK(victim.count<ProveFrame>() == 0);
        CHECK(victim.closing);
        auto order = full_order(victim.signing);
        victim.hear(order);
    }
    WHEN("somebody who only knows that server's name says so, after a proof") {
        victim.open();
        victim.challenge();
        CHECK(victim.count<ProveFrame>() == 1);
        victim.hear(full_order(somebody));
        CHECK(victim.closing);
    }
    WHEN("the order comes before any proof") {
        victim.open();
        victim.hear(full_order(victim.signing));
        CHECK(victim.closing);
    }
    WHEN("it comes within a session, where nobody was cut off") {
        victim.open();
        victim.challenge();
        WelcomeFrame welcome;
        welcome.server = victim.server;
        welcome.expected_n = 1;
        victim.hear(welcome);
        victim.hear(full_order(somebody));
        victim.hear(full_order(victim.signing));
    }
    WHEN("it was given to another device, or to this one before it joined again") {
        for (const auto& [device, inc] : {std::pair{filled(9), incarnation}, std::pair{victim.id, incarnation + 1}}) {
            victim.open();
            victim.challenge();
            auto order = full_order(victim.signing);
            order.signature = sign(victim.signing, wipe_message(order, device, inc));
            victim.hear(order);
            CHECK(victim.closing);
            victim.end();
        }
    }
    WHEN("anything of it is changed on the way") {
        const auto whole = full_order(victim.signing);
        std::vector<WipeFrame> changed(6, whole);
        changed[0].cut_off_at += std::chrono::milliseconds{1};
        changed[1].expected_n += 1;
        changed[2].handed_over += 1;
        changed[3].full = false;
        changed[4].signature[17] ^= 1U;
        changed[5].signature = core::Bytes(signature_bytes, 0);
        for (const auto& order : changed) {
            victim.open();
            victim.challenge();
            victim.hear(order);
            CHECK(victim.closing);
            victim.end();
        }
    }
    WHEN("somebody in its place gives another key first") {
        victim.open();
        WelcomeFrame welcome;
        welcome.server = victim.server;
        welcome.expected_n = 1;
        welcome.order_key = public_key(somebody);
        victim.hear(welcome);
        victim.obey(victim.session->stop());
        victim.end();
        victim.open();
        victim.challenge();
        victim.hear(full_order(somebody));
        CHECK(victim.closing);
    }
    WHEN("its own server says that it has everything, which it has not") {
        victim.open();
        victim.challenge();
        victim.hear(victim.order(1));
        CHECK(victim.count<PushFrame>() == 1);  // It is handed over first.
    }
    // Whatever was tried: nothing is removed, and what waits still waits.
    CHECK_FALSE(victim.obeyed());
    CHECK(victim.store->counts()->pending == 1);
}

SCENARIO("a device obeys its own server once everything is there", "[sync][wipe]") {
    Victim victim;
    WHEN("it never met a server that gives such orders") {
        victim.open();
        CHECK_FALSE(std::get<HelloFrame>(victim.said.at(0)).wipes);
        victim.challenge();
        victim.hear(ByeFrame{std::string{bye::revoked}, "cut off", {}});
        CHECK(victim.session->status().state == SyncState::revoked);
        CHECK_FALSE(victim.session->status().leaving);
        CHECK_FALSE(victim.obeyed());
    }
    WHEN("it has nothing to hand over") {
        victim.meet();
        victim.open();
        CHECK(std::get<HelloFrame>(victim.said.at(0)).wipes);
        victim.challenge();
        victim.hear(victim.order(1));
        REQUIRE(victim.obeyed());
        CHECK(victim.session->status().wipe->cut_off_at == victim.clock.now());
        CHECK(victim.session->status().wipe->lost == 0);
        CHECK(victim.session->status().state == SyncState::revoked);
        CHECK(victim.closing->code == 1000);
    }
    WHEN("somebody writes between the last result and the order") {
        victim.meet();
        victim.write();
        victim.open();
        victim.challenge();
        victim.hear(LeaveFrame{victim.server, 1, 16U << 20U});
        CHECK(victim.session->status().state == SyncState::revoked);
        CHECK(victim.session->status().leaving);
        REQUIRE(victim.count<PushFrame>() == 1);
        CHECK(victim.count<LeftFrame>() == 0);
        ResultsFrame results;
        results.items.push_back({{1, core::PushResult::Kind::handed_over, 0, {}, {}}, false});
        results.expected_n = 2;
        victim.hear(results);
        CHECK(victim.count<LeftFrame>() == 1);
        victim.write();
        victim.obey(victim.session->on_store_changed());
        victim.hear(victim.order(2));
        CHECK_FALSE(victim.obeyed());
        CHECK(victim.count<PushFrame>() == 2);
        results.items[0].result.n = 2;
        results.expected_n = 3;
        victim.hear(results);
        CHECK(victim.count<LeftFrame>() == 2);
        victim.hear(victim.order(3));
        CHECK(victim.obeyed());
    }
    WHEN("the server was restored and lacks what it had taken: everything stays") {
        victim.meet();
        victim.write();
        victim.open();
        victim.challenge();
        victim.hear(LeaveFrame{victim.server, 1, 16U << 20U});
        ResultsFrame results;
        results.items.push_back({{1, core::PushResult::Kind::handed_over, 0, {}, {}}, false});
        results.expected_n = 2;
        victim.hear(results);
        victim.end();
        victim.open();
        victim.challenge();
        victim.hear(victim.order(1));
        CHECK_FALSE(victim.obeyed());
        CHECK(victim.closing);
    }
}

SCENARIO("a device that was cut off while it was away", "[sync][wipe]") {
    World world{31};
    world.user("Ann");
    const auto acme = world.account("Acme", "Ann");
    const auto ann = world.device("Ann");
    std::vector<std::string> kinds;
    world.on_handed = [&](std::size_t, core::ByteView message) { kinds.push_back(kind_of(message)); };

    WHEN("it has nothing to hand over, it is told to wipe at once") {
        world.offline(ann);
        REQUIRE(revoke_device(world.server(), "Ann's device"));
        world.settle();
        kinds.clear();
        world.online(ann);
        world.settle();
        CHECK(kinds == std::vector<std::string>{"challenge", "wipe"});
        REQUIRE(world.session(ann).status().wipe);
        CHECK(world.session(ann).status().wipe->handed_over == 0);
        CHECK(world.session(ann).status().wipe->cut_off_at.count() > 0);
        CHECK(world.server().devices()->at(0).wiped_at);
    }
    WHEN("it has unsent notes, also for an account that nobody knows yet, and refused ones") {
        // Refused: it names a contact of an account that it may not read.
        const auto other = world.account("Other");
        world.put(ann, "contact", {{"account", other}, {"name", text("Canary of elsewhere")}}, {},
                  core::account_scope(other));
        world.settle();
        REQUIRE(world.device_store(ann).counts()->parked == 1);
        world.offline(ann);
        world.put(ann, "contact", {{"account", acme}, {"name", text("Canary Mia")}});
        const auto found = world.put(ann, "account", {{"name", text("Canary Works")}});
        world.put(ann, "contact", {{"account", found}, {"name", text("Canary Jo")}});
        world.put(ann, "goal", {{"text", text("Canary goal")}});
        REQUIRE(revoke_device(world.server(), "Ann's device"));
        world.settle();
        kinds.clear();
        world.online(ann);
        world.settle();
        THEN("all of it waits to be filed, but for what was never hers, and then it is told to wipe") {
            REQUIRE(world.session(ann).status().wipe);
            CHECK(world.session(ann).status().wipe->lost == 1);
            CHECK(*world.server().handed_over() == 4);
            std::set<std::string> scopes;
            const auto waiting = *world.server().handovers();
            for (const auto& one : waiting) scopes.insert(one.scope.substr(0, one.scope.find('/')));
            CHECK(scopes == std::set<std::string>{"account", "user"});
            CHECK(world.device_store(ann).counts()->pending == 0);
            CHECK(kinds.front() == "challenge");
            CHECK(kinds.at(1) == "leave");
            CHECK(kinds.back() == "wipe");
            for (const auto& kind : std::vector(kinds.begin() + 2, kinds.end() - 1)) CHECK(kind == "results");
        }
        THEN("an administrator can file it, and it comes to whoever serves the account now") {
            world.user("Ben");
            const auto ben = world.device("Ben");
            world.assign("Acme", "Ben");
            const auto waiting = *world.server().handovers();
            for (const auto& one : waiting) {
                INFO(one.scope);
                CHECK(world.server().file_handover(one.id, {}));
            }
            world.settle();
            CHECK(world.store(ben).list({.table = "contact"})->records.size() == 1);
            CHECK(world.server().records().get("account", found)->has_value());
        }
        THEN("it comes again and is told again, with nothing doubled") {
            world.crash_device(ann);
            world.settle();
            REQUIRE(world.session(ann).status().wipe);
            CHECK(*world.server().handed_over() == 4);
        }
    }
}

SCENARIO("a device that is cut off in the middle of a session", "[sync][wipe]") {
    World world{32};
    world.user("Ann");
    const auto acme = world.account("Acme", "Ann");
    const auto ann = world.device("Ann");
    REQUIRE(revoke_device(world.server(), "Ann's device"));
    world.put(ann, "contact", {{"account", acme}, {"name", text("Mia")}});
    world.settle();
    const auto status = world.session(ann).status();
    CHECK(status.state == SyncState::revoked);
    REQUIRE(status.wipe);
    CHECK_FALSE(status.leaving);
    CHECK(world.device_store(ann).counts()->pending == 0);
}

TEST_CASE("a hand-over that is cut at any place goes on, loses nothing and doubles nothing", "[sync][wipe]") {
    for (std::size_t at = 40; at < 2400; at += 61) {
        INFO(at);
        World world{33};
        world.user("Ann");
        const auto acme = world.account("Acme", "Ann");
        const auto ann = world.device("Ann");
        world.offline(ann);
        for (int i = 0; i < 3; ++i)
            world.put(ann, "contact", {{"account", acme}, {"name", "Canary " + std::to_string(i)}});
        REQUIRE(revoke_device(world.server(), "Ann's device"));
        world.settle();
        world.cut_after(ann, at);
        world.online(ann);
        if (at % 2 == 0) {
            for (int steps = 0; steps < 400 && world.step(); ++steps) {
            }
            world.crash_device(ann);
        }
        world.settle();
        REQUIRE(world.session(ann).status().wipe);
        CHECK(world.session(ann).status().wipe->handed_over == 3);
        CHECK(world.session(ann).status().wipe->lost == 0);
        CHECK(*world.server().handed_over() == 3);
    }
}

SCENARIO("a device that was cut off gets nothing but a way to hand over", "[sync][wipe][access]") {
    CutOffDevice device;
    const auto& house = device.house;
    WHEN("it is an older one: the goodbye that it knows") {
        HelloFrame hello{device.enrolled.device, {}, 1, 0, 0, {}, 1, {}};
        CHECK(only<ByeFrame>(device.come(hello, device.seed)).code == bye::revoked);
    }
    WHEN("somebody without its key asks: what an unknown device hears") {
        HelloFrame hello{device.enrolled.device, {}, 1, 0, 0, {}, 1, {}};
        hello.wipes = true;
        CHECK(only<ByeFrame>(device.come(hello, core::Bytes(seed_bytes, 8))).code == bye::denied);
        CHECK(device.refused == 1);
        CHECK_FALSE(house.store->devices()->at(0).wiped_at);
    }
    WHEN("it has nothing to hand over") {
        const auto frames = device.come(0);
        CHECK(device.is_genuine(only<WipeFrame>(frames)));
        CHECK_FALSE(only<WipeFrame>(frames).full);
        CHECK(device.refused == 0);
        AND_WHEN("it does not go") {
            const auto actions = device.session->on_timer(Timer::ping);
            THEN("it is sent away") {
                REQUIRE(actions.size() == 1);
                CHECK(std::holds_alternative<Close>(actions[0]));
            }
        }
    }
    WHEN("it says anything else") {
        const auto leave = device.come(1);
        CHECK(only<LeaveFrame>(leave).bytes == CutOff::bytes_max);
        for (const auto& frame : sample_frames()) {
            if (std::holds_alternative<PushFrame>(frame) || std::holds_alternative<PingFrame>(frame)) continue;
            if (std::holds_alternative<HelloFrame>(frame)) break;
            const auto kinds = device.say(frame);
            for (const auto& got : kinds) CHECK(std::holds_alternative<ByeFrame>(got));
        }
        device.come(1);
        std::size_t orders = 0;
        for (const auto& frame : sample_frames()) {
            const bool ends = std::holds_alternative<EnrolFrame>(frame) || std::holds_alternative<HelloFrame>(frame) ||
                              std::holds_alternative<ProveFrame>(frame) || std::holds_alternative<ZippedFrame>(frame) ||
                              std::holds_alternative<PushFrame>(frame) || std::holds_alternative<PingFrame>(frame);
            if (ends) continue;
            for (const auto& got : device.say(frame)) {
                REQUIRE(std::holds_alternative<WipeFrame>(got));  // For "left".
                ++orders;
            }
        }
        CHECK(orders == 1);
        CHECK_FALSE(device.session->device());
        CHECK_FALSE(device.session->user());
    }
    WHEN("it pushes what was hers, and what was not") {
        CHECK(only<LeaveFrame>(device.come(2)).expected_n == 1);
        device.house.store->note_granted(house.ann, {core::account_scope(house.acme)});
        auto theirs = device.house.contact(1, device.house.id(), "Canary");
        const auto beta = device.house.id();
        REQUIRE(device.house.store->write({core::Put{"account", beta, {{"name", text("Beta")}}, {}}}));
        auto strange = device.house.change(2, core::account_scope(beta), "contact", device.house.id(),
                                           {{"account", beta}, {"name", text("Canary of Beta")}});
        const auto results =
            only<ResultsFrame>(device.say(PushFrame{1, {core::encode(theirs), core::encode(strange)}}));
        REQUIRE(results.items.size() == 2);
        CHECK(results.items[0].result.kind == core::PushResult::Kind::handed_over);
        CHECK(results.items[1].result.code == refused::not_found);
        CHECK(*house.store->handed_over() == 1);
        CHECK(house.store->records().list({.table = "contact"})->records.empty());
        const auto order = only<WipeFrame>(device.say(LeftFrame{}));
        CHECK(device.is_genuine(order));
        CHECK(order.expected_n == 3);
        CHECK(order.cut_off_at == device.house.clock.now());
    }
}

SCENARIO("of a device that was cut off 16 MiB are taken over, however often it comes", "[sync][wipe]") {
    CutOffDevice device;
    device.house.store->note_granted(device.house.ann, {core::account_scope(device.house.acme)});
    const auto large = [&](std::uint64_t n) {
        auto made = device.house.contact(n, device.house.id(), "Canary");
        for (int i = 0; i < 47; ++i) {
            auto more = device.house.contact(n, device.house.id(), std::string(64'000, 'x'));
            made.records.push_back(more.records[0]);
        }
        std::sort(made.records.begin(), made.records.end(),
                  [](const auto& a, const auto& b) { return a.record < b.record; });
        return core::encode(made);
    };
    device.come(7);
    std::uint64_t taken = 0;
    for (std::uint64_t n = 1; n <= 3; ++n) {
        const auto results = only<ResultsFrame>(device.say(PushFrame{n, {large(n)}}));
        REQUIRE(results.items.size() == 1);
        CHECK(results.items[0].result.kind == core::PushResult::Kind::handed_over);
        ++taken;
    }
    CHECK(only<LeaveFrame>(device.come(7)).expected_n == 4);
    WipeFrame order;
    for (std::uint64_t n = 4; n <= 7; ++n) {
        for (const auto& frame : device.say(PushFrame{n, {large(n)}})) {
            if (const auto* results = std::get_if<ResultsFrame>(&frame)) taken += results->items.size();
            if (const auto* given = std::get_if<WipeFrame>(&frame)) order = *given;
        }
    }
    CHECK(taken == 5);  // Of some 3 MB each.
    CHECK(*device.house.store->handed_over() == 5);
    CHECK(order.full);
    CHECK(order.expected_n == 6);
    CHECK(order.handed_over == 5);
    CHECK(device.is_genuine(order));
    CHECK(only<LeaveFrame>(device.come(7)).bytes < 3'000'000);
    const auto frames = device.say(PushFrame{6, {large(6)}});
    REQUIRE(frames.size() == 2);
    CHECK(std::get<ResultsFrame>(frames[0]).items.empty());
    CHECK(std::get<WipeFrame>(frames[1]).full);
    CHECK(*device.house.store->handed_over() == 5);
}
