#include "bot/understanding/calendar.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace debrief::bot::understanding {
namespace {

using std::chrono::days;
using std::chrono::year_month_day;

template <typename... Args>
std::string print(const char* format, Args... args) {
    std::array<char, 48> buffer{};
    const int n = std::snprintf(buffer.data(), buffer.size(), format, args...);
    return {buffer.data(), static_cast<std::size_t>(n)};
}

struct FixedFeast {
    std::string_view name;
    int month, day;
};
constexpr std::array fixed_feasts{
    FixedFeast{"christmas", 12, 25},
    FixedFeast{"xmas", 12, 25},
    FixedFeast{"x-mas", 12, 25},
    FixedFeast{"christmas day", 12, 25},
    FixedFeast{"christmas eve", 12, 24},
    FixedFeast{"boxing day", 12, 26},
    FixedFeast{"new year 's eve", 12, 31},
    FixedFeast{"new years eve", 12, 31},
    FixedFeast{"new year eve", 12, 31},
    FixedFeast{"new year", 1, 1},
    FixedFeast{"new year 's", 1, 1},
    FixedFeast{"new year 's day", 1, 1},
    FixedFeast{"new years day", 1, 1},
    FixedFeast{"epiphany", 1, 6},
    FixedFeast{"halloween", 10, 31},
    FixedFeast{"valentine 's day", 2, 14},
    FixedFeast{"valentines day", 2, 14},
    FixedFeast{"valentine 's", 2, 14},
    FixedFeast{"saint patrick 's day", 3, 17},
    FixedFeast{"st patrick 's day", 3, 17},
    FixedFeast{"may day", 5, 1},
    FixedFeast{"independence day", 7, 4},
    FixedFeast{"bastille day", 7, 14},
    FixedFeast{"all saints", 11, 1},
    FixedFeast{"all saints day", 11, 1},
    FixedFeast{"all saints' day", 11, 1},
    FixedFeast{"all souls", 11, 2},
    FixedFeast{"armistice day", 11, 11},
    FixedFeast{"remembrance day", 11, 11},
    FixedFeast{"guy fawkes", 11, 5},
    FixedFeast{"bonfire night", 11, 5},
    FixedFeast{"saint nicholas", 12, 6},
    FixedFeast{"st nicholas", 12, 6},
    FixedFeast{"saint nicholas day", 12, 6},
    FixedFeast{"juneteenth", 6, 19},
    FixedFeast{"veterans day", 11, 11},
    FixedFeast{"april fools", 4, 1},
    FixedFeast{"candlemas", 2, 2},
    FixedFeast{"michaelmas", 9, 29},
    FixedFeast{"anzac day", 4, 25},
    FixedFeast{"australia day", 1, 26},
    FixedFeast{"canada day", 7, 1},
    FixedFeast{"king 's day", 4, 27},
    FixedFeast{"burns night", 1, 25},
};
struct EasterFeast {
    std::string_view name;
    int after;
};
constexpr std::array easter_feasts{
    EasterFeast{"easter", 0},       EasterFeast{"easter sunday", 0},    EasterFeast{"easter monday", 1},
    EasterFeast{"good friday", -2}, EasterFeast{"maundy thursday", -3}, EasterFeast{"easter saturday", -1},
    EasterFeast{"palm sunday", -7}, EasterFeast{"ash wednesday", -46},  EasterFeast{"shrove tuesday", -47},
    EasterFeast{"mardi gras", -47}, EasterFeast{"ascension", 39},       EasterFeast{"ascension day", 39},
    EasterFeast{"pentecost", 49},   EasterFeast{"whitsun", 49},         EasterFeast{"whit sunday", 49},
    EasterFeast{"whit monday", 50}, EasterFeast{"corpus christi", 60},
};

}  // namespace

YearMonth YearMonth::plus(int months) const {
    const int all = year * 12 + (month - 1) + months;
    return {all / 12, all % 12 + 1};
}

int year_of(Day day) {
    return static_cast<int>(year_month_day{day}.year());
}
YearMonth month_of(Day day) {
    return {year_of(day), static_cast<int>(static_cast<unsigned>(year_month_day{day}.month()))};
}
int quarter_of(Day day) {
    return (month_of(day).month - 1) / 3 + 1;
}
int iso_weekday(Day day) {
    return static_cast<int>(std::chrono::weekday{day}.iso_encoding());
}
Day monday_of(Day day) {
    return day - days{iso_weekday(day) - 1};
}

IsoWeek iso_week_of(Day day) {
    const Day thursday = monday_of(day) + days{3};  // A week belongs to the year of its Thursday.
    const int year = year_of(thursday);
    return {year, static_cast<int>((thursday - *make_day(year, 1, 1)).count()) / 7 + 1};
}

std::optional<Day> make_day(int year, int month, int day) {
    if (year < 1 || month < 1 || month > 12 || day < 1) return std::nullopt;
    const year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                              std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok()) return std::nullopt;
    return Day{date};
}

Day last_day(YearMonth m) {
    return Day{std::chrono::year{m.year} / std::chrono::month{static_cast<unsigned>(m.month)} / std::chrono::last};
}

Day easter_sunday(int year) {
    const int a = year % 19, b = year / 100, c = year % 100;
    const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    const int m = (a + 11 * h + 22 * l) / 451;
    const int n = h + l - 7 * m + 114;
    return *make_day(year, n / 31, n % 31 + 1);
}

std::optional<Day> nth_weekday(YearMonth m, int weekday, int n) {
    if (n == 0) {
        const Day last = last_day(m);
        return last - days{(iso_weekday(last) - weekday + 7) % 7};
    }
    const Day first = *make_day(m.year, m.month, 1);
    const Day found = first + days{(weekday - iso_weekday(first) + 7) % 7 + 7 * (n - 1)};
    if (month_of(found) != m) return std::nullopt;
    return found;
}

Day nearest_weekday(Day from, int weekday, Tense tense) {
    const int here = iso_weekday(from);
    if (tense == Tense::future) return from + days{(weekday - here + 6) % 7 + 1};
    return from - days{(here - weekday + 6) % 7 + 1};
}

int year_for(Day from, int month, int day, Tense tense) {
    const int year = year_of(from);
    const YearMonth here = month_of(from);
    const int day_here = static_cast<int>(static_cast<unsigned>(year_month_day{from}.day()));
    const int order = month != here.month ? month - here.month : day - day_here;
    if (tense == Tense::future) return order >= 0 ? year : year + 1;
    return order <= 0 ? year : year - 1;
}

int year_for_month(Day from, int month, Tense tense) {
    const YearMonth here = month_of(from);
    if (tense == Tense::future) return month >= here.month ? here.year : here.year + 1;
    return month <= here.month ? here.year : here.year - 1;
}

std::string day_value(Day day) {
    const year_month_day d{day};
    return print("%04d-%02u-%02u", static_cast<int>(d.year()), static_cast<unsigned>(d.month()),
                 static_cast<unsigned>(d.day()));
}
std::string week_value(IsoWeek w) {
    return print("%04d-W%02d", w.year, w.week);
}
std::string month_value(YearMonth m) {
    return print("%04d-%02d", m.year, m.month);
}
std::string quarter_value(int year, int quarter) {
    return print("%04d-Q%d", year, quarter);
}
std::string half_value(int year, int half) {
    return print("%04d-H%d", year, half);
}
std::string season_value(int year, int season) {
    static constexpr std::array<const char*, 4> names{"SP", "SU", "FA", "WI"};
    return print("%04d-%s", year, names[static_cast<std::size_t>(season)]);
}
std::string year_value(int year) {
    return print("%04d", year);
}

bool is_fixed_feast(std::string_view name) {
    return std::any_of(fixed_feasts.begin(), fixed_feasts.end(), [&](const FixedFeast& f) { return f.name == name; });
}

std::optional<Day> feast(std::string_view name, int year) {
    for (const FixedFeast& f : fixed_feasts) {
        if (f.name == name) return make_day(year, f.month, f.day);
    }
    for (const EasterFeast& f : easter_feasts) {
        if (f.name == name) return easter_sunday(year) + days{f.after};
    }
    const auto thanksgiving = [&] { return *nth_weekday({year, 11}, 4, 4); };
    if (name == "thanksgiving") return thanksgiving();
    if (name == "black friday") return thanksgiving() + days{1};
    if (name == "cyber monday") return thanksgiving() + days{4};
    if (name == "labor day") return nth_weekday({year, 9}, 1, 1);
    if (name == "memorial day") return nth_weekday({year, 5}, 1, 0);
    if (name == "advent" || name == "first advent") {
        const Day christmas = *make_day(year, 12, 25);
        return nearest_weekday(christmas, 7, Tense::past) - days{21};
    }
    return std::nullopt;
}

}  // namespace debrief::bot::understanding
