// Days of a month.
#include "bot/understanding/date_reader.hpp"
#include "bot/understanding/date_words.hpp"
#include "bot/understanding/word_classes.hpp"

namespace debrief::bot::understanding {
namespace {

constexpr int years_between_leap_days = 8;

}  // namespace

std::optional<Period> DateReader::dated(int month, int day, std::optional<int> year, std::size_t begin,
                                        std::size_t end) const {
    if (year) {
        const auto made = make_day(*year, month, day);
        return made ? std::optional{one_day(*made)} : std::nullopt;
    }
    const Tense tense = tense_around(tokens_, begin, end);
    const int nearest = year_for(meeting_, month, day, tense);
    for (int away = 0; away <= years_between_leap_days; ++away) {
        if (const auto made = make_day(tense == Tense::future ? nearest + away : nearest - away, month, day))
            return one_day(*made, Open::year);
    }
    return std::nullopt;
}

// What a day number needs after it: "January", "of next month", "day of June 2026".
std::optional<Period> DateReader::month_after(const DayNumber& number, bool range) const {
    std::size_t k = number.end;
    if (number.ordinal && norm(k) == "day" && norm(k + 1) == "of") ++k;
    if (norm(k) == "." && is_month(k + 1, true)) ++k;
    k = past_join(k);
    const bool of = norm(k) == "of" || (range && norm(k) == "in");
    if (of) ++k;
    if (is_month(k, true)) {
        // "the first may be late"
        if (!of && !number.figure && !tokens_[k].capital && norm(k) == "may") return std::nullopt;
        auto p = month_period(k, true);
        if (p && p->open == Open::year) {
            if (const auto year = short_year(p->end, true)) *p = {year->end, Unit::month, year->value, p->part};
        }
        if (!number.figure && !number.ordinal && p && p->open == Open::year) return std::nullopt;
        return p;
    }
    if (!of && !(shift_word(k) && (number.ordinal || range))) return std::nullopt;
    const auto p = period_at(k, of);
    return p && p->unit == Unit::month ? p : std::nullopt;
}

// "15 January", "the 15th of May 2026", "3 to 5 May", "3-5 May", "the 10th of next month", "from 2 to April 7".
DateReader::Found DateReader::day_of_month(std::size_t i) const {
    std::vector<DayNumber> numbers = day_numbers(i);
    if (numbers.empty()) return std::nullopt;
    const std::size_t start = i > 0 && norm(i - 1) == "the" ? i - 1 : i;
    const bool opened = start > 0 && one_of(start - 1, {"from", "between"});
    const bool range = numbers.size() == 2 && opened;
    auto month = month_after(numbers.back(), range);
    if (!month && numbers.size() == 2 && numbers[0].end != numbers[1].end) {
        numbers.pop_back();
        month = month_after(numbers[0], false);
    }
    if (!month && opened && joins_range(numbers[0].end)) {
        // The month stands at the other end.
        if (auto other = month_day(numbers[0].end + 1); other && other->values.size() == 1) {
            const Period end = fitted(other->values[0], meeting_, tense_around(tokens_, start, other->end));
            const YearMonth m = month_of(end.day);
            if (const auto day = make_day(m.year, m.month, numbers[0].value))
                return Match{other->end, {one_day(*day, end.open), end}};
        }
    }
    if (!month) return std::nullopt;
    std::size_t begin = start;
    if (numbers.size() == 2 && numbers[1].value < numbers[0].value && !opened) {
        begin = numbers[0].end + 1;  // "belt 6 until 5 December"
        numbers.erase(numbers.begin());
    }
    auto values = days_in(*month, numbers, i, false);
    if (values.empty()) return std::nullopt;
    return Match{month->end, std::move(values), begin};
}

// The numbered days of a month, in order: "April 27 to the 3rd" ends in May, "from 28 to 3 May" begins in April.
std::vector<Period> DateReader::days_in(const Period& month, const std::vector<DayNumber>& numbers, std::size_t begin,
                                        bool month_first) const {
    std::vector<Period> values;
    for (const DayNumber& n : numbers) {
        const int over = month_first ? n.value < numbers[0].value : -(n.value > numbers.back().value);
        const YearMonth m = YearMonth{month.year, month.part}.plus(over);
        const auto day =
            dated(m.month, n.value, month.open == Open::year ? std::nullopt : std::optional{m.year}, begin, month.end);
        if (!day) return {};
        values.push_back(*day);
    }
    if (values.size() == 2 && values[1].day < values[0].day) values[0] = stepped(values[0], -1);
    return values;
}

// "May 15th", "Jan 15, 2026", "March 3-5", "April the ninth", "November between 19 and 20".
DateReader::Found DateReader::month_day(std::size_t i) const {
    const auto month = month_word(norm(i));
    if (!month) return std::nullopt;
    std::size_t k = past_join(i + 1);
    if (norm(k) == "." && norm(i).size() <= 4) ++k;
    const bool between = norm(k) == "between";
    if (between) ++k;
    if (const auto n = norm(k) == "," ? day_number(k + 1) : std::nullopt;
        n && n->ordinal && n->figure && (stands_alone(n->end) || year_suffix(n->end, true)))
        ++k;
    if (norm(k) == "the") ++k;
    std::vector<DayNumber> numbers = day_numbers(k);
    if (numbers.empty() || (between && numbers.size() == 1)) return std::nullopt;
    if (!between && numbers.size() == 2 && numbers[0].end != numbers[1].end &&
        (month_word(norm(numbers[1].end)) || norm(numbers[1].end) == "of"))
        numbers.pop_back();
    while (!numbers.empty() && !names_day(i, numbers.back(), between)) numbers.pop_back();
    if (numbers.empty()) return std::nullopt;
    Period of{numbers.back().end, Unit::month, 0, *month, {}, Open::year};
    if (const auto year = year_suffix(of.end, true)) of = {year->end, Unit::month, year->value, *month};
    auto values = days_in(of, numbers, i, true);
    if (values.empty()) return std::nullopt;
    return Match{of.end, std::move(values)};
}

// True if the number after a month is its day: not in "in May 20 people left" or "may first need".
bool DateReader::names_day(std::size_t month, const DayNumber& n, bool between) const {
    if (before(month) == "in" && !between && !(n.ordinal && n.figure)) return false;
    const bool verb = one_of(month, {"may", "march"}) && !is_month(month, false);
    if (!n.figure && (verb || (!stands_alone(n.end) && !year_suffix(n.end, true)))) return false;
    return n.end >= tokens_.size() ||
           (!is(tokens_[n.end], WordClass::unit) && !is(tokens_[n.end], WordClass::money) && norm(n.end) != "%");
}

// "the 31st", "between the 21st and 23rd": not "the 2nd round".
DateReader::Found DateReader::bare_ordinal(std::size_t i) const {
    std::vector<DayNumber> numbers = day_numbers(i);
    if (numbers.empty()) return std::nullopt;
    const DayNumber first = numbers[0];
    if (!first.ordinal || (!first.figure && first.value < 10)) return std::nullopt;
    if (numbers.size() == 2 && !numbers[1].ordinal) numbers.pop_back();
    if (numbers.size() == 2 && !stands_alone(numbers[1].end)) return std::nullopt;  // "the 1st and 2nd shift"
    const bool the = before(i) == "the";
    if (!the && !(i > 0 && one_of(i - 1, {"on", "by", "until", "before", "after", "since", "from", "to", "between"})))
        return std::nullopt;
    const std::size_t end = numbers.back().end;
    if (!stands_alone(end)) {
        // Dictation has no full stops: "on the 13th Acquah opens the shelf".
        const bool on_day =
            the && i > 1 && one_of(i - 2, {"on", "by", "until", "before", "since"}) && first.figure &&
            (is(tokens_[end], WordClass::verb) || tokens_[end].capital || is(tokens_[end], WordClass::possessive) ||
             is(tokens_[end], WordClass::our) || is(tokens_[end], WordClass::have));
        if (!on_day) return std::nullopt;
    }
    const Tense tense = tense_around(tokens_, the ? i - 1 : i, end);
    std::vector<Period> values;
    for (const DayNumber& n : numbers) {
        const Period* previous = values.empty() ? nullptr : &values[0];
        const auto day = day_near(n.value, previous != nullptr ? previous->day : meeting_,
                                  previous != nullptr ? Tense::future : tense);
        if (!day) return std::nullopt;
        values.push_back(one_day(*day, Open::month));
    }
    return Match{end, std::move(values), the ? i - 1 : no_begin};
}

// The nearest day of that number, `from` included.
std::optional<Day> DateReader::day_near(int number, Day from, Tense tense) const {
    YearMonth m = month_of(from);
    for (int tries = 0; tries < 3; ++tries, m = m.plus(tense == Tense::future ? 1 : -1)) {
        const auto day = make_day(m.year, m.month, number);
        if (day && (tense == Tense::future ? *day >= from : *day <= from)) return day;
    }
    return std::nullopt;
}

DateReader::Found DateReader::period(std::size_t i) const {
    const auto p = period_at(i, false);
    if (!p) return std::nullopt;
    return Match{p->end, {*p}};
}

}  // namespace debrief::bot::understanding
