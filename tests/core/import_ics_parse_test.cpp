#include <catch2/catch.hpp>

#include "core/civil_date.hpp"
#include "core/import/ics_time.hpp"

using namespace debrief::core;
using namespace debrief::core::intake;

namespace {

constexpr const char* berlin =
    "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\n"
    "BEGIN:DAYLIGHT\r\nDTSTART:19700329T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=YEARLY;BYMONTH="
    "3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\n"
    "BEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYMONTH="
    "10;BYDAY=-1SU\r\nEND:STANDARD\r\n"
    "END:VTIMEZONE\r\nEND:VCALENDAR\r\n";

IcsZones zones_of(const std::string& text) {
    Findings findings;
    const auto calendars = read_ics("c.ics", text, findings);
    REQUIRE(calendars);
    IcsZones zones;
    for (const IcsComponent& part : calendars->at(0).children) zones.add(part);
    return zones;
}
std::string moment(const IcsZones& zones, const std::string& value, const std::string& zone = "", int offset = 0) {
    IcsProperty property{"DTSTART", {}, value, 1};
    if (!zone.empty()) property.parameters["TZID"] = zone;
    const auto read = read_moment(property, zones, std::chrono::minutes{offset});
    if (!read) return "none";
    return instant_text(read->at) + " " + read->date + (read->whole_day ? " day" : "") +
           (read->zone_unknown ? " ?" : "");
}

}  // namespace

TEST_CASE("folded lines are one line, with parameters and escapes", "[core][import]") {
    Findings findings;
    const auto calendars = read_ics(
        "c.ics",
        "begin:vcalendar\nBEGIN:VEVENT\nSUMMARY;LANGUAGE=en:Meet\n  Acme\\, at noon\\nBring \n\tcake\\; and \\\\\n"
        "ATTENDEE;CN=\"Lind: Sarah; CFO\";ROLE=CHAIR:mailto:s@acme.example\nEND:VEVENT\nEND:VCALENDAR\n",
        findings);
    REQUIRE(calendars);
    const IcsComponent& event = calendars->at(0).children.at(0);
    CHECK(event.line == 2);
    CHECK(event.text("SUMMARY") == "Meet Acme, at noon\nBring cake; and \\");
    CHECK(event.find("ATTENDEE")->parameter("CN") == "Lind: Sarah; CFO");
    CHECK(event.find("ATTENDEE")->value == "mailto:s@acme.example");
    CHECK(event.find("ATTENDEE")->line == 6);
}

TEST_CASE("summer time follows the rule that the file gives", "[core][import]") {
    const IcsZones zones = zones_of(berlin);
    CHECK(moment(zones, "20251125T093000", "Europe/Berlin") == "2025-11-25T08:30:00Z 2025-11-25");
    CHECK(moment(zones, "20250701T093000", "Europe/Berlin") == "2025-07-01T07:30:00Z 2025-07-01");
    CHECK(moment(zones, "20250330T013000", "Europe/Berlin") == "2025-03-30T00:30:00Z 2025-03-30");
    CHECK(moment(zones, "20250330T033000", "Europe/Berlin") == "2025-03-30T01:30:00Z 2025-03-30");
    CHECK(moment(zones, "20251026T040000", "Europe/Berlin") == "2025-10-26T03:00:00Z 2025-10-26");
    CHECK(moment(zones, "19600101T120000", "Europe/Berlin") == "1960-01-01T11:00:00Z 1960-01-01");
}

TEST_CASE("times in UTC, without a zone, in an unknown one, and whole days", "[core][import]") {
    const IcsZones none;
    CHECK(moment(none, "20251125T233000Z", "", 60) == "2025-11-25T23:30:00Z 2025-11-26");
    CHECK(moment(none, "20251125T093000", "", 60) == "2025-11-25T08:30:00Z 2025-11-25");
    CHECK(moment(none, "20251125T093000", "Mars/Olympus", -300) == "2025-11-25T14:30:00Z 2025-11-25 ?");
    CHECK(moment(none, "20251125", "", 60) == "2025-11-24T23:00:00Z 2025-11-25 day");
    for (const char* wrong : {"", "2025", "20251325", "20250229", "20251125T250000", "20251125 093000", "tomorrow"}) {
        CHECK(moment(none, wrong) == "none");
    }
    CHECK(read_duration("PT1H30M") == std::chrono::minutes{90});
    CHECK(read_duration("P1DT2H") == std::chrono::hours{26});
    CHECK(read_duration("P2W") == std::chrono::weeks{2});
    for (const char* wrong : {"", "P", "1H", "PT", "PTH", "-PT1H", "PT9999999999H"}) CHECK_FALSE(read_duration(wrong));
}

TEST_CASE("a calendar that is cut off or hostile is told by line, not swallowed", "[core][import]") {
    Findings findings;
    std::string text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\nno colon here\nEND:VALARM\nX-BIG:" +
                       std::string(70'000, 'x') + "\nBEGIN:VEVENT\nUID:2\n";
    const auto calendars = read_ics("c.ics", text, findings);
    REQUIRE(calendars);
    CHECK(calendars->at(0).children.size() == 1);
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += "BEGIN:VCALENDAR\n";
    CHECK(read_ics("deep.ics", deep, findings));
    ImportReport report;
    findings.report_to(report);
    REQUIRE(report.rejected.size() == 5);
    CHECK(report.rejected[0].line == 5);
    CHECK(report.rejected[1].reason == "END:VALARM closes nothing that is open");
    CHECK(report.rejected[2].reason == "a line of more than 64 KiB");
    CHECK(report.rejected[3].reason == "the file ends within this VEVENT");
    CHECK(report.rejected[3].line == 8);
    CHECK(report.rejected[4].reason == "components nested more than 8 deep");
    CHECK_FALSE(read_ics("x.csv", "a,b\n1,2\n", findings));
    CHECK_FALSE(read_ics("x.ics", "", findings));
}
