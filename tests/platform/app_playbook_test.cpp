#include "app_fixture.hpp"

#include <algorithm>

#include "bot/playbook/playbook.hpp"

using namespace debrief;
using namespace debrief::platform;
using namespace debrief::platform::test;

namespace {

json ours(Device& device, const std::string& version) {
    json playbook = device.call("playbook.get", {{"playbook", "debrief"}});
    playbook.erase("active");
    playbook["version"] = version;
    for (auto& question : playbook["questions"]) {
        if (question["id"] == "open_first") question["text"]["en"] = "What struck you at {account}?";
    }
    return playbook;
}

/// A server that lets everybody in, as a rep, and then is silent.
class JoiningLink final : public SyncLink {
public:
    explicit JoiningLink(const LinkSetup& setup) : setup_(setup) {}
    core::Status join(const std::string&, const std::string&, std::chrono::milliseconds) override {
        return enrol_dana(setup_.store);
    }
    void connect() override {}
    void disconnect() override {}
    core::Result<LinkRound> once(std::chrono::milliseconds) override { return LinkRound{}; }
    [[nodiscard]] LinkStatus status() const override { return {}; }
    void store_changed() override {}
    void poll(std::chrono::milliseconds) override {}
    void wake() override {}

private:
    LinkSetup setup_;
};

}  // namespace

SCENARIO("a workspace's own playbook is published whole or not at all", "[app][playbook]") {
    const TempFolder folder;
    Device device{folder};
    device.init();
    const auto account = device.put("account", {{"name", "Brightfield Dairy"}});
    const auto begun = device.call("chat.start", {{"kind", "debrief"}, {"account", account}});
    const std::string before = begun["state"]["playbook"]["version"];
    json playbook = ours(device, "ours-1");

    GIVEN("one with a fault") {
        playbook["questions"][3]["value"] = 101;
        const auto refused = device.refuse("playbook.publish", {{"playbook", playbook}});
        THEN("entry and reason are named, and nothing changed") {
            CHECK(refused.code == core::Errc::invalid);
            CHECK(refused.detail.find("questions[3].value") != std::string::npos);
            CHECK(device.call("playbook.get", {{"playbook", "debrief"}})["version"] == before);
        }
    }
    GIVEN("a good one") {
        CHECK(device.call("playbook.publish", {{"playbook", playbook}})["changed"] == true);
        THEN("new conversations begin under it, and those begun end under theirs") {
            const auto other = device.put("account", {{"name", "Aldgate Foods"}});
            const auto fresh = device.call("chat.start", {{"kind", "debrief"}, {"account", other}});
            CHECK(fresh["state"]["playbook"]["version"] == "ours-1");
            CHECK(fresh["messages"][0]["text"].get<std::string>().rfind("What struck you at Aldgate Foods?", 0) == 0);
            const auto old = device.call("chat.say", {{"conversation", begun["conversation"]}, {"text", "skip"}});
            CHECK(old["state"]["playbook"]["version"] == before);
            CHECK(old["state"]["open"]["version"] == before);
        }
        THEN("the same again changes nothing, and the version keeps its words") {
            CHECK(device.call("playbook.publish", {{"playbook", playbook}})["changed"] == false);
            const json first = playbook;
            playbook["limits"]["questions"] = 3;
            const auto refused = device.refuse("playbook.publish", {{"playbook", playbook}});
            CHECK(refused.field == "version");
            playbook["version"] = "ours-2";
            CHECK(device.call("playbook.publish", {{"playbook", playbook}})["changed"] == true);
            const json listed = device.call("playbook.list")["playbooks"];
            CHECK(std::count_if(listed.begin(), listed.end(), [](const json& one) {
                      return one["active"] == true && one["kind"] == "debrief";
                  }) == 1);
            // Back to the one before: it is there, and becomes active again.
            CHECK(device.call("playbook.publish", {{"playbook", first}})["changed"] == true);
            CHECK(device.call("playbook.get", {{"playbook", "debrief"}})["version"] == "ours-1");
        }
        THEN("a conversation can be played under both") {
            const json params{{"conversation", begun["conversation"]}, {"version", before}};
            CHECK(device.call("playbook.replay", params)["identical"] == true);
            const auto replayed =
                device.call("playbook.replay", {{"conversation", begun["conversation"]}, {"version", "ours-1"}});
            CHECK(replayed["identical"] == false);
            CHECK(replayed["differs"] == json{"open_first"});
        }
    }
    GIVEN("the built-in version under its own name, with other words") {
        playbook["version"] = before;
        CHECK(device.refuse("playbook.publish", {{"playbook", playbook}}).field == "version");
    }
    GIVEN("a version that nobody has") {
        const auto refused =
            device.refuse("playbook.replay", {{"conversation", begun["conversation"]}, {"version", "none"}});
        CHECK(refused.code == core::Errc::not_found);
    }
}

SCENARIO("in a team only an administrator publishes a playbook", "[app][playbook]") {
    const TempFolder folder;
    auto config = quiet_config(folder);
    config.link = [](const LinkSetup& setup) { return std::make_unique<JoiningLink>(setup); };
    Device device{config};
    device.call("sync.join", {{"invitation", "http://localhost:1/join#" + std::string(42, 'g') + "A"}});
    const json playbook = ours(device, "ours-1");
    CHECK(device.refuse("playbook.publish", {{"playbook", playbook}}).code == core::Errc::denied);
}
