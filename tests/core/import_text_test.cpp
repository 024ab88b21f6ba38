#include <catch2/catch.hpp>

#include "core/civil_date.hpp"
#include "core/import/text.hpp"

using namespace debrief::core;
using namespace debrief::core::intake;

TEST_CASE("spreadsheet days are month first, and never guessed", "[core][import]") {
    const auto day = [](std::string_view text) {
        const auto parsed = parse_sheet_day(text);
        return parsed ? civil_text(*parsed) : std::string{};
    };
    CHECK(day("3/1/2017") == "2017-03-01");
    CHECK(day("12/31/2017") == "2017-12-31");
    CHECK(day("2017-12-31") == "2017-12-31");
    CHECK(day("2/29/2016") == "2016-02-29");
    CHECK(day("2/29/2017").empty());
    CHECK(day("31/12/2017").empty());
    CHECK(day("3/1/17").empty());
    CHECK(day("3/1").empty());
    CHECK(day("3/1/2017x").empty());
    CHECK(day("").empty());
}

TEST_CASE("amounts are counted in the smallest unit, without floats", "[core][import]") {
    CHECK(parse_decimal("1054", 2) == 105400);
    CHECK(parse_decimal("1100.04", 8) == 110004000000);
    CHECK(parse_decimal("0.1", 2) == 10);
    CHECK_FALSE(parse_decimal("1.234", 2));
    CHECK_FALSE(parse_decimal("-1", 2));
    CHECK_FALSE(parse_decimal("1,054", 2));
    CHECK_FALSE(parse_decimal("1.", 2));
    CHECK_FALSE(parse_decimal(".5", 2));
    CHECK_FALSE(parse_decimal("99999999999999999999", 2));
}

TEST_CASE("names are compared without spelling habits", "[core][import]") {
    CHECK(squashed("GTX Pro") == squashed("GTXPro"));
    CHECK(squashed("Sales_Agent") == "salesagent");
    CHECK(trimmed("\xC2\xA0 Acme \t") == "Acme");
    CHECK(with_commas(8800) == "8,800");
    CHECK(with_commas(1234567) == "1,234,567");
    CHECK(with_commas(85) == "85");
}
