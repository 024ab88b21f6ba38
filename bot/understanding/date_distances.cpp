// Days that lie so many days, weeks, months or years from the meeting or from another date.
#include <algorithm>
#include <array>

#include "bot/understanding/date_reader.hpp"
#include "bot/understanding/word_classes.hpp"

namespace debrief::bot::understanding {
namespace {

using std::chrono::days;

constexpr std::size_t pay_reach = 6;  // Words between "pays" and "in two years".

Day months_later(Day day, int months) {
    const YearMonth m = month_of(day).plus(months);
    const auto number = static_cast<int>(static_cast<unsigned>(std::chrono::year_month_day{day}.day()));
    return make_day(m.year, m.month, number).value_or(last_day(m));
}
Day working_days_later(Day day, int count) {
    const days one{count < 0 ? -1 : 1};
    while (count != 0) {
        day += one;
        if (iso_weekday(day) <= 5) count -= static_cast<int>(one.count());
    }
    return day;
}

}  // namespace

// "three weeks", "1 month and 21 days", "half a year", "a fortnight", "ten working days".
std::optional<DateReader::Length> DateReader::length_at(std::size_t i) const {
    Length length;
    std::ptrdiff_t smallest = 5;
    for (std::size_t k = i;;) {
        double count = 0;
        if (one_of(k, {"a", "an", "one"})) {
            count = 1;
        } else if (norm(k) == "half" && one_of(k + 1, {"a", "an"})) {
            count = 0.5;
            ++k;
        } else if (k < tokens_.size() && tokens_[k].number && !is(tokens_[k], WordClass::money) &&
                   *tokens_[k].number >= 1 && *tokens_[k].number <= 400) {
            count = *tokens_[k].number;
        } else {
            break;
        }
        ++k;
        const bool working = one_of(k, {"working", "business"});
        if (working || one_of(k, {"calendar", "more", "short", "full"})) ++k;
        std::string_view unit = norm(k);
        if (!unit.empty() && unit.back() == 's') unit.remove_suffix(1);
        static constexpr std::array<std::string_view, 5> units{"day", "week", "fortnight", "month", "year"};
        const auto size = std::find(units.begin(), units.end(), unit) - units.begin();
        if (size >= smallest) break;  // No unit, or "two days, three weeks ago".
        smallest = size;
        if (unit == "year" || unit == "month") length.months += static_cast<int>(count * (unit == "year" ? 12 : 1));
        if (unit == "fortnight" || unit == "week") length.days += static_cast<int>(count * (unit == "week" ? 7 : 14));
        if (unit == "day") (working ? length.working_days : length.days) += static_cast<int>(count);
        length.years_only = unit == "year" && count >= 1;
        length.end = ++k;
        if (one_of(k, {"and", ","})) ++k;
    }
    return length.end == 0 ? std::nullopt : std::optional{length};
}

Day DateReader::later(Day from, const Length& length, int sign) const {
    return working_days_later(months_later(from, sign * length.months), sign * length.working_days) +
           days{sign * length.days};
}

// "in ten days", "two weeks ago", "a fortnight from now", "a week from Tuesday", "eight weeks before Christmas".
DateReader::Found DateReader::distance(std::size_t i) const {
    std::size_t k = i;
    const bool in = norm(k) == "in";
    if (in) ++k;
    if (one_of(k, {"exactly", "about", "around", "roughly"})) ++k;
    const auto length = length_at(k);
    if (!length) return std::nullopt;
    k = length->end;
    if (one_of(k, {"from", "after", "before"}) && one_of(k + 1, {"now", "today"}))
        return Match{k + 2, {counted(*length, norm(k) == "before" ? -1 : 1)}};
    const bool weeks = length->days % 7 == 0 && length->months == 0 && length->working_days == 0;
    if (!in && (one_of(k, {"from", "after", "before"}) || (norm(k) == "on" && weeks && is_weekday(k + 1)))) {
        const int sign = norm(k) == "before" ? -1 : 1;
        // "for two weeks from Monday" and "the nine weeks after Easter" are lengths that begin there.
        if (one_of(i == 0 ? tokens_.size() : i - 1,
                   {"for", "of", "the", "last", "lasts", "takes", "took", "once", "twice", "times"}))
            return std::nullopt;
        const std::size_t start = norm(k + 1) == "the" ? k + 2 : k + 1;
        if (start >= tokens_.size()) return std::nullopt;
        const auto other = try_day(start);
        if (!other || other->values.size() != 1 || other->values[0].unit != Unit::day || joins_range(other->end))
            return std::nullopt;  // Nor is "five days from Monday to Friday" a distance.
        return Match{other->end, {one_day(later(other->values[0].day, *length, sign))}};
    }
    if (norm(k) == "ago") return Match{k + 1, {counted(*length, -1)}};
    if (!in || is_stretch(i, *length)) return std::nullopt;
    if (one_of(k, {"'s", "'"})) ++k;
    if (norm(k) == "time") ++k;
    return Match{k, {counted(*length, 1)}};
}

// Years alone are as rough as they sound: "two years ago" is a year, everything else a day.
Period DateReader::counted(const Length& length, int sign) const {
    if (length.years_only) return one_year(year_of(meeting_) + sign * length.months / 12);
    return one_day(later(meeting_, length, sign));
}

// "three drivers lost in two months", "pays back in nine months", "once in ten days": how long, not when.
bool DateReader::is_stretch(std::size_t in, const Length& length) const {
    // Years are a time only where nothing but the verb stands before them: "they decide in two years".
    const bool led = in == 0 || tokens_[in - 1].kind == TokenKind::mark || is(tokens_[in - 1], WordClass::verb) ||
                     is(tokens_[in - 1], WordClass::conjunction);
    if (length.years_only && (!led || !stands_alone(length.end))) return true;
    if (one_of(length.end, {"a", "per"}) || tense_around(tokens_, in, length.end) == Tense::past) return true;
    if (in > 0 && one_of(in - 1, {"once", "twice", "times", "time"})) return true;
    if (length.years_only && length.months == 12) return true;
    for (std::size_t k = in; k > 0 && in - k < pay_reach; --k) {
        if (tokens_[k - 1].kind == TokenKind::mark) break;
        if (one_of(k - 1, {"pay", "pays", "paid", "payback", "payment", "earns", "many", "much"})) return true;
    }
    return false;
}

}  // namespace debrief::bot::understanding
