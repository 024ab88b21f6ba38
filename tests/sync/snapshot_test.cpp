#include "tests/sync/support/state_world.hpp"

#include "sync/frames/wire.hpp"

using namespace debrief;
using namespace debrief::sync;
using namespace debrief::sync::test;

namespace {

/// Frames of the server as a device gets them, put together.
class Watch {
public:
    Watch(World& world, std::size_t device) {
        world.on_down = [this, device](std::size_t to, core::Bytes& message) {
            if (to != device) return;
            auto received = unpacker_.take(message);
            if (received && *received) frames.push_back(std::move((*received)->frame));
        };
    }
    template <typename Kind>
    [[nodiscard]] std::vector<Kind> all() const {
        std::vector<Kind> found;
        for (const auto& frame : frames) {
            if (const auto* kind = std::get_if<Kind>(&frame)) found.push_back(*kind);
        }
        return found;
    }
    std::vector<Frame> frames;

private:
    Unpacker unpacker_{Encoding::cbor};
};

}  // namespace

SCENARIO("a new device gets state in place of a long log", "[sync][snapshot]") {
    StateWorld at{21};
    Watch watch{at.world, 1};
    at.join();
    at.world.settle();
    at.check_equal();
    const auto scope = core::account_scope(at.acme);
    CHECK(watch.all<StateEndFrame>().size() >= 1);
    for (const auto& log : watch.all<LogFrame>()) CHECK(log.scope != scope);
    const auto progress = at.world.session(at.ann).status().progress;
    CHECK(progress.scopes_of >= 1);
    CHECK(progress.scopes_done == progress.scopes_of);
    CHECK(progress.records_done == progress.records_of);
    CHECK_FALSE(at.world.store(at.ann).history("contact", at.ids[0])->complete);
    CHECK(at.world.store(at.ann).history("contact", at.ids[1])->complete);

    THEN("the log goes on from there, in both directions") {
        at.world.put(at.ben, "contact", {{"role", std::string{"CTO"}}}, at.ids[1]);
        at.world.put(at.ann, "contact", {{"role", std::string{"COO"}}}, at.ids[2]);
        at.world.settle();
        at.check_equal();
        CHECK(at.world.store(at.ann).history("contact", at.ids[1])->complete);
        CHECK(at.world.store(at.ben).get("contact", at.ids[2])->value().text("role") == "COO");
    }
    THEN("coming back costs no more than ever") {
        at.world.cut(at.ann);
        at.world.settle();
        const auto bytes = at.world.wire_bytes(at.ann);
        at.world.cut(at.ann);
        at.world.settle();
        CHECK(at.world.wire_bytes(at.ann) - bytes < 1000);
    }
}

SCENARIO("a short log is sent as it is", "[sync][snapshot]") {
    StateWorld at{22, 3, 256};
    Watch watch{at.world, 1};
    at.join();
    at.world.settle();
    at.check_equal();
    CHECK(watch.all<StateEndFrame>().empty());
    CHECK(at.world.store(at.ann).history("contact", at.ids[0])->complete);
}

SCENARIO("what is written while the state is read is in it or follows it", "[sync][snapshot]") {
    for (std::uint64_t seed = 30; seed < 42; ++seed) {
        INFO("seed " << seed);
        StateWorld at{seed, 160};
        at.join();
        for (int i = 0; i < 160; ++i) {
            for (int k = 0; k < 3; ++k) at.world.step();
            const auto id = at.ids[at.world.random.below(at.ids.size())];
            at.world.put(at.ben, "contact", {{"role", "Role " + std::to_string(i)}}, id);
            if (i % 40 == 7)
                at.world.put(at.ben, "contact", {{"account", at.acme}, {"name", "Late " + std::to_string(i)}});
            if (i == 90) REQUIRE(at.world.server().erase(at.ids[3]));
            if (seed % 3 == 0 && i == 60) at.world.crash_server();
            if (seed % 3 == 1 && i == 80) at.world.cut(at.ann);
        }
        at.world.settle();
        at.check_equal();
    }
}

SCENARIO("a scope that is lost while its state arrives leaves nothing behind", "[sync][snapshot]") {
    StateWorld at{23, 160};
    Watch watch{at.world, 1};
    at.join();
    for (int i = 0; i < 2000 && watch.all<StateFrame>().size() < 3; ++i) at.world.step();
    REQUIRE(watch.all<StateFrame>().size() == 3);
    REQUIRE(at.world.device_store(at.ann).keep_staged());
    at.world.unassign("Acme", "Ann");
    at.world.settle();
    CHECK(StateWorld::must(at.world.device_store(at.ann).staged()).empty());
    CHECK(at.world.store(at.ann).list({.table = "contact"})->records.empty());
    THEN("it comes whole when it is given back") {
        at.world.assign("Acme", "Ann");
        at.world.settle();
        CHECK(at.world.store(at.ann).list({.table = "contact"})->records.size() == 160);
        at.check_equal();
    }
}

SCENARIO("a digest that does not fit", "[sync][snapshot]") {
    StateWorld at{24};
    const auto scope = core::account_scope(at.acme);
    int lies = 0, lie_until = 1;
    at.world.on_down = [&](std::size_t, core::Bytes& message) {
        auto frame = decode_frame(message);
        auto* end = frame ? std::get_if<StateEndFrame>(&*frame) : nullptr;
        if (end == nullptr || end->end.scope != scope || lies >= lie_until) return;
        ++lies;
        end->end.digest.back() = static_cast<std::uint8_t>(end->end.digest.back() ^ 1U);
        message = encode(*frame);
    };
    WHEN("it was so once") {
        at.join();
        at.world.settle();
        CHECK(lies == 1);
        at.check_equal();
    }
    WHEN("it is so again") {
        lie_until = 1000;
        at.join();
        while (at.world.step()) {
        }
        THEN("it is asked for once more, then reported; all else has come, and nothing is destroyed") {
            CHECK(lies == 2);
            CHECK(at.world.store(at.ann).list({.table = "contact"})->records.empty());
            CHECK_FALSE(at.world.store(at.ann).list({.table = "user"})->records.empty());
            CHECK(at.world.session(at.ann).status().problem.find("not what the server says") != std::string::npos);
            CHECK(at.world.session(at.ann).status().state == SyncState::syncing);
            lie_until = 0;
            at.world.cut(at.ann);
            at.world.settle();
            at.check_equal();
        }
    }
}

SCENARIO("today's meetings come first", "[sync][snapshot][order]") {
    World world{25, {.encoding = Encoding::cbor, .state_after = 0}};
    world.user("Ann");
    std::map<std::string, std::string> names;
    const auto now = world.clock.now();
    const auto account = [&](const std::string& name, std::optional<std::chrono::hours> meeting) {
        const auto id = world.account(name, "Ann");
        names[core::account_scope(id)] = name;
        if (!meeting) return;
        const auto at = std::chrono::duration_cast<core::Instant>(now + *meeting);
        REQUIRE(world.server().write({core::Put{
            "meeting", world.server().records().new_id(), {{"account", id}, {"at", std::int64_t{at.count()}}}, {}}}));
    };
    using std::chrono::hours;
    account("none", {});
    account("past", hours{-30});
    account("week", hours{100});
    account("today", hours{3});
    account("month", hours{500});
    account("this morning", hours{-5});
    Watch watch{world, 0};
    world.device("Ann");
    std::vector<std::string> order;
    for (const auto& end : watch.all<StateEndFrame>()) {
        if (names.count(end.end.scope) != 0) order.push_back(names[end.end.scope]);
    }
    REQUIRE(order.size() == 6);
    CHECK(std::set<std::string>(order.begin(), order.begin() + 2) == std::set<std::string>{"today", "this morning"});
    CHECK(order[2] == "week");
    CHECK(watch.all<StateEndFrame>().front().end.scope == "workspace");
}

SCENARIO("a device that was away for ninety days keeps what it wrote", "[sync][snapshot][long]") {
    StateWorld at{26};
    at.join();
    at.world.settle();
    at.world.offline(at.ann);
    const auto contact = at.world.put(at.ann, "contact", {{"account", at.acme}, {"name", std::string{"Mia"}}});
    for (int i = 0; i < 20; ++i) at.world.put(at.ben, "contact", {{"role", "R" + std::to_string(i)}}, at.ids[5]);
    at.world.pass(std::chrono::hours{24 * 90});
    at.world.crash_device(at.ann);
    CHECK(at.world.device_store(at.ann).counts()->pending == 1);
    at.world.online(at.ann);
    at.world.settle();
    CHECK(at.world.device_store(at.ann).counts()->pending == 0);
    CHECK(at.world.store(at.ben).get("contact", contact)->has_value());
    at.check_equal();
}
