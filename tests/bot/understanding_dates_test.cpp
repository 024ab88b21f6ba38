#include <catch2/catch.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "bot/understanding/calendar.hpp"
#include "bot/understanding/understanding.hpp"

using namespace debrief::bot;

namespace {

std::string dates_in(const std::string& text, int year, unsigned month, unsigned day) {
    NoteContext context;
    context.meeting_date =
        std::chrono::year_month_day{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
    std::string found;
    for (const DateMention& d : understand(text, {}, context).dates) found += (found.empty() ? "" : " ") + d.value;
    return found;
}
// Wednesday 12 March 2025 for all that names no other day.
std::string dates_in(const std::string& text) {
    return dates_in(text, 2025, 3, 12);
}

}  // namespace

TEST_CASE("a weekday counts from the meeting, in the direction of the verb", "[understanding][dates]") {
    CHECK(dates_in("They decide on Friday.") == "2025-03-14");
    CHECK(dates_in("She will call Wednesday.") == "2025-03-19");  // Never the day of the meeting itself.
    CHECK(dates_in("He called me on Monday.") == "2025-03-10");
    CHECK(dates_in("They meet next Tuesday.") == "2025-03-18");
    CHECK(dates_in("The board met last Thursday.") == "2025-03-06");
    CHECK(dates_in("We talk on Thursday the 20th.") == "2025-03-20");
    CHECK(dates_in("She sends it on Monday 24 March.") == "2025-03-24");
    CHECK(dates_in("They agreed to send it by Tuesday.") == "2025-03-18");
    CHECK(dates_in("They count every Monday and close each January.").empty());
}

TEST_CASE("a distance in days or weeks is a day", "[understanding][dates]") {
    CHECK(dates_in("They decide in ten days.") == "2025-03-22");
    CHECK(dates_in("It broke two weeks ago.") == "2025-02-26");
    CHECK(dates_in("She is back in three weeks.") == "2025-04-02");
    CHECK(dates_in("They start a fortnight from now.") == "2025-03-26");
    CHECK(dates_in("The repair took three weeks, soon, in a few weeks, today, this morning.").empty());
}

TEST_CASE("ends of periods are days, beginnings are the period", "[understanding][dates]") {
    CHECK(dates_in("He needs it by EOQ.") == "2025-03-31");
    CHECK(dates_in("They decide at the end of May.") == "2025-05-31");
    CHECK(dates_in("It must be in place by year end.") == "2025-12-31");
    CHECK(dates_in("She sends it by the end of next week.") == "2025-03-21");
    CHECK(dates_in("The lease ends at the end of Q3.") == "2025-09-30");
    CHECK(dates_in("They move in early May.") == "2025-05");
    CHECK(dates_in("They move mid June.") == "2025-06");
}

TEST_CASE("months, quarters and seasons without a year are the nearest that fits the tense", "[understanding][dates]") {
    CHECK(dates_in("The audit is in February.") == "2026-02");
    CHECK(dates_in("They lost two drivers in October.") == "2024-10");
    CHECK(dates_in("The board votes in March.") == "2025-03");
    CHECK(dates_in("The budget comes in Q1.") == "2025-Q1");
    CHECK(dates_in("It has to run before winter.") == "2025-WI");
    CHECK(dates_in("Last winter they threw away half of it.") == "2024-WI");
    CHECK(dates_in("They open next summer.") == "2025-SU");
    CHECK(dates_in("The hall opens in the second half of 2026.") == "2026-H2");
    CHECK(dates_in("Since 2019 they have had two owners.") == "2019");
    CHECK(dates_in("Next month they vote, last year they did not.") == "2025-04 2024");
    CHECK(dates_in("The shutdown is in week 34.") == "2025-W34");
    CHECK(dates_in("They may buy and will march on.").empty());
    CHECK(dates_in("It costs 2025 euros, 1800 a year.").empty());
}

TEST_CASE("a promise does not lie in the past, nor what happened in the future", "[understanding][dates]") {
    CHECK(dates_in("He blocked 8 July for it.") == "2025-07-08");
    CHECK(dates_in("The advisory board was moved to Tuesday the 24th of June.") == "2025-06-24");
    CHECK(dates_in("He wants to have it done before he goes on holiday on the 8th of August.") == "2025-08-08");
    // The date opens its clause: the verb behind it says when.
    CHECK(dates_in("A crane that stands still costs 1,800 a day, and in February they had eleven such days.") ==
          "2025-02");
    CHECK(dates_in("The samples sit in the corridor over lunch, and in August eleven of them were too warm.") ==
          "2024-08");
    CHECK(dates_in("They double booked the sea row in July.") == "2024-07");
    CHECK(dates_in("They fear the switch, and in May they decide.") == "2025-05");
}

TEST_CASE("days of a month", "[understanding][dates]") {
    CHECK(dates_in("They order before the 31st.") == "2025-03-31");
    CHECK(dates_in("They order on the 5th.") == "2025-04-05");
    CHECK(dates_in("The 2nd round and the 3rd floor.").empty());
    CHECK(dates_in("The inspection is on 15 January.") == "2026-01-15");
    CHECK(dates_in("It failed on January 15th.") == "2025-01-15");
    CHECK(dates_in("They are closed from 3 to 5 May.") == "2025-05-03 2025-05-05");
    CHECK(dates_in("Assembly is the last Saturday of November.") == "2025-11-29");
    CHECK(dates_in("They come on the first weekend of May.") == "2025-05-03");
    CHECK(dates_in("It is due 2025-06-30, not 18.07.2025.") == "2025-06-30 2025-07-18");
}

TEST_CASE("feasts are days, the movable ones computed", "[understanding][dates]") {
    CHECK(dates_in("It must run by Christmas.") == "2025-12-25");
    CHECK(dates_in("They start after Easter.") == "2025-04-20");
    CHECK(dates_in("They start after Easter.", 2025, 11, 24) == "2026-04-05");
    CHECK(dates_in("The shop opens on Good Friday.") == "2025-04-18");
    CHECK(dates_in("Halloween is their peak.") == "2025-10-31");
    CHECK(understanding::day_value(understanding::easter_sunday(2038)) == "2038-04-25");
}

TEST_CASE("the ends of a range share what is said once and lie in order", "[understanding][dates]") {
    CHECK(dates_in("They will test it from May to October 2026.") == "2026-05 2026-10");
    CHECK(dates_in("They tested it from May to October.") == "2024-05 2024-10");
    CHECK(dates_in("They had no manager between 2019 and May 2021.") == "2019 2021-05");
    CHECK(dates_in("It ran from Q2 2023 to Q1.") == "2023-Q2 2024-Q1");
    CHECK(dates_in("They will test it from December to May.") == "2025-12 2026-05");
    CHECK(dates_in("She is away from Monday to Friday.") == "2025-03-17 2025-03-21");
    CHECK(dates_in("She was away from Monday to Friday.") == "2025-03-03 2025-03-07");
    CHECK(dates_in("They test it next week between Wednesday and Friday.") == "2025-03-19 2025-03-21");
    CHECK(dates_in("They are closed from 20 December to 6 January.", 2025, 12, 28) == "2025-12-20 2026-01-06");
    CHECK(dates_in("The festival runs from 1 August to the 25th.") == "2025-08-01 2025-08-25");
    CHECK(dates_in("It fits between the 21st and 23rd.") == "2025-03-21 2025-03-23");
    CHECK(dates_in("They moved the start from June to May.") == "2025-06 2025-05");
    CHECK(dates_in("She installs it in belt 6 until 5 December, which saves 3 to 5 percent.") == "2025-12-05");
}

TEST_CASE("what begins or ends on a day looks ahead unless somebody did it", "[understanding][dates]") {
    CHECK(dates_in("The price is valid until June.") == "2025-06");
    CHECK(dates_in("Ana took over from 1 January.") == "2025-01-01");
    CHECK(dates_in("They have it weighed from the 20th.") == "2025-03-20");
    CHECK(dates_in("The board gave them until 1 November.") == "2025-11-01");
    CHECK(dates_in("They were fined after the February audit.") == "2025-02");
    CHECK(dates_in("He said that after the 31st the price goes back.") == "2025-03-31");
}

TEST_CASE("a distance may be counted in parts, or from another date", "[understanding][dates]") {
    CHECK(dates_in("They answer two weeks after tomorrow.") == "2025-03-27");
    CHECK(dates_in("It must run eight weeks before Christmas.") == "2025-10-30");
    CHECK(dates_in("It broke 1 month and 21 days ago.") == "2025-01-22");
    CHECK(dates_in("They lost two days, three weeks ago.") == "2025-02-19");
    CHECK(dates_in("They decide in two months and order in two years.") == "2025-05-12 2027");
    CHECK(dates_in("It broke a month ago and two years ago.") == "2025-02-12 2023");
    CHECK(dates_in("They have it for a fortnight from Monday.") == "2025-03-17");
    CHECK(dates_in("It pays back in nine months, he wants his money in two years.").empty());
}

TEST_CASE("several words beside each other are one date", "[understanding][dates]") {
    CHECK(dates_in("The review is next week on Friday.") == "2025-03-21");
    CHECK(dates_in("They met on Friday the 7th and meet on Mon 24th.") == "2025-03-07 2025-03-24");
    CHECK(dates_in("They meet on Tuesday 7/10.") == "2025-10-07");
    CHECK(dates_in("Budget is 2026 Q1, or next year's first half.") == "2026-Q1 2026-H1");
    CHECK(dates_in("Last year in March they lost a driver.") == "2024-03");
    CHECK(dates_in("They install it the week starting 7 April or w/c 5 May.") == "2025-W15 2025-W19");
    CHECK(dates_in("They test on 3 May and decide the following week.") == "2025-05-03 2025-W19");
    CHECK(dates_in("It stops in the last week of June.") == "2025-W26");  // That of its last Thursday.
}

TEST_CASE("days and years in words and as they are typed", "[understanding][dates]") {
    CHECK(dates_in("The audit is on the twenty second of June.") == "2025-06-22");
    CHECK(dates_in("They sign on June twenty second, they open May first.") == "2025-06-22 2025-05-01");
    CHECK(dates_in("They opened in twenty twenty four and go live on 05-Aug-2025.") == "2024 2025-08-05");
    CHECK(dates_in("The lease from the year 2008 ends in May '27, due Oct2.") == "2008 2027-05 2025-10-02");
    CHECK(dates_in("It was signed on 9 Aug 96.") == "1996-08-09");
}

TEST_CASE("numbers and ordinary words are no dates", "[understanding][dates]") {
    CHECK(dates_in("They may first need a second look; she sat down, the second of two.").empty());
    CHECK(dates_in("A twenty second delay, one in two thousand, 2000 to 2500 parts.").empty());
    CHECK(dates_in("The 1st and 2nd shift go from the tenth to the twelfth floor.").empty());
    CHECK(dates_in("Something like the following may be done with model MAR3.").empty());
    CHECK(dates_in("By August third parties run it.") == "2025-08");
    CHECK(dates_in("On Monday 18 were missing.") == "2025-03-10");
    CHECK(dates_in("In May 45 were ill, on 3 May 12, maybe 15 people came.") == "2024-05 2024-05-03");
}

TEST_CASE("slips and dictation do not hide a date", "[understanding][dates]") {
    CHECK(dates_in("will send it tmrw") == "2025-03-13");
    CHECK(dates_in("they decide in may and open in september") == "2025-05 2025-09");
    CHECK(dates_in("THEY DECIDE NEXT TUESDAY") == "2025-03-18");
}
