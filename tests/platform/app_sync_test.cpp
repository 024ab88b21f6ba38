#include "app_fixture.hpp"

using namespace debrief;
using namespace debrief::platform;
using namespace debrief::platform::test;

namespace {

const std::string good_invitation = "http://localhost:1/join#" + std::string(42, 'g') + "A",
                  bad_invitation = "http://localhost:1/join#" + std::string(42, 'b') + "A";

/// A link to a server that exists only here.
class MadeUpLink final : public SyncLink {
public:
    explicit MadeUpLink(const LinkSetup& setup) : setup_(setup) {}

    core::Status join(const std::string& invitation, const std::string&, std::chrono::milliseconds) override {
        if (invitation != good_invitation)
            return core::Error{core::Errc::denied, "This invitation is wrong, used or too old.", {}, {}};
        return enrol_dana(setup_.store);
    }
    void connect() override { set(LinkStatus::State::connecting); }
    void disconnect() override { set(LinkStatus::State::offline); }
    core::Result<LinkRound> once(std::chrono::milliseconds) override {
        set(LinkStatus::State::caught_up);
        return LinkRound{};
    }
    [[nodiscard]] LinkStatus status() const override { return status_; }
    void store_changed() override {}
    void poll(std::chrono::milliseconds) override {
        if (status_.state == LinkStatus::State::connecting) set(LinkStatus::State::caught_up);
    }
    void wake() override {}

private:
    void set(LinkStatus::State state) {
        status_.state = state;
        if (state == LinkStatus::State::caught_up) status_.last_caught_up = setup_.clock.now();
        setup_.status_changed();
    }
    LinkSetup setup_;
    LinkStatus status_;
};

AppConfig linked(const TempFolder& folder) {
    auto config = quiet_config(folder);
    config.link = [](const LinkSetup& setup) { return std::make_unique<MadeUpLink>(setup); };
    return config;
}

const json good{{"invitation", good_invitation}};

}  // namespace

SCENARIO("a device joins, connects and says how things stand", "[app][sync]") {
    const TempFolder folder;
    Device device{linked(folder)};
    CHECK(device.call("sync.status")["enrolled"] == false);
    CHECK(device.refuse("sync.join", {{"invitation", bad_invitation}}).code == core::Errc::denied);
    const auto joined = device.call("sync.join", good);
    CHECK(joined["workspace_name"] == "Northwind");
    CHECK(device.refuse("sync.join", good).code == core::Errc::invalid);

    WHEN("it connects") {
        CHECK(device.call("sync.connect")["state"] == "connecting");
        device.app().poll(std::chrono::milliseconds{0});
        THEN("each new state is told once") {
            const auto told = device.told_of("sync");
            REQUIRE(told.size() >= 2);
            CHECK(told.back()["state"] == "caught_up");
            CHECK(told.back()["last_caught_up"] == "2025-03-18T15:00:00Z");
            for (std::size_t i = 1; i < told.size(); ++i) CHECK(told[i] != told[i - 1]);
        }
        THEN("another program on the store leaves the link to it, and sees how it is doing") {
            Device other{linked(folder)};
            const auto status = other.call("sync.connect");
            CHECK(status["state"] == "caught_up");
            CHECK(status["held_elsewhere"] == true);
            CHECK(other.call("sync.once", {{"timeout_s", 2}}) == json{{"pushed", 0}, {"pulled", 0}, {"parked", 0}});
        }
    }
    WHEN("it has caught up, and another program asks later, without a link") {
        device.call("sync.once", {{"timeout_s", 1}});
        Device later{linked(folder)};
        THEN("when that was is still known") {
            const auto status = later.call("sync.status");
            CHECK(status["state"] == "offline");
            CHECK(status["last_caught_up"] == "2025-03-18T15:00:00Z");
        }
    }
    THEN("the directory is the server's") {
        CHECK(device.refuse("record.put", {{"table", "user"}, {"fields", {{"name", "X"}, {"role", "admin"}}}}).code ==
              core::Errc::denied);
    }
    THEN("the token is shown nowhere") {
        CHECK(device.call("sync.status").dump().find("secret-token") == std::string::npos);
        CHECK(device.call("export", {{"format", "json"}})["text"].get<std::string>().find("secret-token") ==
              std::string::npos);
    }
}

SCENARIO("records made before joining are not forgotten", "[app][sync][join]") {
    const TempFolder folder;
    Device device{linked(folder)};
    device.init();
    const auto old_user = device.call("system.info")["user"];
    const auto account = device.put("account", {{"name", "Brightfield"}, {"owner", "Dana Reyes"}});
    const auto contact = device.put("contact", {{"account", account}, {"name", "Sarah Chen"}});

    THEN("joining asks what is to become of them, and changes nothing") {
        CHECK(device.refuse("sync.join", good).field == "local");
        CHECK(device.call("system.info")["user"] == old_user);
    }
    THEN("an invitation that is refused changes nothing either") {
        CHECK(device.refuse("sync.join", {{"invitation", bad_invitation}, {"local", "discard"}}).code ==
              core::Errc::denied);
        CHECK(device.call("record.get", {{"table", "account"}, {"id", account}})["name"] == "Brightfield");
    }
    WHEN("they are uploaded") {
        auto params = good;
        params["local"] = "upload";
        const auto joined = device.call("sync.join", params);
        THEN("they stand in the workspace under this user") {
            CHECK(joined["uploaded"] == 2);
            CHECK(device.call("record.get", {{"table", "account"}, {"id", account}})["owner"] == joined["user"]);
            CHECK(device.call("record.get", {{"table", "contact"}, {"id", contact}})["account"] == account);
            CHECK(device.call("sync.status")["pending"] > 0);
            CHECK_FALSE(std::filesystem::exists(folder.store() + "/upload.db"));
        }
    }
    WHEN("they are discarded") {
        auto params = good;
        params["local"] = "discard";
        device.call("sync.join", params);
        THEN("they are gone, and nothing is pending") {
            CHECK(device.call("record.list", {{"table", "account"}})["records"].empty());
            CHECK(device.call("sync.status")["pending"] == 0);
            CHECK_FALSE(std::filesystem::exists(folder.store() + "/discard.db"));
        }
    }
    WHEN("the program dies between the two renames") {
        device.close();
        std::filesystem::rename(folder.store() + "/debrief.db", folder.store() + "/joining.db");
        THEN("the next opening finishes the swap") {
            Device again{linked(folder)};
            CHECK(again.call("record.list", {{"table", "account"}})["records"].size() == 1);
        }
    }
}

TEST_CASE("without a network everything works, and syncing says that it is offline", "[app][sync]") {
    const TempFolder folder;
    Device device{folder};
    device.init();
    CHECK(device.call("sync.status")["state"] == "offline");
    CHECK(device.refuse("sync.once").code == core::Errc::denied);
    CHECK(device.refuse("sync.connect").code == core::Errc::denied);
}
