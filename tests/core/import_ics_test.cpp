#include "core/civil_date.hpp"
#include "tests/core/import_world.hpp"

using namespace debrief::core;
using namespace debrief::core::testing;

namespace {

std::string event(const std::string& uid, const std::string& lines) {
    return "BEGIN:VEVENT\r\nUID:" + uid + "\r\n" + lines + "END:VEVENT\r\n";
}
ImportFiles calendar(const std::string& events) {
    return {{"c.ics", "BEGIN:VCALENDAR\r\n" + events + "END:VCALENDAR\r\n"}};
}

struct Calendar : ImportWorld {
    Uuid acme = put("account", {{"name", "Acme"}, {"website", "https://www.acme.example/start"}});
    Uuid acme_tools = put("account", {{"name", "Acme Tools"}});
    Uuid beta = put("account", {{"name", "Beta GmbH"}});
    Uuid sarah = put("contact", {{"account", beta}, {"name", "Sarah"}, {"email", "Sarah@beta.example"}});
    Uuid tom = put("contact", {{"account", beta}, {"name", "Tom"}});

    int count = 0;

    std::string account_of(const std::string& lines) {
        const std::string uid = "uid-" + std::to_string(++count);
        const ImportReport report = import("ics", calendar(event(uid, "DTSTART:20251125T100000Z\r\n" + lines)));
        const auto found = all("meeting", {{"external_key", Where::Op::equal, uid}});
        if (found.empty()) return report.anomalies.empty() ? "?" : report.anomalies.front().kind;
        const auto record = store->get("account", *found.front().ref("account"));
        return (*record)->text("name");
    }
};

}  // namespace

SCENARIO("whose meeting it is shows in its people and its title, or is left open", "[core][import]") {
    Calendar world;
    CHECK(world.account_of("ATTENDEE:mailto:SARAH@BETA.example\r\n") == "Beta GmbH");
    CHECK(world.account_of("ATTENDEE;CN=X:mailto:new.person@beta.example\r\n") == "Beta GmbH");
    CHECK(world.account_of("ORGANIZER:mailto:boss@acme.example\r\n") == "Acme");
    CHECK(world.account_of("SUMMARY:Visit at acme: pumps\r\n") == "Acme");
    CHECK(world.account_of("SUMMARY:Acme Tools yearly visit\r\n") == "Acme Tools");
    CHECK(world.account_of("SUMMARY:Beta and others\r\n") == "no_account");
    CHECK(world.account_of("SUMMARY:Acmeologists anonymous\r\n") == "no_account");
    CHECK(world.account_of("SUMMARY:Acme Tools meets Acme\r\n") == "ambiguous_account");
    CHECK(world.account_of("ATTENDEE:mailto:someone@gmail.com\r\n") == "no_account");
}

SCENARIO("a meeting keeps up with its calendar", "[core][import]") {
    Calendar world;
    const std::string people = "ATTENDEE:mailto:sarah@beta.example\r\n";
    const auto lines = [&](const std::string& when) {
        return calendar(event("m1", "SUMMARY:Pumps\r\nLOCATION:Hall 3\r\n" + when + people));
    };
    const std::string at_ten = "DTSTART:20251125T100000Z\r\nDTEND:20251125T110000Z\r\n";
    const std::string at_noon = "DTSTART:20251125T120000Z\r\nDURATION:PT30M\r\n";
    const ImportReport first = world.import("ics", lines(at_ten));
    CHECK(first.records.created == 1);
    Record meeting = world.only("meeting", "external_key", "m1");
    CHECK(meeting.text("title") == "Pumps");
    CHECK(meeting.text("place") == "Hall 3");
    CHECK(meeting.text("date") == "2025-11-25");
    CHECK(instant_text(Instant{*meeting.integer("ends_at")}) == "2025-11-25T11:00:00Z");
    CHECK(meeting.scope == "account/" + world.beta.text());
    CHECK(*meeting.find("contacts") == Value{UuidSet{world.sarah}});

    WHEN("nothing has changed") {
        const ImportReport again = world.import("ics", lines(at_ten));
        CHECK(again.records.unchanged == 1);
        CHECK(again.records.changed == 0);
    }
    WHEN("it is moved, and moved back") {
        CHECK(world.import("ics", lines(at_noon)).records.changed == 1);
        CHECK(instant_text(Instant{*world.only("meeting", "external_key", "m1").integer("ends_at")}) ==
              "2025-11-25T12:30:00Z");
        CHECK(world.import("ics", lines(at_ten)).records.changed == 1);
        CHECK(instant_text(Instant{*world.only("meeting", "external_key", "m1").integer("at")}) ==
              "2025-11-25T10:00:00Z");
    }
    WHEN("the rep has added somebody who was there") {
        UuidSet both{world.sarah, world.tom};
        std::sort(both.begin(), both.end());
        REQUIRE(world.store->write({Put{"meeting", meeting.id, {{"contacts", both}}, {}}}));
        CHECK(world.import("ics", lines(at_ten)).records.unchanged == 1);
        CHECK(*world.only("meeting", "external_key", "m1").find("contacts") == Value{both});
    }
    WHEN("it is called off") {
        const ImportReport report = world.import("ics", lines(at_ten + "STATUS:CANCELLED\r\n"));
        CHECK(count_of(report, "cancelled") == 1);
        CHECK(world.all("meeting").empty());
    }
    WHEN("it is called off after it has been debriefed") {
        REQUIRE(world.store->write({Put{"meeting", meeting.id, {{"debriefed", true}}, {}}}));
        world.import("ics", lines(at_ten + "STATUS:CANCELLED\r\n"));
        CHECK(world.all("meeting").size() == 1);
    }
}

TEST_CASE("a series gives its first meeting, and what cannot be read is told by line", "[core][import]") {
    Calendar world;
    const ImportReport report = world.import(
        "ics", calendar(event("s", "SUMMARY:Acme weekly\r\nDTSTART:20251125T100000Z\r\nRRULE:FREQ=WEEKLY\r\n") +
                        event("z", "SUMMARY:Acme\r\nDTSTART;TZID=Nowhere:20251125T100000\r\n") +
                        "BEGIN:VEVENT\r\nSUMMARY:Acme\r\nDTSTART:20251125T100000Z\r\nEND:VEVENT\r\n" +
                        event("n", "SUMMARY:Acme\r\n") + event("w", "SUMMARY:Acme\r\nDTSTART:soon\r\n") +
                        event("b", "SUMMARY:Acme\r\nDTSTART:20251125T100000Z\r\nDTEND:20251125T090000Z\r\n") +
                        event("s", "SUMMARY:Acme\r\nDTSTART:20251125T100000Z\r\n")));
    CHECK(report.records.created == 2);
    CHECK(count_of(report, "recurrence") == 1);
    CHECK(count_of(report, "unknown_time_zone") == 1);
    REQUIRE(report.rejected.size() == 5);
    CHECK(report.rejected[0].reason == "no UID, so it could not be known again");
    CHECK(report.rejected[1].reason == "no DTSTART");
    CHECK(report.rejected[2].reason == "DTSTART 'soon' is no time");
    CHECK(report.rejected[3].reason == "it ends before it begins");
    CHECK(report.rejected[4].reason == "its UID stands in an earlier event too");
}
