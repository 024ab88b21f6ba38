// Days that count from the meeting, and feasts.
#include "bot/understanding/date_reader.hpp"
#include "bot/understanding/date_words.hpp"
#include "bot/understanding/word_classes.hpp"

namespace debrief::bot::understanding {

using std::chrono::days;

DateReader::Found DateReader::near_day(std::size_t i) const {
    if (norm(i) == "day" && norm(i + 2) == "tomorrow" && norm(i + 1) == "after")
        return Match{i + 3, {day_value(meeting_ + days{2})}};
    if (norm(i) == "day" && norm(i + 2) == "yesterday" && norm(i + 1) == "before")
        return Match{i + 3, {day_value(meeting_ - days{2})}};
    if (norm(i) == "weekend" && before(i) == "the" && i > 1 &&
        one_of(i - 2, {"over", "at", "on", "by", "before", "after", "until"})) {
        const Day found = nearest_weekday(meeting_, 6, tense_around(tokens_, i - 1, i + 1));
        return Match{i + 1, {day_value(found)}, i - 1};
    }
    if (norm(i) == "overmorrow") return Match{i + 1, {day_value(meeting_ + days{2})}};
    if (norm(i) == "tomorrow") return Match{i + 1, {day_value(meeting_ + days{1})}};
    if (norm(i) == "yesterday") return Match{i + 1, {day_value(meeting_ - days{1})}};
    if (norm(i) == "last" && norm(i + 1) == "night") return Match{i + 2, {day_value(meeting_ - days{1})}};
    if (norm(i) == "week" && norm(i + 1) == "after" && norm(i + 2) == "next")
        return Match{i + 3, {week_value(iso_week_of(meeting_ + days{14}))}};
    if (norm(i) == "week" && norm(i + 1) == "before" && norm(i + 2) == "last")
        return Match{i + 3, {week_value(iso_week_of(meeting_ - days{14}))}};
    if (one_of(i, {"month", "year"}) &&
        ((norm(i + 1) == "after" && norm(i + 2) == "next") || (norm(i + 1) == "before" && norm(i + 2) == "last"))) {
        const int by = norm(i + 1) == "after" ? 2 : -2;
        return Match{
            i + 3, {norm(i) == "year" ? year_value(year_of(meeting_) + by) : month_value(month_of(meeting_).plus(by))}};
    }
    if (norm(i) == "week" && one_of(i + 1, {"of", "from", "beginning", "commencing"})) {
        std::size_t k = i + 2;
        while (one_of(k, {"the", "monday"})) ++k;
        for (const auto rule :
             {&DateReader::figures, &DateReader::day_of_month, &DateReader::month_day, &DateReader::bare_ordinal}) {
            if (k >= tokens_.size()) break;
            if (const auto day = (this->*rule)(k); day && day->values.size() == 1 && day->values[0].size() == 10) {
                const std::string& v = day->values[0];
                const auto parsed =
                    make_day(std::stoi(v.substr(0, 4)), std::stoi(v.substr(5, 2)), std::stoi(v.substr(8, 2)));
                return Match{day->end, {week_value(iso_week_of(*parsed))}};
            }
        }
    }
    return std::nullopt;
}

// "in ten days", "two weeks ago", "a fortnight from now", "a week from Tuesday".
DateReader::Found DateReader::distance(std::size_t i) const {
    std::size_t k = i;
    const bool in = norm(k) == "in";
    if (in) ++k;
    if (one_of(k, {"exactly", "about", "around", "roughly"})) ++k;
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
        return std::nullopt;
    }
    ++k;
    if (one_of(k, {"working", "business", "calendar", "more", "short", "full"})) ++k;
    std::string_view unit = norm(k);
    if (!unit.empty() && unit.back() == 's') unit.remove_suffix(1);
    if (unit == "fortnight") {
        unit = "week";
        count *= 2;
    }
    if (unit != "day" && unit != "week" && unit != "month" && unit != "year") return std::nullopt;
    ++k;
    int sign = 0;
    if (norm(k) == "ago") {
        sign = -1;
        ++k;
    } else if (norm(k) == "from" && one_of(k + 1, {"now", "today"})) {
        sign = 1;
        k += 2;
    } else if (unit == "week" && one_of(k, {"from", "on"}) && is_weekday(k + 1)) {
        const Day start = nearest_weekday(meeting_, *weekday_word(norm(k + 1)), Tense::future);
        return Match{k + 2, {day_value(start + days{7 * static_cast<int>(count)})}};
    } else if (in && before(i) != "once" && before(i) != "twice" && before(i) != "times" && !one_of(k, {"a", "per"})) {
        // "three drivers lost in two months" is a length of time.
        if (unit == "year" || tense_around(tokens_, i, k) == Tense::past) return std::nullopt;
        sign = 1;
        if (norm(k) == "'s" || norm(k) == "'") ++k;
        if (norm(k) == "time") ++k;
    }
    if (sign == 0) return std::nullopt;
    const double signed_count = sign * count;
    if (unit == "day" || unit == "week") {
        return Match{k, {day_value(meeting_ + days{static_cast<int>(signed_count * (unit == "week" ? 7 : 1))})}};
    }
    if (unit == "month") return Match{k, {month_value(month_of(meeting_).plus(static_cast<int>(signed_count)))}};
    if (count == 0.5) return Match{k, {month_value(month_of(meeting_).plus(6 * sign))}};
    return Match{k, {year_value(year_of(meeting_) + static_cast<int>(signed_count))}};
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
        if (const auto suffix = year_suffix(end)) {
            year = suffix->year;
            end = suffix->end;
        } else {
            const Tense tense = shift && *shift < 0   ? Tense::past
                                : shift && *shift > 0 ? Tense::future
                                                      : tense_around(tokens_, i, end);
            if (tense == Tense::future && *this_year < meeting_) ++year;
            if (tense == Tense::past && *this_year > meeting_) --year;
        }
        return Match{end, {day_value(*feast(names[n], year))}};
    }
    return std::nullopt;
}

}  // namespace debrief::bot::understanding
