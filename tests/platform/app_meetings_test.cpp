#include "app_fixture.hpp"

using namespace debrief;
using namespace debrief::platform;
using namespace debrief::platform::test;

SCENARIO("a meeting that ended is told once, and waits for its debrief", "[app][chat]") {
    const TempFolder folder;
    Device device{folder};
    device.init();
    const auto account = device.put("account", {{"name", "Brightfield Dairy"}});
    const auto meeting = device.put("meeting", {{"account", account},
                                                {"title", "Plant visit"},
                                                {"at", "2025-03-18T15:30:00Z"},
                                                {"ends_at", "2025-03-18T16:00:00Z"}});
    const auto at = [&](const std::string& now) {
        device.told.clear();
        device.call("clock.set", {{"now", now}});
        return device.told_of("reminder");
    };
    CHECK(at("2025-03-18T16:09:00Z").empty());
    const auto told = at("2025-03-18T16:10:00Z");
    REQUIRE(told.size() == 1);
    CHECK(told[0]["meeting"] == meeting);
    CHECK(told[0]["account"] == account);
    CHECK(told[0]["at"] == "2025-03-18T16:00:00Z");
    CHECK(at("2025-03-18T16:11:00Z").empty());
    AND_WHEN("the calendar is read after the meeting") {
        device.put("meeting", {{"account", account}, {"title", "Coffee"}, {"at", "2025-03-18T09:00:00Z"}});
        CHECK(at("2025-03-18T16:12:00Z").size() == 1);
    }
    AND_WHEN("a debrief of one that is over has begun already") {
        const auto other =
            device.put("meeting", {{"account", account}, {"title", "Call"}, {"at", "2025-03-18T14:00:00Z"}});
        device.call("chat.start", {{"kind", "debrief"}, {"meeting", other}});
        CHECK(at("2025-03-18T16:13:00Z").empty());
    }
    AND_WHEN("the program starts again") {
        device.close();
        auto config = quiet_config(folder);
        config.test_clock = core::parse_instant("2025-03-18T16:20:00Z");
        Device again{config};
        again.app().poll(std::chrono::milliseconds{0});
        CHECK(again.told_of("reminder").empty());
    }
    AND_WHEN("it was weeks ago") {
        device.put("meeting", {{"account", account}, {"title", "Old"}, {"at", "2025-02-01T09:00:00Z"}});
        CHECK(at("2025-03-18T16:14:00Z").empty());
    }
}
