#include "app_fixture.hpp"
#include "core/catalogue/scope.hpp"

using namespace debrief;
using namespace debrief::platform;
using namespace debrief::platform::test;

namespace {

const std::string invitation = "http://localhost:1/join#" + std::string(42, 'g') + "A";

/// What a link was asked to say, and a way to let it hear something.
struct Wire {
    std::vector<std::string> said;
    std::function<void(const sync::Seen&)> hears;
    std::function<void(LinkStatus::State)> becomes;
};

/// A link to a server that exists only here.
class MadeUpLink final : public SyncLink {
public:
    MadeUpLink(const LinkSetup& setup, Wire& wire) : setup_(setup), wire_(wire) {
        wire_.hears = setup_.seen;
        wire_.becomes = [this](LinkStatus::State state) { set(state); };
    }
    core::Status join(const std::string&, const std::string&, std::chrono::milliseconds) override {
        return enrol_dana(setup_.store);
    }
    void connect() override { set(LinkStatus::State::connecting); }
    void disconnect() override { set(LinkStatus::State::offline); }
    core::Result<LinkRound> once(std::chrono::milliseconds) override { return LinkRound{}; }
    [[nodiscard]] LinkStatus status() const override { return status_; }
    void tell_presence(const core::Uuid&, const std::string& scope, sync::PresenceState state) override {
        wire_.said.push_back(scope.substr(0, 8) + std::string{name_of(state)});
    }
    void store_changed() override {}
    void poll(std::chrono::milliseconds) override {}
    void wake() override {}

private:
    void set(LinkStatus::State state) {
        status_.state = state;
        setup_.status_changed();
    }
    LinkSetup setup_;
    Wire& wire_;
    LinkStatus status_;
};

}  // namespace

SCENARIO("who is in a review room is said and told while there is a connection", "[app][presence]") {
    const TempFolder folder;
    Wire wire;
    auto config = quiet_config(folder);
    config.link = [&](const LinkSetup& setup) { return std::make_unique<MadeUpLink>(setup, wire); };
    Device device{config};
    device.call("sync.join", {{"invitation", invitation}});
    const auto account = device.put("account", {{"name", "Brightfield"}});
    const auto poll = [&] { device.app().poll(std::chrono::milliseconds{0}); };
    const auto start = [&](const char* kind) {
        return device.call("chat.start", {{"kind", kind}, {"account", account}})["conversation"].get<std::string>();
    };
    using Said = std::vector<std::string>;

    WHEN("nobody asked for a connection") {
        const auto room = start("deal_review");
        CHECK(device.call("presence.tell", {{"conversation", room}, {"state", "typing"}}) == json::object());
        device.call("sync.connect");
        wire.becomes(LinkStatus::State::caught_up);
        poll();
        THEN("nothing is said, and nothing waits") {
            CHECK(wire.said.empty());
        }
    }
    WHEN("a review is begun while the link comes up") {
        device.call("sync.connect");
        const auto room = start("deal_review");
        start("debrief");
        device.call("presence.tell", {{"conversation", room}, {"state", "typing"}});
        CHECK(wire.said.empty());
        wire.becomes(LinkStatus::State::syncing);
        poll();
        CHECK(wire.said == Said{"account/here"});
        THEN("each new connection hears it again, until the person leaves") {
            wire.becomes(LinkStatus::State::offline);
            wire.becomes(LinkStatus::State::caught_up);
            poll();
            CHECK(wire.said == Said{"account/here", "account/here"});
            device.call("presence.tell", {{"conversation", room}, {"state", "gone"}});
            CHECK(wire.said.back() == "account/gone");
            wire.becomes(LinkStatus::State::offline);
            wire.becomes(LinkStatus::State::caught_up);
            poll();
            CHECK(wire.said.size() == 3);
        }
        THEN("after sync.disconnect nothing is said any more") {
            device.call("sync.disconnect");
            device.call("sync.connect");
            wire.becomes(LinkStatus::State::caught_up);
            poll();
            CHECK(wire.said.size() == 1);
        }
        THEN("the same word in quick succession is said once") {
            for (int i = 0; i < 5; ++i) device.call("presence.tell", {{"conversation", room}, {"state", "typing"}});
            CHECK(wire.said == Said{"account/here", "account/typing"});
        }
    }
    WHEN("others are heard") {
        device.call("sync.connect");
        wire.becomes(LinkStatus::State::caught_up);
        const auto room = start("deal_review"), own = start("debrief");
        const auto scope = core::account_scope(*core::parse_uuid(account));
        const auto ann = core::derive_uuid("test", "ann"), dana = core::derive_uuid("test", "user");
        const auto hear = [&](const std::string& where, const core::Uuid& who, sync::PresenceState state) {
            wire.hears({*core::parse_uuid(where), scope, who, state});
        };
        hear(room, ann, sync::PresenceState::typing);
        hear(room, ann, sync::PresenceState::typing);
        hear(room, dana, sync::PresenceState::here);  // This person, on another device.
        hear(own, ann, sync::PresenceState::here);
        hear(account, ann, sync::PresenceState::here);
        auto told = device.told_of("presence");
        REQUIRE(told.size() == 1);
        CHECK(told[0]["conversation"] == room);
        CHECK(told[0]["user"]["id"] == ann.text());
        CHECK(told[0]["state"] == "typing");
        THEN("without a connection nobody is anywhere") {
            wire.becomes(LinkStatus::State::offline);
            told = device.told_of("presence");
            REQUIRE(told.size() == 2);
            CHECK(told[1]["state"] == "gone");
        }
        THEN("nothing of it is written") {
            CHECK(device.call("record.list", {{"table", "room"}})["records"].size() == 2);
            const auto pending = device.call("sync.status")["pending"];
            hear(room, ann, sync::PresenceState::gone);
            device.call("presence.tell", {{"conversation", room}, {"state", "typing"}});
            CHECK(device.call("sync.status")["pending"] == pending);
        }
    }
    THEN("only a room that can be read has people in it") {
        const auto own = start("debrief");
        CHECK(device.refuse("presence.tell", {{"conversation", own}, {"state", "here"}}).code == core::Errc::invalid);
        const auto nowhere = core::derive_uuid("test", "nowhere").text();
        CHECK(device.refuse("presence.tell", {{"conversation", nowhere}, {"state", "here"}}).code ==
              core::Errc::not_found);
        CHECK(device.refuse("presence.tell", {{"conversation", own}, {"state", "asleep"}}).field == "state");
    }
}
