#include "core/civil_date.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <utility>

namespace debrief::core {
namespace {

using std::chrono::days;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

/// Exactly `text.size()` decimal digits, or nothing. At most nine of them, so that it cannot overflow.
std::optional<int> digits(std::string_view text) {
    if (text.empty() || text.size() > 9) return std::nullopt;
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

/// With zeros in front until it is `width` long, its sign counted, as printf's "%0*d": dates are written by the
/// thousand.
void append_number(std::string& text, int value, std::size_t width) {
    std::array<char, 12> digits{};
    const auto* end = std::to_chars(digits.data(), digits.data() + digits.size(), std::abs(value)).ptr;
    const auto size = static_cast<std::size_t>(end - digits.data());
    const std::size_t sign = value < 0 ? 1 : 0;
    text.append(sign, '-');
    text.append(std::max(width, size + sign) - size - sign, '0');
    text.append(digits.data(), size);
}

std::optional<int> digits_within(std::string_view text, int lowest, int highest) {
    const auto value = digits(text);
    if (!value || *value < lowest || *value > highest) return std::nullopt;
    return value;
}

sys_days first_of(int y, int m) {
    return sys_days{year{y} / m / 1};
}

/// `count` whole months from the first of `m`.
DayRange months(int y, int m, int count) {
    const auto start = year{y} / month{static_cast<unsigned>(m)};
    return {sys_days{start / 1}, sys_days{(start + std::chrono::months{count}) / 1} - days{1}};
}

/// ISO 8601 weeks run from Monday; week 1 holds 4 January.
std::optional<DayRange> week(int y, int number) {
    const auto monday_of_first = [](int of) {
        const sys_days fourth = first_of(of, 1) + days{3};
        return fourth - (std::chrono::weekday{fourth} - std::chrono::Monday);
    };
    const sys_days monday = monday_of_first(y) + days{7 * (number - 1)};
    if (number < 1 || monday >= monday_of_first(y + 1)) return std::nullopt;
    return DayRange{monday, monday + days{6}};
}

std::optional<DayRange> season(int y, std::string_view name) {
    constexpr std::array<std::pair<std::string_view, int>, 4> first_months{
        {{"SP", 3}, {"SU", 6}, {"FA", 9}, {"WI", 12}}};
    for (const auto& [word, first_month] : first_months) {
        if (name == word) return months(y, first_month, 3);
    }
    return std::nullopt;
}

/// What follows the year and its hyphen.
std::optional<DayRange> part_of_year(int y, std::string_view part) {
    if (part.size() == 2 && part[0] == 'Q') {
        const auto quarter = digits_within(part.substr(1), 1, 4);
        return quarter ? std::optional{months(y, *quarter * 3 - 2, 3)} : std::nullopt;
    }
    if (part.size() == 2 && part[0] == 'H') {
        const auto half = digits_within(part.substr(1), 1, 2);
        return half ? std::optional{months(y, *half * 6 - 5, 6)} : std::nullopt;
    }
    if (part.size() == 3 && part[0] == 'W') {
        const auto number = digits(part.substr(1));
        return number ? week(y, *number) : std::nullopt;
    }
    if (part.size() != 2) return std::nullopt;
    if (const auto m = digits_within(part, 1, 12)) return months(y, *m, 1);
    return season(y, part);
}

/// `+01:00`, `-05:30`, `Z`: how far local time is ahead of UTC.
std::optional<std::chrono::minutes> parse_offset(std::string_view text) {
    if (text == "Z" || text == "z") return std::chrono::minutes{0};
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
    const auto hours = digits_within(text.substr(1, 2), 0, 23);
    const auto minutes = digits_within(text.substr(4, 2), 0, 59);
    if (!hours || !minutes) return std::nullopt;
    const std::chrono::minutes ahead{*hours * 60 + *minutes};
    return text[0] == '-' ? -ahead : ahead;
}

struct ClockTime {
    Instant since_midnight{};
    std::size_t length = 0;  ///< Characters read.
};

/// `09:30`, `09:30:15`, `09:30:15.123`: what is finer than a millisecond is cut off.
std::optional<ClockTime> parse_clock(std::string_view text) {
    if (text.size() < 5 || text[2] != ':') return std::nullopt;
    const auto hour = digits_within(text.substr(0, 2), 0, 23);
    const auto minute = digits_within(text.substr(3, 2), 0, 59);
    if (!hour || !minute) return std::nullopt;
    ClockTime time{std::chrono::minutes{*hour * 60 + *minute}, 5};
    if (text.size() < 8 || text[5] != ':') return time;
    const auto second = digits_within(text.substr(6, 2), 0, 59);
    if (!second) return std::nullopt;
    time.since_midnight += std::chrono::seconds{*second};
    time.length = 8;
    if (text.size() < 9 || text[8] != '.') return time;
    int scale = 100;
    std::size_t at = 9;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10) {
        time.since_midnight += Instant{(text[at] - '0') * scale};
    }
    if (at == 9) return std::nullopt;
    time.length = at;
    return time;
}

}  // namespace

bool is_civil(std::string_view text) {
    return days_of(text).has_value();
}

std::optional<DayRange> days_of(std::string_view text) {
    if (text.size() == 10) {
        const auto day = parse_day(text);
        return day ? std::optional{DayRange{*day, *day}} : std::nullopt;
    }
    if (text.size() < 4) return std::nullopt;
    const auto y = digits(text.substr(0, 4));
    if (!y) return std::nullopt;
    if (text.size() == 4) return months(*y, 1, 12);
    if (text[4] != '-') return std::nullopt;
    return part_of_year(*y, text.substr(5));
}

std::string civil_text(sys_days day) {
    const year_month_day date{day};
    std::string text;
    append_number(text, static_cast<int>(date.year()), 4);
    text += '-';
    append_number(text, static_cast<int>(static_cast<unsigned>(date.month())), 2);
    text += '-';
    append_number(text, static_cast<int>(static_cast<unsigned>(date.day())), 2);
    return text;
}

std::optional<sys_days> parse_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto y = digits(text.substr(0, 4));
    const auto m = digits(text.substr(5, 2));
    const auto d = digits(text.substr(8, 2));
    if (!y || !m || !d) return std::nullopt;
    const auto date = year{*y} / *m / *d;
    if (!date.ok()) return std::nullopt;
    return sys_days{date};
}

sys_days day_of(Instant instant, std::chrono::minutes utc_offset) {
    const auto local = std::clamp(instant, earliest_instant, latest_instant) + utc_offset;
    return sys_days{std::chrono::floor<days>(std::clamp(local, earliest_instant, latest_instant))};
}

std::optional<Instant> parse_instant(std::string_view text) {
    if (text.size() < 17 || (text[10] != 'T' && text[10] != 't' && text[10] != ' ')) return std::nullopt;
    const auto day = parse_day(text.substr(0, 10));
    const auto time = parse_clock(text.substr(11));
    if (!day || !time) return std::nullopt;
    const auto ahead = parse_offset(text.substr(11 + time->length));
    if (!ahead) return std::nullopt;
    return Instant{day->time_since_epoch()} + time->since_midnight - *ahead;
}

std::string instant_text(Instant instant) {
    instant = std::clamp(instant, earliest_instant, latest_instant);
    const auto day = std::chrono::floor<days>(instant);
    const auto rest = (instant - day).count();
    const auto second = rest / 1000;
    std::string text = civil_text(sys_days{day});
    char before = 'T';
    for (const auto part : {second / 3600, second / 60 % 60, second % 60}) {
        text += std::exchange(before, ':');
        append_number(text, static_cast<int>(part), 2);
    }
    if (rest % 1000 != 0) {
        text += '.';
        append_number(text, static_cast<int>(rest % 1000), 3);
    }
    return text + "Z";
}

}  // namespace debrief::core
