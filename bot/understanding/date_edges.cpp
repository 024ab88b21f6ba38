// Days and weeks counted from the edges of a period.
#include "bot/understanding/date_reader.hpp"
#include "bot/understanding/date_words.hpp"

namespace debrief::bot::understanding {

using std::chrono::days;

// "end of May", "EOQ", "month end", "mid 2026", "beginning of next week".
DateReader::Found DateReader::edge_of_period(std::size_t i) const {
    const YearMonth here = month_of(meeting_);
    if (norm(i) == "eoq") return Match{i + 1, {one_day(last_day({here.year, quarter_of(meeting_) * 3}))}};
    if (norm(i) == "eom") return Match{i + 1, {one_day(last_day(here))}};
    if (norm(i) == "eoy") return Match{i + 1, {one_day(last_day({here.year, 12}))}};
    if (norm(i) == "eow") return Match{i + 1, {one_day(monday_of(meeting_) + days{4})}};
    if (one_of(i, {"quarter-end", "month-end", "year-end"}) ||
        (one_of(i, {"quarter", "month", "year", "week"}) &&
         (norm(i + 1) == "end" || (norm(i + 1) == "'s" && norm(i + 2) == "end")))) {
        const std::size_t end = i + (norm(i).find('-') != std::string_view::npos ? 1U : norm(i + 1) == "end" ? 2U : 3U);
        const char c = norm(i).front();
        return Match{end,
                     {one_day(c == 'q'   ? last_day({here.year, quarter_of(meeting_) * 3})
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
        if (p && p->unit != Unit::weekend) return Match{p->end, {one_day(last_day_of(*p), p->open)}};
    }
    if (one_of(i, {"earlier", "later"}) && norm(i + 1) == "in" && norm(i + 2) == "the") {
        if (const auto p = relative_period(i + 3, 0, i)) return Match{p->end, {*p}};
    }
    if (one_of(i, {"early", "mid", "late"})) {
        std::size_t k = i + 1;
        if (norm(k) == "-") ++k;
        if (one_of(k, {"in", "to"})) ++k;
        if (const auto p = period_at(
                k, shift_word(k).has_value() || month_word(norm(k)).has_value() || season_word(norm(k)).has_value() ||
                       (k < tokens_.size() && tokens_[k].kind == TokenKind::number && norm(k).size() == 4));
            p && (p->unit != Unit::week || shift_word(k)))
            return Match{p->end, {*p}};
    }
    if (one_of(i, {"beginning", "start", "middle", "first"}) && norm(i + 1) == "of") {
        if (norm(i) != "first") {
            if (const auto p = period_at(i + 2, true)) return Match{p->end, {*p}};
        }
    }
    return std::nullopt;
}

// "the last Saturday of November", "first weekend of May", "second week of June", "third month of 2021".
DateReader::Found DateReader::counted_in_period(std::size_t i) const {
    const bool last = norm(i) == "last" || norm(i) == "final";
    if (!last && !(tokens_[i].ordinal && *tokens_[i].ordinal <= 12)) return std::nullopt;
    const int n = last ? 0 : *tokens_[i].ordinal;
    std::size_t k = i + 1;
    if (norm(k) == "working" || norm(k) == "full") ++k;
    const auto weekday = weekday_word(norm(k));
    const bool weekend = norm(k) == "weekend", week = norm(k) == "week", day = norm(k) == "day";
    const bool month = norm(k) == "month" && !last;
    if (!weekday && !weekend && !week && !day && !month) return std::nullopt;
    if (n > 5 && !month) return std::nullopt;
    const bool of = one_of(k + 1, {"of", "in"});
    if (!of && !shift_word(k + 1)) return std::nullopt;
    const auto p = period_at(of ? k + 2 : k + 1, of);
    if (!p ||
        (p->unit != Unit::month && !(p->unit == Unit::year && (day || week || month)) && p->unit != Unit::quarter))
        return std::nullopt;
    const int closing = p->unit == Unit::year ? 12 : p->unit == Unit::quarter ? p->part * 3 : p->part;
    const int opening = p->unit == Unit::year ? 1 : p->unit == Unit::quarter ? p->part * 3 - 2 : p->part;
    if (month)
        return opening + n - 1 <= closing ? Found{Match{p->end, {one_month({p->year, opening + n - 1})}}} : Found{};
    const YearMonth m{p->year, last ? closing : opening};
    if (day)
        return n > 1 ? Found{} : Match{p->end, {one_day(last ? last_day(m) : *make_day(m.year, m.month, 1), p->open)}};
    // A week belongs to the month of its Thursday.
    if (week)
        return Match{p->end, {one_week(last ? *nth_weekday(m, 4, 0) : *nth_weekday(m, 4, 1) + days{7 * (n - 1)})}};
    const auto found = nth_weekday(m, weekend ? 6 : *weekday, n);
    if (!found) return std::nullopt;
    return Match{p->end, {one_day(*found)}};
}

}  // namespace debrief::bot::understanding
