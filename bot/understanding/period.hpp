// A stretch of calendar time that words point to: "Friday", "next week", "Q2", "May 2026".
#pragma once

#include <string>

#include "bot/understanding/calendar.hpp"

namespace debrief::bot::understanding {

enum class Unit { day, week, weekend, month, quarter, half, season, year };

/// What the words left unsaid and the tense filled in: "5 May" a year, "the 5th" a month, "Friday" a week.
enum class Open { nothing, year, month, week };

struct Period {
    std::size_t end = 0;  ///< Token after it.
    Unit unit = Unit::year;
    int year = 0;
    int part = 0;  ///< Month, quarter, half or season; week of the year.
    Day day{};     ///< Days; of weeks and weekends the Monday.
    Open open = Open::nothing;
};

Period one_day(Day day, Open open = Open::nothing);
Period one_week(Day any);  ///< The week of that day.
Period numbered_week(int year, int week);
Period one_month(YearMonth month);
Period one_year(int year);

std::string value_of(const Period& period);
Day first_day_of(const Period& period);
Day last_day_of(const Period& period);  ///< Of a week its Friday: people mean the working week.

/// The same words so many years, months or weeks later, whichever they left open.
Period stepped(const Period& period, int by);
/// The nearest one that fits the tense; the meeting's own fits either way, except for a weekday.
Period fitted(const Period& period, Day meeting, Tense tense);
/// The first one that is not over before `other` begins, and the last one that does not begin after `other`.
Period not_before(const Period& period, const Period& other);
Period not_after(const Period& period, const Period& other);

}  // namespace debrief::bot::understanding
