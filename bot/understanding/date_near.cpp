// Days that count from the meeting, and feasts.
#include "bot/understanding/date_reader.hpp"
#include "bot/understanding/date_words.hpp"
#include "bot/understanding/word_classes.hpp"

namespace debrief::bot::understanding {

using std::chrono::days;

DateReader::Found DateReader::near_day(std::size_t i) const {
    if (auto week = week_of_day(i)) return week;
    return plain_near_day(i);
}

DateReader::Found DateReader::plain_near_day(std::size_t i) const {
    if (norm(i) == "day" && norm(i + 2) == "tomorrow" && norm(i + 1) == "after")
        return Match{i + 3, {one_day(meeting_ + days{2})}};
    if (norm(i) == "day" && norm(i + 2) == "yesterday" && norm(i + 1) == "before")
        return Match{i + 3, {one_day(meeting_ - days{2})}};
    if (norm(i) == "overmorrow") return Match{i + 1, {one_day(meeting_ + days{2})}};
    if (norm(i) == "tomorrow") return Match{i + 1, {one_day(meeting_ + days{1})}};
    if (norm(i) == "yesterday") return Match{i + 1, {one_day(meeting_ - days{1})}};
    if (norm(i) == "last" && norm(i + 1) == "night") return Match{i + 2, {one_day(meeting_ - days{1})}};
    if (one_of(i, {"week", "weekend", "month", "year"})) {
        // "the week after next", "the month before the last"
        const std::size_t k = norm(i + 2) == "the" ? i + 3 : i + 2;
        const int by = norm(i + 1) == "after" && norm(k) == "next"    ? 2
                       : norm(i + 1) == "before" && norm(k) == "last" ? -2
                                                                      : 0;
        if (const auto p = by != 0 ? relative_period(i, by, 0) : std::nullopt) return Match{k + 1, {*p}};
    }
    if (norm(i) == "weekend" && before(i) == "the" && i > 1 &&
        one_of(i - 2, {"over", "at", "on", "by", "before", "after", "until"})) {
        const Day found = nearest_weekday(meeting_, 6, tense_around(tokens_, i - 1, i + 1));
        return Match{i + 1, {one_day(found)}, i - 1};
    }
    return std::nullopt;
}

// "the week of 4 February", "the week starting on the 4th", "w/c Monday".
DateReader::Found DateReader::week_of_day(std::size_t i) const {
    std::size_t k = i;
    if (norm(i) == "week" && one_of(i + 1, {"of", "from", "beginning", "commencing", "starting"})) {
        k = norm(i + 2) == "on" ? i + 3 : i + 2;
    } else if (norm(i) == "with" && norm(i + 1) == "/" && norm(i + 2) == "c") {
        k = i + 3;
    } else {
        return std::nullopt;
    }
    if (norm(k) == "the") ++k;
    if (k >= tokens_.size() || (norm(i + 1) == "from" && is_weekday(k))) return std::nullopt;
    const auto day = try_day(k);
    if (!day || day->values.size() != 1 || day->values[0].unit != Unit::day) return std::nullopt;
    return Match{day->end, {one_week(day->values[0].day)}};
}

DateReader::Found DateReader::feast_day(std::size_t i) const {
    const auto shift = shift_word(i);
    const std::size_t start = shift && i + 1 < tokens_.size() ? i + 1 : i;
    if (tokens_[start].kind != TokenKind::word) return std::nullopt;
    std::string name;
    std::vector<std::size_t> ends;
    std::vector<std::string> names;
    for (std::size_t k = start; k < tokens_.size() && k < start + 4; ++k) {
        if (tokens_[k].norm == ".") continue;
        name += (name.empty() ? "" : " ") + tokens_[k].norm;
        names.push_back(name);
        ends.push_back(k + 1);
    }
    const int here = year_of(meeting_);
    for (std::size_t n = names.size(); n-- > 0;) {
        const auto this_year = feast(names[n], here);
        if (!this_year) continue;
        if (names[n] == "new year" && (before(start) == "a" || before(start) == "happy" ||
                                       (before(start) == "the" && start > 1 && norm(start - 2) == "in")))
            return std::nullopt;
        if ((names[n] == "ascension" || names[n] == "advent") && !tokens_[start].capital) continue;
        std::size_t end = ends[n];
        int year = here;
        Open open = Open::nothing;
        if (const auto suffix = year_suffix(end, false)) {
            year = suffix->value;
            end = suffix->end;
        } else {
            const Tense tense = shift && *shift < 0   ? Tense::past
                                : shift && *shift > 0 ? Tense::future
                                                      : tense_around(tokens_, i, end);
            if (tense == Tense::future && *this_year < meeting_) ++year;
            if (tense == Tense::past && *this_year > meeting_) --year;
            if (!shift && is_fixed_feast(names[n])) open = Open::year;
        }
        return Match{end, {one_day(*feast(names[n], year), open)}};
    }
    return std::nullopt;
}

}  // namespace debrief::bot::understanding
