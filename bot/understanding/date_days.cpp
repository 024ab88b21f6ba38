#include <algorithm>

#include "bot/understanding/date_reader.hpp"
#include "bot/understanding/date_words.hpp"
#include "bot/understanding/word_classes.hpp"

namespace debrief::bot::understanding {

using std::chrono::days;

std::vector<FoundDate> find_dates(std::vector<Token>& tokens, Day meeting, const std::vector<std::string>& names) {
    return DateReader{tokens, meeting, names}.run();
}

std::vector<FoundDate> DateReader::run() {
    std::vector<FoundDate> found;
    for (std::size_t i = 0; i < tokens_.size();) {
        const Found match = try_all(i);
        if (!match) {
            ++i;
            continue;
        }
        const std::size_t begin = match->begin == no_begin ? i : match->begin;
        if (!repeats(begin)) {
            for (const std::string& value : match->values) found.push_back({begin, match->end, value});
            for (std::size_t k = begin; k < match->end; ++k) mark(tokens_[k], WordClass::date);
        }
        i = std::max(match->end, i + 1);
    }
    return found;
}

DateReader::Found DateReader::try_all(std::size_t i) const {
    using Rule = Found (DateReader::*)(std::size_t) const;
    static constexpr Rule rules[] = {&DateReader::figures,  &DateReader::edge_of_period, &DateReader::counted_in_period,
                                     &DateReader::weekday,  &DateReader::day_of_month,   &DateReader::month_day,
                                     &DateReader::near_day, &DateReader::distance,       &DateReader::feast_day,
                                     &DateReader::period,   &DateReader::bare_ordinal};
    for (const Rule rule : rules) {
        if (auto match = (this->*rule)(i)) return match;
    }
    return std::nullopt;
}

bool DateReader::repeats(std::size_t i) const {
    std::size_t k = i;
    if (k > 0 && one_of(k - 1, {"the", "first", "second", "third", "last", "other"})) --k;
    return k > 0 && one_of(k - 1, {"every", "each", "per", "most", "any"});
}

std::optional<int> DateReader::day_number(std::size_t i, bool words) const {
    if (i >= tokens_.size()) return std::nullopt;
    const Token& t = tokens_[i];
    if (t.ordinal && *t.ordinal <= 31 && (words || t.kind == TokenKind::number)) return t.ordinal;
    if (t.kind == TokenKind::number && t.number && t.norm.size() <= 2 && *t.number >= 1 && *t.number <= 31)
        return static_cast<int>(*t.number);
    if (words && t.kind == TokenKind::word) {
        static constexpr std::pair<std::string_view, int> compound[] = {
            {"twenty-first", 21}, {"twenty-second", 22}, {"twenty-third", 23},   {"twenty-fourth", 24},
            {"twenty-fifth", 25}, {"twenty-sixth", 26},  {"twenty-seventh", 27}, {"twenty-eighth", 28},
            {"twenty-ninth", 29}, {"thirty-first", 31}};
        for (const auto& [word, value] : compound) {
            if (t.norm == word) return value;
        }
    }
    return std::nullopt;
}

Day DateReader::dated(int month, int day, std::optional<int> year, std::size_t begin, std::size_t end, bool& ok) const {
    const int y = year ? *year : year_for(meeting_, month, day, tense_around(tokens_, begin, end));
    const auto made = make_day(y, month, day);
    ok = made.has_value();
    return made.value_or(Day{});
}

// "15 January", "the 15th of May 2026", "3 to 5 May", "3-5 May", "the 10th of next month".
DateReader::Found DateReader::day_of_month(std::size_t i) const {
    std::vector<int> numbers;
    std::size_t k = i;
    const Token& t = tokens_[i];
    if (t.kind == TokenKind::number && t.norm.size() >= 3 && t.norm.size() <= 5 &&
        t.norm.find('-') != std::string::npos && !t.number) {
        const std::size_t dash = t.norm.find('-');
        const auto value = [](std::string_view s) {
            int v = 0;
            for (const char c : s) v = c >= '0' && c <= '9' ? v * 10 + (c - '0') : 1000;
            return v;
        };
        numbers = {value(std::string_view{t.norm}.substr(0, dash)), value(std::string_view{t.norm}.substr(dash + 1))};
        ++k;
    } else if (const auto first = day_number(i, true)) {
        numbers.push_back(*first);
        ++k;
        if (norm(k) == "." && is_month(k + 1, true)) ++k;
        std::size_t second = k;
        if (one_of(k, {"to", "until", "and", "or", "-", "--", "/"})) ++second;
        if (norm(second) == "the") ++second;
        if (second > k) {
            if (const auto other = day_number(second, true);
                other && (is_month(second + 1, true) || (norm(second + 1) == "of" && is_month(second + 2, true)))) {
                numbers.push_back(*other);
                k = second + 1;
            }
        }
    } else {
        return std::nullopt;
    }
    const bool of = norm(k) == "of";
    if (of) ++k;
    std::optional<Period> p;
    if (is_month(k, true)) {
        if (!of && t.kind == TokenKind::word && !t.capital && norm(k) == "may")
            return std::nullopt;  // "the first may be late"
        p = month_period(k, true);
    } else if (of) {
        p = period_at(k, true);
        if (p && p->unit != Unit::month) p.reset();
    }
    if (!p) return std::nullopt;
    const bool year_given = p->end > k + 1;
    std::vector<std::string> values;
    for (const int n : numbers) {
        bool ok = false;
        const Day day = dated(p->part, n, year_given || !is_month(k, true) ? std::optional<int>{p->year} : std::nullopt,
                              i, p->end, ok);
        if (!ok) return std::nullopt;
        values.push_back(day_value(day));
    }
    return Match{p->end, values, i > 0 && norm(i - 1) == "the" ? i - 1 : no_begin};
}

// "May 15th", "Jan 15, 2026", "March 3-5".
DateReader::Found DateReader::month_day(std::size_t i) const {
    const auto month = month_word(norm(i));
    if (!month) return std::nullopt;
    std::size_t k = i + 1;
    if (norm(k) == "." && norm(i).size() <= 4) ++k;
    if (norm(k) == "the") ++k;
    std::vector<int> numbers;
    if (const auto first = day_number(k, false)) {
        if (!tokens_[k].ordinal && before(i) == "in") return std::nullopt;
        if (k + 1 < tokens_.size() &&
            (is(tokens_[k + 1], WordClass::unit) || is(tokens_[k + 1], WordClass::money) || norm(k + 1) == "%"))
            return std::nullopt;
        numbers.push_back(*first);
        ++k;
        if (one_of(k, {"to", "and", "-", "--", "until"})) {
            if (const auto other = day_number(k + 1, false); other && !month_word(norm(k + 2)) && norm(k + 2) != "of") {
                numbers.push_back(*other);
                k += 2;
            }
        }
    } else if (k < tokens_.size() && tokens_[k].kind == TokenKind::number && tokens_[k].norm.size() <= 5 &&
               tokens_[k].norm.find('-') != std::string::npos &&
               tokens_[k].norm.find_first_not_of("0123456789-") == std::string::npos) {
        int value = 0;
        for (const char c : tokens_[k].norm) {
            if (c == '-') {
                numbers.push_back(value);
                value = 0;
            } else {
                value = value * 10 + (c - '0');
            }
        }
        numbers.push_back(value);
        ++k;
    }
    if (numbers.empty()) return std::nullopt;
    std::optional<int> year;
    if (const auto suffix = year_suffix(k)) {
        year = suffix->year;
        k = suffix->end;
    }
    std::vector<std::string> values;
    for (const int n : numbers) {
        bool ok = false;
        const Day day = dated(*month, n, year, i, k, ok);
        if (!ok) return std::nullopt;
        values.push_back(day_value(day));
    }
    return Match{k, values};
}

// "Friday", "next Tuesday", "Monday 12 May", "Thursday the 4th", "Wednesday of next week".
DateReader::Found DateReader::weekday(std::size_t i) const {
    std::size_t k = i;
    auto shift = shift_word(k);
    const bool coming = one_of(k, {"coming", "upcoming"});
    if (shift) ++k;
    if (norm(k) == "coming") {
        ++k;
        shift = 1;
    }
    if (norm(i) == "past") {
        shift = -1;
        k = i + 1;
    }
    if (!is_weekday(k)) return std::nullopt;
    if (i > 0 && one_of(i - 1, {"a", "an"})) return std::nullopt;
    const int day = *weekday_word(norm(k));
    std::size_t end = k + 1;
    if (norm(end) == "." && norm(k).size() <= 4)
        end += end + 1 < tokens_.size() && tokens_[end + 1].kind == TokenKind::number ? 1U : 0U;
    // An exact date beside the weekday says more than it.
    std::size_t beside = end;
    while (one_of(beside, {",", "the", "morning", "afternoon", "evening"})) ++beside;
    if (auto exact = beside < tokens_.size() ? day_of_month(beside) : std::nullopt; exact && exact->values.size() == 1)
        return Match{exact->end, exact->values};
    if (auto exact = beside < tokens_.size() ? month_day(beside) : std::nullopt; exact && exact->values.size() == 1)
        return Match{exact->end, exact->values};
    if (beside > end && norm(beside - 1) == "the") {
        if (const auto n = day_number(beside, true); n && tokens_[beside].ordinal) {
            for (int ahead = 0; ahead < 12; ++ahead) {  // The next month in which that date falls on that weekday.
                const YearMonth m = month_of(meeting_).plus(ahead);
                const auto candidate = make_day(m.year, m.month, *n);
                if (candidate && *candidate >= meeting_ && iso_weekday(*candidate) == day)
                    return Match{beside + 1, {day_value(*candidate)}};
            }
        }
    }
    std::size_t week = end;
    while (one_of(week, {"of", "in", "morning", "afternoon", "evening"})) ++week;
    if (const auto which = shift_word(week); which && norm(week + 1) == "week")
        return Match{week + 2, {day_value(monday_of(meeting_) + days{7 * *which + day - 1})}};
    if (norm(end) == "week" && !shift)
        return Match{end + 1, {day_value(nearest_weekday(meeting_, day, Tense::future) + days{7})}};
    if (norm(end) == "in" && end + 2 < tokens_.size() && tokens_[end + 1].number &&
        one_of(end + 2, {"weeks", "week"})) {
        return Match{end + 3,
                     {day_value(monday_of(meeting_) + days{7 * static_cast<int>(*tokens_[end + 1].number) + day - 1})}};
    }
    Day found = nearest_weekday(meeting_, day, shift && *shift < 0 ? Tense::past : Tense::future);
    if (shift && *shift > 0 && !coming && norm(i) == "next") found = monday_of(meeting_) + days{7 + day - 1};
    if (shift && *shift == 0) found = monday_of(meeting_) + days{day - 1};
    if (shift && *shift == 0 && found <= meeting_ && tense_around(tokens_, i, end) == Tense::future) found += days{7};
    if (!shift) found = nearest_weekday(meeting_, day, tense_around(tokens_, i, end));
    return Match{end, {day_value(found)}};
}

// "the 31st": not "the 2nd round".
DateReader::Found DateReader::bare_ordinal(std::size_t i) const {
    const auto n = day_number(i, true);
    if (!n || !tokens_[i].ordinal) {
        if (!n || tokens_[i].kind != TokenKind::word) return std::nullopt;
    }
    if (tokens_[i].kind == TokenKind::word && *n < 10) return std::nullopt;
    const bool the = before(i) == "the";
    if (!the && !(i > 0 && one_of(i - 1, {"on", "by", "until", "before", "after", "since", "from", "to"})))
        return std::nullopt;
    if (i + 1 < tokens_.size() && tokens_[i + 1].kind != TokenKind::mark && !tokens_[i + 1].after_newline) {
        const Token& next = tokens_[i + 1];
        const bool function_word = is(next, WordClass::conjunction) || is(next, WordClass::preposition) ||
                                   is(next, WordClass::be) || is(next, WordClass::modal) || is(next, WordClass::rep) ||
                                   is(next, WordClass::third) || is(next, WordClass::negation) ||
                                   is(next, WordClass::question) || is(next, WordClass::adverb) ||
                                   is(next, WordClass::determiner) || is(next, WordClass::it);
        // Dictation has no full stops: "on the 13th Acquah opens the shelf".
        const bool on_day = the && i > 1 && one_of(i - 2, {"on", "by", "until", "till", "before", "since"}) &&
                            tokens_[i].kind == TokenKind::number &&
                            (is(next, WordClass::verb) || next.capital || is(next, WordClass::possessive) ||
                             is(next, WordClass::our) || is(next, WordClass::have));
        if ((!function_word && !on_day) || norm(i + 1) == "of") return std::nullopt;
    }
    const Tense tense = tense_around(tokens_, the ? i - 1 : i, i + 1);
    YearMonth m = month_of(meeting_);
    for (int tries = 0; tries < 13; ++tries, m = m.plus(tense == Tense::future ? 1 : -1)) {
        const auto day = make_day(m.year, m.month, *n);
        if (day && (tense == Tense::future ? *day >= meeting_ : *day <= meeting_))
            return Match{i + 1, {day_value(*day)}, the ? i - 1 : no_begin};
    }
    return std::nullopt;
}

DateReader::Found DateReader::period(std::size_t i) const {
    const auto p = period_at(i, false);
    if (!p) return std::nullopt;
    return Match{p->end, {value_of(*p)}};
}

}  // namespace debrief::bot::understanding
