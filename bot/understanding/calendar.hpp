// Calendar sums for relative dates, and the TIMEX3 forms of their results.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace debrief::bot::understanding {

using Day = std::chrono::sys_days;

/// Which way a date without a year is looked for.
enum class Tense { past, future };

struct YearMonth {
    int year = 0;
    int month = 1;  ///< 1..12
    [[nodiscard]] YearMonth plus(int months) const;
    auto operator<=>(const YearMonth&) const = default;
};
struct IsoWeek {
    int year = 0;
    int week = 1;
};

int year_of(Day day);
YearMonth month_of(Day day);
int quarter_of(Day day);
int iso_weekday(Day day);  ///< Monday 1 to Sunday 7.
Day monday_of(Day day);
IsoWeek iso_week_of(Day day);

/// Nothing if there is no such day, as 30 February.
std::optional<Day> make_day(int year, int month, int day);
Day last_day(YearMonth month);
Day easter_sunday(int year);  ///< Gregorian. Source: the anonymous algorithm of 1876 (Meeus, Jones, Butcher).

/// The n-th (1..5) given weekday of a month; 0 means the last one. Nothing if the month has no n-th one.
std::optional<Day> nth_weekday(YearMonth month, int weekday, int n);
/// The first such weekday after `from`, or the last one before it.
Day nearest_weekday(Day from, int weekday, Tense tense);
/// The year in which a day of the year, said without a year, lies; the day itself counts as fitting either way.
int year_for(Day from, int month, int day, Tense tense);
int year_for_month(Day from, int month, Tense tense);

std::string day_value(Day day);
std::string week_value(IsoWeek week);
std::string month_value(YearMonth month);
std::string quarter_value(int year, int quarter);
std::string half_value(int year, int half);
std::string season_value(int year, int season);  ///< 0 spring, 1 summer, 2 autumn, 3 winter (of the year it begins in).
std::string year_value(int year);

/// A feast by name, several words joined with one space ("good friday"); nothing if we do not know it.
std::optional<Day> feast(std::string_view name, int year);
bool is_fixed_feast(std::string_view name);  ///< On the same day of each year.

}  // namespace debrief::bot::understanding
