#include <algorithm>

#include "bot/understanding/date_reader.hpp"
#include "bot/understanding/date_words.hpp"
#include "bot/understanding/word_classes.hpp"

namespace debrief::bot::understanding {

using std::chrono::days;

std::optional<int> DateReader::shift_word(std::size_t i) const {
    if (one_of(i, {"this", "current"})) return 0;
    if (one_of(i, {"next", "coming", "upcoming"})) return 1;
    if (one_of(i, {"last", "previous"})) return -1;
    // "the following week"; but "following the audit".
    if (norm(i) == "following" && (before(i) == "the" || one_of(i + 1, {"week", "month", "quarter", "year"}))) return 1;
    return std::nullopt;
}

// A month word that is a month here: "may" may also be a verb, "April" a colleague.
bool DateReader::is_month(std::size_t i, bool trusted) const {
    if (i >= tokens_.size() || !month_word(norm(i)) || tokens_[i].kind != TokenKind::word) return false;
    const bool a_name = std::find(names_.begin(), names_.end(), norm(i)) != names_.end();
    if (!a_name && !is_doubtful_month(norm(i))) return true;
    if (trusted) return true;
    const auto number_next_to = [&](std::size_t k) {
        return k < tokens_.size() && tokens_[k].kind == TokenKind::number &&
               (tokens_[k].ordinal || (tokens_[k].number && (*tokens_[k].number <= 31 || *tokens_[k].number >= 1990)));
    };
    if (number_next_to(past_join(i + 1)) || (i > 0 && number_next_to(i - 1))) return true;
    if (joins_range(i + 1) && month_word(norm(i + 2))) return true;
    if (i == 0) return false;
    const bool preposition = one_of(
        i - 1, {"in",    "by",   "until", "since", "of",     "from", "early",   "mid",    "late",      "before",
                "after", "next", "last",  "end",   "during", "for",  "through", "around", "beginning", "between"});
    if (preposition && !a_name) return true;
    if (one_of(i - 1, {"in", "by", "until", "since", "during", "early", "mid", "late", "end"})) return true;
    const bool capital = tokens_[i].capital && !tokens_[i].after_newline && !one_of(i - 1, {".", "!", "?", ":", "*"});
    if (capital && !a_name) return true;
    return !a_name && one_of(i - 1, {"to", "and", "or", "-", "--", "/"}) && i > 1 &&
           month_word(norm(i - 2)).has_value();
}

bool DateReader::is_weekday(std::size_t i) const {
    if (i >= tokens_.size() || !weekday_word(norm(i))) return false;
    if (!is_doubtful_weekday(norm(i))) return true;
    if (i > 0 && one_of(i - 1, {"on", "by", "until", "next", "last", "this", "before", "after", "since", "from", "for",
                                "between"}))
        return true;
    return tokens_[i].capital && i > 0 && !one_of(i - 1, {".", "!", "?"});
}

std::optional<Period> DateReader::relative_period(std::size_t i, int shift, std::size_t from) const {
    Period p;
    p.end = i + 1;
    if (one_of(i, {"calendar", "fiscal", "financial", "business", "school", "budget"}) && norm(i + 1) == "year")
        return relative_period(i + 1, shift, from);
    // "over the last month" is a length of time.
    if (shift != 0 && from > 0 && norm(from - 1) == "the" && one_of(i, {"week", "month", "quarter", "year"}) &&
        from > 1 && one_of(from - 2, {"over", "in", "for", "during", "within", "of"}))
        return std::nullopt;
    const YearMonth here = month_of(meeting_);
    if (one_of(i, {"working", "business"}) && norm(i + 1) == "week") return relative_period(i + 1, shift, from);
    if (norm(i) == "week" || norm(i) == "weekend") {
        p.unit = norm(i) == "week" ? Unit::week : Unit::weekend;
        p.day = monday_of(meeting_) + days{7 * shift};
        if (shift == 1 && one_of(from, {"coming", "upcoming"}) && p.unit == Unit::weekend) p.day = monday_of(meeting_);
        return p;
    }
    if (norm(i) == "month") {
        const YearMonth m = here.plus(shift);
        p.unit = Unit::month;
        p.year = m.year;
        p.part = m.month;
        return p;
    }
    if (norm(i) == "quarter") {
        const YearMonth m = here.plus(3 * shift);
        p.unit = Unit::quarter;
        p.year = m.year;
        p.part = (m.month - 1) / 3 + 1;
        return p;
    }
    if (norm(i) == "half" && norm(i + 1) != "a") {
        const YearMonth m = here.plus(6 * shift);
        p.unit = Unit::half;
        p.year = m.year;
        p.part = m.month <= 6 ? 1 : 2;
        return p;
    }
    if (norm(i) == "year") {
        p.year = year_of(meeting_) + shift;
        return p;
    }
    if (is_month(i, true)) {
        if (norm(i) == "may" && !tokens_[i].capital && one_of(from, {"this", "following"}))
            return std::nullopt;  // "this may take long"
        p.unit = Unit::month;
        p.part = *month_word(norm(i));
        p.year = here.year;
        if (shift > 0 && p.part <= here.month) ++p.year;
        if (shift < 0 && p.part >= here.month) --p.year;
        return p;
    }
    if (const auto season = season_word(norm(i))) {
        p.unit = Unit::season;
        p.part = *season;
        // Counted in quarters of a year that begins in March.
        const YearMonth shifted = here.plus(-2);
        const int current = (shifted.month - 1) / 3;
        p.year = shifted.year;
        if (shift > 0 && p.part <= current) ++p.year;
        if (shift < 0 && p.part >= current) --p.year;
        if (shift == 0 && p.part < current && tense_around(tokens_, from, p.end) == Tense::future &&
            shifted.year < here.year)
            ++p.year;
        return p;
    }
    return std::nullopt;
}

std::optional<Period> DateReader::month_period(std::size_t i, bool trusted) const {
    if (!is_month(i, trusted)) return std::nullopt;
    Period p{i + 1, Unit::month, 0, *month_word(norm(i))};
    if (norm(p.end) == "." && tokens_[i].norm.size() <= 4 && year_suffix(p.end + 1, false)) ++p.end;
    if (const auto suffix = year_suffix(p.end, false)) {
        p.end = suffix->end;
        p.year = suffix->value;
    } else {
        p.year = year_for_month(meeting_, p.part, tense_around(tokens_, i, p.end));
        p.open = Open::year;
    }
    return p;
}

std::optional<Period> DateReader::season_period(std::size_t i, bool trusted) const {
    const auto season = season_word(norm(i));
    if (!season) return std::nullopt;
    Period p{i + 1, Unit::season, 0, *season};
    if (const auto suffix = year_suffix(p.end, false)) {
        p.end = suffix->end;
        p.year = suffix->value;
        return p;
    }
    std::size_t k = i;
    if (k > 0 && norm(k - 1) == "the") --k;
    const bool introduced =
        k > 0 && one_of(k - 1, {"in", "into", "by", "until", "before", "after", "over", "during", "since", "early",
                                "mid", "late", "through", "for", "from", "come", "till", "til"});
    const bool ends_range = i > 1 && joins_range(i - 1) && season_word(norm(i - 2));
    if (!trusted && !introduced && !ends_range) return std::nullopt;
    if (norm(i) == "fall" && k > 0 && one_of(k - 1, {"after", "before", "the", "for", "from"}) && !trusted)
        return std::nullopt;
    const YearMonth shifted = month_of(meeting_).plus(-2);
    const int current = (shifted.month - 1) / 3;
    p.year = shifted.year;
    const Tense tense = tense_around(tokens_, i, p.end);
    if (tense == Tense::future && p.part < current) ++p.year;
    if (tense == Tense::past && p.part > current) --p.year;
    p.open = Open::year;
    return p;
}

std::optional<Period> DateReader::year_number(std::size_t i, bool trusted) const {
    if (i >= tokens_.size()) return std::nullopt;
    const Token& t = tokens_[i];
    if (t.kind == TokenKind::word && (norm(i).substr(0, 2) == "fy" || norm(i).substr(0, 2) == "cy") &&
        norm(i).size() >= 4) {
        int year = 0;
        for (const char c : norm(i).substr(2)) {
            if (c < '0' || c > '9') return std::nullopt;
            year = year * 10 + (c - '0');
        }
        if (year < 100) year += 2000;
        if (year < 1990 || year > 2060) return std::nullopt;
        return Period{i + 1, Unit::year, year};
    }
    if (one_of(i, {"year", "cy"})) {  // "the year 2019"
        if (auto p = year_number(i + 1, true)) return p;
    }
    const bool spoken_here = i > 0 && one_of(i - 1, {"in", "since", "until", "by", "from", "to", "before", "after"});
    // "two thousand" alone is a number.
    if (const auto spoken = spoken_year(i);
        spoken && (trusted || (spoken_here && (spoken->value != 2000 || joins_range(spoken->end)))) &&
        stands_alone(spoken->end))
        return Period{spoken->end, Unit::year, spoken->value};
    if (!is_year_figure(i)) return std::nullopt;
    const auto introduced = [&] {
        if (i == 0 || one_of(i - 1, {"in",     "since", "until",  "by",  "of",     "from",    "to",   "for",
                                     "before", "after", "during", "end", "early",  "mid",     "late", "the",
                                     "and",    "or",    "/",      "(",   "around", "through", "back"}))
            return true;
        if (norm(i - 1) == "than" && i > 1 && one_of(i - 2, {"later", "sooner", "earlier"})) return true;
        // A month or quarter may follow, or the other end of a range; a dash may stand before that other end.
        const std::size_t next = past_join(i + 1);
        if (is_month(next, false) || named_part(next)) return true;
        const bool and_other = norm(i - 1) == "between" && norm(i + 1) == "and";
        if ((joins_range(i + 1) || and_other) &&
            ((is_year_figure(i + 2) && stands_alone(i + 3)) || is_month(i + 2, false) || norm(i + 2) == "the"))
            return true;
        return i > 1 && one_of(i - 1, {"-", "--"}) && is_year_figure(i - 2);
    };
    if (!trusted && !introduced()) return std::nullopt;
    return Period{i + 1, Unit::year, static_cast<int>(*t.number)};
}

// "2025", unless it is money or counts something.
bool DateReader::is_year_figure(std::size_t i) const {
    if (i >= tokens_.size() || tokens_[i].kind != TokenKind::number || norm(i).size() != 4 ||
        norm(i).find_first_not_of("0123456789") != std::string_view::npos || !tokens_[i].number ||
        *tokens_[i].number < 1900 || *tokens_[i].number > 2060)
        return false;
    if (i + 1 < tokens_.size() && (is(tokens_[i + 1], WordClass::money) || is(tokens_[i + 1], WordClass::unit)))
        return false;
    return i == 0 || !is(tokens_[i - 1], WordClass::money);
}

// "Q3", "3q", "h2".
std::optional<Period> DateReader::named_part(std::size_t i) const {
    const std::string_view w = norm(i);
    if (w.size() != 2) return std::nullopt;
    const char letter = is_digit(w[0]) ? w[1] : w[0], figure = is_digit(w[0]) ? w[0] : w[1];
    if (letter == 'q' && figure >= '1' && figure <= '4') return Period{i + 1, Unit::quarter, 0, figure - '0'};
    if (w[0] == 'h' && (figure == '1' || figure == '2')) return Period{i + 1, Unit::half, 0, figure - '0'};
    return std::nullopt;
}

std::optional<Period> DateReader::named_period(std::size_t i, bool bare) const {
    const std::string_view w = norm(i);
    const auto with_year = [&](Period p, Tense tense, int current) {
        p.year = year_of(meeting_);
        if (const auto suffix = year_suffix(p.end, false)) {
            p.end = suffix->end;
            p.year = suffix->value;
            return p;
        }
        if (tense == Tense::future && p.part < current) ++p.year;
        if (tense == Tense::past && p.part > current) --p.year;
        p.open = Open::year;
        return p;
    };
    const int half_here = month_of(meeting_).month <= 6 ? 1 : 2;
    if (const auto part = named_part(i))
        return with_year(*part, tense_around(tokens_, i, i + 1),
                         part->unit == Unit::half ? half_here : quarter_of(meeting_));
    if (i < tokens_.size() && (tokens_[i].ordinal || w == "last")) {
        const int n = tokens_[i].ordinal ? *tokens_[i].ordinal : 0;
        if (norm(i + 1) == "quarter" && n >= 1 && n <= 4)
            return with_year({i + 2, Unit::quarter, 0, n}, tense_around(tokens_, i, i + 2), quarter_of(meeting_));
        if (norm(i + 1) == "half" && n >= 1 && n <= 2) {
            const bool introduced =
                i > 0 && (one_of(i - 1, {"in", "by", "until", "'s"}) ||
                          (norm(i - 1) == "the" && i > 1 &&
                           one_of(i - 2, {"in", "by", "until", "before", "after", "during", "for"})));
            if (year_suffix(i + 2, false) || (introduced && norm(i + 2) != "of"))
                return with_year({i + 2, Unit::half, 0, n}, tense_around(tokens_, i, i + 2), half_here);
        }
    }
    const bool glued = w.size() >= 2 && w.size() <= 4 &&
                       (w[0] == 'w' || w.substr(0, 2) == "cw" || w.substr(0, 2) == "kw") && w.back() >= '0' &&
                       w.back() <= '9';
    if (one_of(i, {"week", "cw", "kw"}) || glued) {
        int n = 0;
        std::size_t end = i + 1;
        if (glued) {
            for (const char c : w) {
                if (c >= '0' && c <= '9') n = n * 10 + (c - '0');
            }
        } else if (i + 1 < tokens_.size() && tokens_[i + 1].number && !tokens_[i + 1].ordinal) {
            n = static_cast<int>(*tokens_[i + 1].number);
            end = i + 2;
        }
        if (n >= 1 && n <= 53 && norm(end) != "percent" && norm(end) != "%") {
            Period p = with_year({end, Unit::week, 0, n}, tense_around(tokens_, i, end), iso_week_of(meeting_).week);
            p.day = numbered_week(p.year, n).day;
            return p;
        }
    }
    if (const auto m = month_period(i, bare)) return m;
    if (const auto s = season_period(i, bare)) return s;
    return year_number(i, bare);
}

std::optional<Period> DateReader::period_at(std::size_t i, bool bare) const {
    std::size_t k = i;
    if (bare && one_of(k, {"the", "our", "their", "his", "her", "my", "its"})) ++k;
    if (const auto shift = shift_word(k)) {
        if (const auto p = relative_period(k + 1, *shift, k)) return p;
    }
    if (const auto p = named_period(k, bare)) return p;
    if (bare && one_of(k, {"week", "month", "quarter", "half", "year", "calendar", "fiscal", "financial"}))
        return relative_period(k, 0, k);
    return std::nullopt;
}

}  // namespace debrief::bot::understanding
