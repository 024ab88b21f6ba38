#include "bot/understanding/period.hpp"

namespace debrief::bot::understanding {
namespace {

constexpr int step_max = 16;  // A reading is never further off than a year of months.

using std::chrono::days;

int day_of_month(Day day) {
    return static_cast<int>(static_cast<unsigned>(std::chrono::year_month_day{day}.day()));
}
Day first_of(int year, int month) {
    return Day{std::chrono::year{year} / std::chrono::month{static_cast<unsigned>(month)} / 1};
}

// How many steps of what `p` leaves open lead near the other one, rather too few than too many.
int steps_between(const Period& p, const Period& other) {
    const Day from = first_day_of(p), to = first_day_of(other);
    switch (p.open) {
        case Open::nothing:
            return 0;
        case Open::year:
            return year_of(to) - year_of(from) - 1;
        case Open::month:
            return (year_of(to) - year_of(from)) * 12 + month_of(to).month - month_of(from).month - 1;
        default:
            return static_cast<int>((to - from).count()) / 7 - 1;
    }
}

}  // namespace

Period one_day(Day day, Open open) {
    return {0, Unit::day, year_of(day), 0, day, open};
}
Period one_week(Day any) {
    return {0, Unit::week, 0, 0, monday_of(any)};
}
Period numbered_week(int year, int week) {
    return {0, Unit::week, year, week, monday_of(first_of(year, 1) + days{3}) + days{7 * (week - 1)}};
}
Period one_month(YearMonth month) {
    return {0, Unit::month, month.year, month.month};
}
Period one_year(int year) {
    return {0, Unit::year, year};
}

std::string value_of(const Period& p) {
    switch (p.unit) {
        case Unit::day:
            return day_value(p.day);
        case Unit::week:
            return week_value(iso_week_of(p.day));
        case Unit::weekend:
            return day_value(p.day + days{5});
        case Unit::month:
            return month_value({p.year, p.part});
        case Unit::quarter:
            return quarter_value(p.year, p.part);
        case Unit::half:
            return half_value(p.year, p.part);
        case Unit::season:
            return season_value(p.year, p.part);
        default:
            return year_value(p.year);
    }
}

Day first_day_of(const Period& p) {
    switch (p.unit) {
        case Unit::day:
        case Unit::week:
            return p.day;
        case Unit::weekend:
            return p.day + days{5};
        case Unit::month:
            return first_of(p.year, p.part);
        case Unit::quarter:
            return first_of(p.year, p.part * 3 - 2);
        case Unit::half:
            return first_of(p.year, p.part * 6 - 5);
        case Unit::season:
            return first_of(p.year, 3 + 3 * p.part);
        default:
            return first_of(p.year, 1);
    }
}

Day last_day_of(const Period& p) {
    switch (p.unit) {
        case Unit::day:
            return p.day;
        case Unit::week:
            return p.day + days{4};
        case Unit::weekend:
            return p.day + days{6};
        case Unit::month:
            return last_day({p.year, p.part});
        case Unit::quarter:
            return last_day({p.year, p.part * 3});
        case Unit::half:
            return last_day({p.year, p.part * 6});
        case Unit::season:
            return last_day(YearMonth{p.year, 5}.plus(3 * p.part));
        default:
            return last_day({p.year, 12});
    }
}

Period stepped(const Period& p, int by) {
    Period next = p;
    if (p.open == Open::week) {
        next.day += days{7 * by};
    } else if (p.open == Open::month) {
        const YearMonth m = month_of(p.day).plus(by);
        const auto day = make_day(m.year, m.month, day_of_month(p.day));
        // Not every month has a 31st, but one of two has.
        const YearMonth further = m.plus(by < 0 ? -1 : 1);
        next.day = day ? *day : make_day(further.year, further.month, day_of_month(p.day)).value_or(p.day);
    } else if (p.open == Open::year) {
        next.year += by;
        if (p.unit == Unit::week) next.day = numbered_week(next.year, p.part).day;
        if (p.unit == Unit::day) {
            const YearMonth m{next.year, month_of(p.day).month};
            next.day = make_day(m.year, m.month, day_of_month(p.day)).value_or(last_day(m));
        }
    }
    return next;
}

Period fitted(const Period& p, Day meeting, Tense tense) {
    if (p.open == Open::nothing) return p;
    const days apart{p.open == Open::week ? 1 : 0};
    const auto fits = [&](const Period& q) {
        return tense == Tense::future ? last_day_of(q) >= meeting + apart : first_day_of(q) <= meeting - apart;
    };
    const int nearer = tense == Tense::future ? -1 : 1;
    Period found = p;
    for (int tries = 0; tries < step_max && !fits(found); ++tries) found = stepped(found, -nearer);
    for (int tries = 0; tries < step_max && fits(stepped(found, nearer)); ++tries) found = stepped(found, nearer);
    return found;
}

Period not_before(const Period& p, const Period& other) {
    Period found = stepped(p, steps_between(p, other));
    for (int tries = 0; tries < step_max && last_day_of(found) < first_day_of(other); ++tries)
        found = stepped(found, 1);
    return found;
}

Period not_after(const Period& p, const Period& other) {
    Period found = stepped(p, steps_between(p, other) + 1);
    for (int tries = 0; tries < step_max && first_day_of(found) > last_day_of(other); ++tries)
        found = stepped(found, -1);
    return found;
}

}  // namespace debrief::bot::understanding
