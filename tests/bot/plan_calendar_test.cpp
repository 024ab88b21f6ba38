#include <catch2/catch.hpp>

#include "bot/plan/calendar.hpp"
#include "core/civil_date.hpp"

using namespace debrief;
using namespace debrief::bot;

namespace {

std::string unfolded(std::string text) {
    for (auto at = text.find("\r\n "); at != std::string::npos; at = text.find("\r\n ")) text.erase(at, 3);
    return text;
}

}  // namespace

SCENARIO("a call plan is the calendar entry of its meeting", "[bot][plan]") {
    PlanContext context;
    context.account.name = "Brightfield Dairy";
    CallPlan plan;
    plan.objective = "Choose a week for the switch, with a quiet mind; no stop";
    plan.questions.push_back({{},
                              "Wer trägt das Risiko für die Anlage während der Umstellung, und wovor fürchtet ihr euch "
                              "dabei am meisten?\nEND:VEVENT",
                              core::Dimension::concern,
                              core::NamedId{{}, "Sarah Chen"},
                              {},
                              {},
                              "open",
                              {},
                              false,
                              1});
    CalendarEntry entry{"uid,1@x",
                        "",
                        "Plant visit",
                        *core::parse_instant("2025-03-26T09:30:00Z"),
                        core::parse_instant("2025-03-26T10:15:00Z"),
                        "",
                        *core::parse_instant("2025-03-20T08:00:00Z")};
    const std::string text = to_calendar(plan, context, entry);
    THEN("it is the same event, with the plan as its description") {
        const std::string whole = unfolded(text);
        CHECK(whole.find("UID:uid\\,1@x\r\n") != std::string::npos);
        CHECK(whole.find("DTSTART:20250326T093000Z\r\nDTEND:20250326T101500Z\r\n") != std::string::npos);
        CHECK(whole.find("with a quiet mind\\; no stop\\n") != std::string::npos);
        CHECK(whole.find("(Sarah Chen)") == std::string::npos);  // In the words of the language.
        CHECK(whole.find("Sarah Chen") != std::string::npos);
    }
    THEN("no line is longer than 75 octets or cut within a character, and what was typed ends no event") {
        std::size_t from = 0, events = 0;
        for (auto to = text.find("\r\n"); to != std::string::npos; to = text.find("\r\n", from)) {
            const std::string line = text.substr(from, to - from);
            CHECK(line.size() <= 75);
            CHECK((line.empty() || (static_cast<unsigned char>(line[0]) & 0xC0U) != 0x80));
            if (line == "END:VEVENT") ++events;
            from = to + 2;
        }
        CHECK(events == 1);
        CHECK(from == text.size());
    }
    THEN("one event of a series, and one of a whole day, are named as such") {
        entry.recurrence = "20250326T093000Z";
        entry.date = "2025-03-26";
        const std::string whole = to_calendar(plan, context, entry);
        CHECK(whole.find("RECURRENCE-ID:20250326T093000Z\r\n") != std::string::npos);
        CHECK(whole.find("DTSTART;VALUE=DATE:20250326\r\n") != std::string::npos);
    }
}
