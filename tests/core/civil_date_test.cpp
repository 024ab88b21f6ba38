#include "core/civil_date.hpp"

#include <catch2/catch.hpp>

using namespace debrief::core;
using namespace std::chrono;
using namespace std::chrono_literals;

namespace {

std::string range(std::string_view text) {
    const auto days = days_of(text);
    return days ? civil_text(days->first) + ".." + civil_text(days->last) : "none";
}

}  // namespace

TEST_CASE("a civil date covers exactly the days that its words name", "[core][civil]") {
    CHECK(range("2025-03-18") == "2025-03-18..2025-03-18");
    CHECK(range("2025-W12") == "2025-03-17..2025-03-23");
    CHECK(range("2025-02") == "2025-02-01..2025-02-28");
    CHECK(range("2024-02") == "2024-02-01..2024-02-29");
    CHECK(range("2025-Q2") == "2025-04-01..2025-06-30");
    CHECK(range("2025-Q4") == "2025-10-01..2025-12-31");
    CHECK(range("2025-H1") == "2025-01-01..2025-06-30");
    CHECK(range("2025-H2") == "2025-07-01..2025-12-31");
    CHECK(range("2025") == "2025-01-01..2025-12-31");
}

TEST_CASE("a season is named after the year it begins in", "[core][civil]") {
    CHECK(range("2025-SP") == "2025-03-01..2025-05-31");
    CHECK(range("2025-SU") == "2025-06-01..2025-08-31");
    CHECK(range("2025-FA") == "2025-09-01..2025-11-30");
    CHECK(range("2023-WI") == "2023-12-01..2024-02-29");
}

TEST_CASE("ISO weeks cross the turn of the year", "[core][civil]") {
    CHECK(range("2021-W01") == "2021-01-04..2021-01-10");
    CHECK(range("2025-W01") == "2024-12-30..2025-01-05");
    CHECK(range("2020-W53") == "2020-12-28..2021-01-03");
    CHECK(range("2025-W53") == "none");
    CHECK(range("2025-W00") == "none");
}

TEST_CASE("what is no civil date is refused", "[core][civil]") {
    for (const auto* text :
         {"", "25", "202a", "2025-", "2025-13", "2025-00", "2025-3", "2025-Q5", "2025-H3", "2025-w12", "2025-W1",
          "2025-XX", "2025-02-30", "2025-3-18", "18.03.2025", "2025-03-18T09:00Z", "next week", "2025 03"}) {
        INFO(text);
        CHECK_FALSE(is_civil(text));
    }
    CHECK_FALSE(parse_day("2025-W12"));
}

TEST_CASE("an instant needs a time and an offset, and comes back in UTC", "[core][civil]") {
    const auto round = [](std::string_view text) {
        const auto instant = parse_instant(text);
        return instant ? instant_text(*instant) : "none";
    };
    CHECK(round("2025-03-18T09:30:00Z") == "2025-03-18T09:30:00Z");
    CHECK(round("2025-03-18T09:30:00.250Z") == "2025-03-18T09:30:00.250Z");
    CHECK(round("2025-03-18T09:30:00.2509999Z") == "2025-03-18T09:30:00.250Z");
    CHECK(round("2025-03-18T00:30:00+01:00") == "2025-03-17T23:30:00Z");
    CHECK(round("2025-12-31T23:30-05:30") == "2026-01-01T05:00:00Z");
    CHECK(round("1969-12-31T23:59:59.999Z") == "1969-12-31T23:59:59.999Z");
    CHECK(parse_instant("1970-01-01T00:00:01Z") == Instant{1000ms});
    CHECK(parse_instant("0001-01-01T00:00:00Z") == earliest_instant);
    CHECK(parse_instant("9999-12-31T23:59:59.999Z") == latest_instant);
    for (const auto* text :
         {"2025-03-18", "2025-03-18T09:30:00", "2025-03-18T25:00Z", "2025-03-18T09:60Z", "2025-02-30T09:00Z",
          "2025-03-18T09:30:00.Z", "2025-03-18T09:30:00+1:00", "2025-03-18T09:30:00Zx", "2025-03-18X09:30Z"}) {
        INFO(text);
        CHECK(round(text) == "none");
    }
}

TEST_CASE("a hostile clock's instants are shown as the ends of the calendar", "[core][civil]") {
    for (const auto far : {Instant::max(), latest_instant + 1ms}) {
        CHECK(instant_text(far) == "9999-12-31T23:59:59.999Z");
        for (const auto offset : {-60min, 60min}) CHECK(day_of(far, offset) == sys_days{9999y / December / 31});
    }
    for (const auto far : {Instant::min(), earliest_instant - 1ms}) {
        CHECK(instant_text(far) == "0001-01-01T00:00:00Z");
        for (const auto offset : {-60min, 60min}) CHECK(day_of(far, offset) == sys_days{1y / January / 1});
    }
}
