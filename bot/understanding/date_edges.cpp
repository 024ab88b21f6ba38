// Dates in figures, and days counted from the edges of a period.
#include <algorithm>

#include "bot/understanding/date_reader.hpp"
#include "bot/understanding/date_words.hpp"
#include "bot/understanding/word_classes.hpp"

namespace debrief::bot::understanding {

using std::chrono::days;

// 2025-03-18, 18/3/2025, 18.03.2025, 2025-W12, 2025-03, 2025/26.
DateReader::Found DateReader::figures(std::size_t i) const {
    const Token& t = tokens_[i];
    if (t.kind != TokenKind::number || t.norm.size() < 4) return std::nullopt;
    int groups[3] = {0, 0, 0};
    std::size_t lengths[3] = {0, 0, 0};
    std::size_t n = 0;
    char separator = 0, letter = 0;
    for (const char c : t.norm) {
        if (c >= '0' && c <= '9') {
            if (++lengths[n] > 4) return std::nullopt;
            groups[n] = groups[n] * 10 + (c - '0');
        } else if (c == '-' || c == '/' || c == '.') {
            if (++n > 2 || (separator != 0 && c != separator)) return std::nullopt;
            separator = c;
        } else if (letter == 0 && n == 1 && lengths[1] == 0 && (c == 'w' || c == 'q' || c == 'h')) {
            letter = c;
        } else {
            return std::nullopt;
        }
    }
    const auto is_year = [](int y) { return y >= 1970 && y <= 2060; };
    const auto full = [&](int y, int m, int d) -> Found {
        if (y < 100) y += 2000;
        if (m > 12) std::swap(m, d);
        const auto day = make_day(y, m, d);
        if (!day || !is_year(y)) return std::nullopt;
        return Match{i + 1, {day_value(*day)}};
    };
    if (n == 2)
        return lengths[0] == 4                      ? full(groups[0], groups[1], groups[2])
               : lengths[2] == 4 || lengths[2] == 2 ? full(groups[2], groups[1], groups[0])
                                                    : std::nullopt;
    if (n != 1) return std::nullopt;
    if (letter == 'w' && is_year(groups[0]) && groups[1] >= 1 && groups[1] <= 53)
        return Match{i + 1, {week_value({groups[0], groups[1]})}};
    if (letter == 'q' && is_year(groups[0]) && groups[1] >= 1 && groups[1] <= 4)
        return Match{i + 1, {quarter_value(groups[0], groups[1])}};
    if (letter == 'h' && is_year(groups[0]) && (groups[1] == 1 || groups[1] == 2))
        return Match{i + 1, {half_value(groups[0], groups[1])}};
    if (letter != 0) return std::nullopt;
    if (lengths[0] == 4 && is_year(groups[0])) {
        if (lengths[1] == 4 && is_year(groups[1])) return Match{i + 1, {year_value(groups[0]), year_value(groups[1])}};
        if (lengths[1] == 2 && groups[1] == (groups[0] + 1) % 100 && (separator == '/' || groups[1] > 12))
            return Match{i + 1, {year_value(groups[0]), year_value(groups[0] + 1)}};
        if (lengths[1] == 2 && groups[1] >= 1 && groups[1] <= 12 && separator != '.')
            return Match{i + 1, {month_value({groups[0], groups[1]})}};
        return std::nullopt;
    }
    const bool introduced =
        i > 0 &&
        (one_of(i - 1, {"on",    "by", "until", "before", "since",    "from", "the", "till",    "thru", "through",
                        "after", "is", "due",   "for",    "starting", "to",   "and", "between", "ends", "of"}) ||
         is_weekday(i - 1));
    const bool next_is_unit = i + 1 < tokens_.size() && (is(tokens_[i + 1], WordClass::unit) ||
                                                         is(tokens_[i + 1], WordClass::money) || norm(i + 1) == "%");
    if (introduced && !next_is_unit &&
        (separator == '/' || (separator == '.' && lengths[1] == 2 && norm(i + 1) == ".")) && groups[0] >= 1 &&
        groups[0] <= 31 && groups[1] >= 1 && groups[1] <= 31 && (groups[0] <= 12 || groups[1] <= 12)) {
        // Day and month, or month and day: where both can be, the one that is nearer.
        bool ok = false, other_ok = false;
        const Day day = groups[1] <= 12 ? dated(groups[1], groups[0], std::nullopt, i, i + 1, ok) : Day{};
        const Day other = groups[0] <= 12 ? dated(groups[0], groups[1], std::nullopt, i, i + 1, other_ok) : Day{};
        const auto away = [&](Day d) { return d < meeting_ ? meeting_ - d : d - meeting_; };
        if (other_ok && (!ok || (separator == '/' && away(other) < away(day)))) return Match{i + 1, {day_value(other)}};
        if (ok) return Match{i + 1, {day_value(day)}};
    }
    return std::nullopt;
}

// "end of May", "EOQ", "month end", "mid 2026", "beginning of next week".
DateReader::Found DateReader::edge_of_period(std::size_t i) const {
    const YearMonth here = month_of(meeting_);
    if (norm(i) == "eoq") return Match{i + 1, {day_value(last_day({here.year, quarter_of(meeting_) * 3}))}};
    if (norm(i) == "eom") return Match{i + 1, {day_value(last_day(here))}};
    if (norm(i) == "eoy") return Match{i + 1, {day_value(last_day({here.year, 12}))}};
    if (norm(i) == "eow") return Match{i + 1, {day_value(monday_of(meeting_) + days{4})}};
    if (one_of(i, {"quarter-end", "month-end", "year-end"}) ||
        (one_of(i, {"quarter", "month", "year", "week"}) &&
         (norm(i + 1) == "end" || (norm(i + 1) == "'s" && norm(i + 2) == "end")))) {
        const std::size_t end = i + (norm(i).find('-') != std::string_view::npos ? 1U : norm(i + 1) == "end" ? 2U : 3U);
        const char c = norm(i).front();
        return Match{end,
                     {day_value(c == 'q'   ? last_day({here.year, quarter_of(meeting_) * 3})
                                : c == 'm' ? last_day(here)
                                : c == 'w' ? monday_of(meeting_) + days{4}
                                           : last_day({here.year, 12}))}};
    }
    if (norm(i) == "end" || norm(i) == "close") {
        const std::size_t k = norm(i + 1) == "of" ? i + 2 : i + 1;
        if (norm(i) == "close" && k == i + 1) return std::nullopt;
        const auto p =
            k == i + 2 ? period_at(k, true)
            : shift_word(k) || is_month(k, true) || year_number(k, true) || (norm(k).size() == 2 && norm(k)[0] == 'q')
                ? period_at(k, false)
                : std::nullopt;
        if (p && p->unit != Unit::weekend) return Match{p->end, {day_value(last_day_of(*p))}};
    }
    if (one_of(i, {"early", "mid", "late"})) {
        std::size_t k = i + 1;
        if (norm(k) == "-") ++k;
        if (one_of(k, {"in", "to"})) ++k;
        if (const auto p = period_at(
                k, shift_word(k).has_value() || month_word(norm(k)).has_value() || season_word(norm(k)).has_value() ||
                       (k < tokens_.size() && tokens_[k].kind == TokenKind::number && norm(k).size() == 4));
            p && (p->unit != Unit::week || shift_word(k)))
            return Match{p->end, {value_of(*p)}};
    }
    if (one_of(i, {"beginning", "start", "middle", "first"}) && norm(i + 1) == "of") {
        if (norm(i) != "first") {
            if (const auto p = period_at(i + 2, true)) return Match{p->end, {value_of(*p)}};
        }
    }
    return std::nullopt;
}

// "the last Saturday of November", "first weekend of May", "second week of June".
DateReader::Found DateReader::counted_in_period(std::size_t i) const {
    const bool last = norm(i) == "last" || norm(i) == "final";
    if (!last && !(tokens_[i].ordinal && *tokens_[i].ordinal <= 5)) return std::nullopt;
    const int n = last ? 0 : *tokens_[i].ordinal;
    std::size_t k = i + 1;
    if (norm(k) == "working" || norm(k) == "full") ++k;
    const auto weekday = weekday_word(norm(k));
    const bool weekend = norm(k) == "weekend", week = norm(k) == "week", day = norm(k) == "day";
    if (!weekday && !weekend && !week && !day) return std::nullopt;
    const bool of = one_of(k + 1, {"of", "in"});
    if (!of) return std::nullopt;
    const auto p = period_at(k + 2, true);
    if (!p || (p->unit != Unit::month && !(p->unit == Unit::year && (day || week)) && p->unit != Unit::quarter))
        return std::nullopt;
    const int closing = p->unit == Unit::year ? 12 : p->unit == Unit::quarter ? p->part * 3 : p->part;
    const int opening = p->unit == Unit::year ? 1 : p->unit == Unit::quarter ? p->part * 3 - 2 : p->part;
    const YearMonth m{p->year, last ? closing : opening};
    if (day) return n > 1 ? Found{} : Match{p->end, {day_value(last ? last_day(m) : *make_day(m.year, m.month, 1))}};
    if (week) {
        const Day monday = last ? monday_of(last_day(m)) : monday_of(*nth_weekday(m, 4, 1)) + days{7 * (n - 1)};
        return Match{p->end, {week_value(iso_week_of(monday))}};
    }
    const auto found = nth_weekday(m, weekend ? 6 : *weekday, n);
    if (!found) return std::nullopt;
    return Match{p->end, {day_value(*found)}};
}

}  // namespace debrief::bot::understanding
