// What a server refused, as the user meets it: listed, corrected, given up.
#include "app_fixture.hpp"

#include <limits>

#include "core/changes/changeset.hpp"

using namespace debrief;
using namespace debrief::platform;
using namespace debrief::platform::test;

namespace {

/// A server that takes everything but what says "???", and what was built on that.
class PickyLink final : public SyncLink {
public:
    explicit PickyLink(const LinkSetup& setup) : setup_(setup) {}

    core::Status join(const std::string&, const std::string&, std::chrono::milliseconds) override {
        return enrol_dana(setup_.store);
    }
    void connect() override {}
    void disconnect() override {}
    core::Result<LinkRound> once(std::chrono::milliseconds) override {
        const auto first = setup_.store.final_n();
        if (!first) return first.error();
        const auto entries = setup_.store.unsent(*first + 1, std::numeric_limits<std::size_t>::max());
        if (!entries) return entries.error();
        LinkRound round;
        std::vector<core::PushResult> results;
        for (const auto& entry : *entries) {
            core::PushResult result{entry.n, core::PushResult::Kind::ok, ++position_, {}, {}};
            if (core::as_text(entry.payload).find("???") != std::string_view::npos) {
                result = {entry.n, core::PushResult::Kind::rejected, 0, {}, "invalid"};
                ++round.parked;
            } else {
                ++round.pushed;
            }
            results.push_back(result);
        }
        DEBRIEF_TRY(setup_.store.settle(results));
        return round;
    }
    [[nodiscard]] LinkStatus status() const override { return {}; }
    void store_changed() override {}
    void poll(std::chrono::milliseconds) override {}
    void wake() override {}

private:
    LinkSetup setup_;
    std::uint64_t position_ = 0;
};

AppConfig picky(const TempFolder& folder) {
    auto config = quiet_config(folder);
    config.link = [](const LinkSetup& setup) { return std::make_unique<PickyLink>(setup); };
    return config;
}

}  // namespace

SCENARIO("a refused change is corrected by the person who made it", "[app][sync][parked]") {
    const TempFolder folder;
    Device device{picky(folder)};
    device.call("sync.join", {{"invitation", "http://localhost:1/join#" + std::string(42, 'g') + "A"}});
    const auto account = device.call("record.put", {{"table", "account"}, {"fields", {{"name", "Brightfield"}}}})["id"];
    const auto contact =
        device.call("record.put",
                    {{"table", "contact"}, {"fields", {{"account", account}, {"name", "Mia"}, {"role", "???"}}}})["id"];
    device.call("sync.once");
    const auto parked = device.call("sync.status")["parked"];
    REQUIRE(parked.size() == 1);
    const auto n = parked[0]["n"];
    CHECK(parked[0]["code"] == "invalid");
    CHECK(device.call("record.list", {{"table", "contact"}})["records"].empty());

    WHEN("it says what is right") {
        CHECK(device.call("sync.parked.fix", {{"n", n}, {"fields", {{"role", "CFO"}}}})["retried"] == 1);
        THEN("the contact is there, and goes out again") {
            CHECK(device.call("record.get", {{"table", "contact"}, {"id", contact}})["role"] == "CFO");
            device.call("sync.once");
            CHECK(device.call("sync.status")["parked"].empty());
            CHECK(device.call("sync.status")["pending"] == 0);
        }
    }
    WHEN("the same contact is written again") {
        device.call("record.put",
                    {{"table", "contact"}, {"id", contact}, {"fields", {{"role", "CFO"}, {"phone", "123"}}}});
        THEN("that is the correction") {
            device.call("sync.once");
            CHECK(device.call("sync.status")["parked"].empty());
            const auto shown = device.call("record.get", {{"table", "contact"}, {"id", contact}});
            CHECK(shown["role"] == "CFO");
            CHECK(shown["phone"] == "123");
            CHECK(shown["name"] == "Mia");
        }
    }
    WHEN("the correction names what is not there") {
        CHECK(device.refuse("sync.parked.fix", {{"n", n}, {"fields", {{"shoe", "42"}}}}).field == "fields.shoe");
        CHECK(device.refuse("sync.parked.fix", {{"n", 99}, {"fields", {{"role", "CFO"}}}}).code ==
              core::Errc::not_found);
        CHECK(device.refuse("sync.parked.fix", {{"n", n}, {"id", account}, {"fields", {{"role", "CFO"}}}}).field ==
              "id");
        CHECK(device.refuse("sync.parked.fix", {{"n", n}, {"fields", {{"name", nullptr}}}}).field == "name");
        THEN("it stays as it was") {
            CHECK(device.call("sync.status")["parked"] == parked);
        }
    }
}
