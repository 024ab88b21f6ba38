// Weekdays, alone and with what says which one is meant.
#include "bot/understanding/date_reader.hpp"
#include "bot/understanding/date_words.hpp"

namespace debrief::bot::understanding {

using std::chrono::days;

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
    if (auto exact = beside_weekday(k, day)) return exact;
    std::size_t end = k + 1;
    if (norm(end) == "." && norm(k).size() <= 4 && end + 1 < tokens_.size() &&
        tokens_[end + 1].kind == TokenKind::number)
        ++end;
    std::size_t week = end;
    while (one_of(week, {"of", "in", "the", "morning", "afternoon", "evening"})) ++week;
    if (const auto which = shift_word(week); which && norm(week + 1) == "week")
        return Match{week + 2, {one_day(monday_of(meeting_) + days{7 * *which + day - 1})}};
    if (norm(end) == "week" && !shift)
        return Match{end + 1, {one_day(nearest_weekday(meeting_, day, Tense::future) + days{7})}};
    // "Friday in two weeks", "Monday, two weeks from now"
    const std::size_t after = one_of(end, {",", "in"}) ? end + 1 : end;
    if (const auto away = length_at(after);
        away && away->days % 7 == 0 && away->months == 0 && away->working_days == 0) {
        const bool from_now = norm(away->end) == "from" && one_of(away->end + 1, {"now", "today"});
        if (from_now || norm(end) == "in")
            return Match{away->end + (from_now ? 2 : 0), {one_day(monday_of(meeting_) + days{away->days + day - 1})}};
    }
    Day found = nearest_weekday(meeting_, day, shift && *shift < 0 ? Tense::past : Tense::future);
    if (shift && *shift > 0 && !coming && one_of(i, {"next", "following"}))
        found = monday_of(meeting_) + days{7 + day - 1};
    if (shift && *shift == 0) found = monday_of(meeting_) + days{day - 1};
    if (shift && *shift == 0 && found <= meeting_ && tense_around(tokens_, i, end) == Tense::future) found += days{7};
    if (!shift) found = nearest_weekday(meeting_, day, tense_around(tokens_, i, end));
    return Match{end, {one_day(found, shift ? Open::nothing : Open::week)}};
}

// An exact date beside the weekday says more than it: "Tuesday, 3/11/2025", "Thursday the 4th", "Mon 13th".
DateReader::Found DateReader::beside_weekday(std::size_t i, int weekday) const {
    std::size_t k = i + 1;
    if (norm(k) == "." && norm(i).size() <= 4) ++k;
    while (one_of(k, {",", "the", "(", "morning", "afternoon", "evening"})) ++k;
    k = past_join(k);
    if (k >= tokens_.size()) return std::nullopt;
    if (auto exact = figures_on(k, weekday); exact && exact->values.size() == 1 && k <= i + 2) return exact;
    for (const Rule rule : {&DateReader::day_of_month, &DateReader::month_day}) {
        if (auto exact = (this->*rule)(k); exact && exact->values.size() == 1) return Match{exact->end, exact->values};
    }
    const auto n = day_number(k);
    if (!n || !stands_alone(n->end) || (!n->figure && before(k) != "the")) return std::nullopt;
    // "Monday 9" may be an hour, and "Monday 20 or so were missing".
    if (!n->ordinal && (n->value <= 12 || before(k) == "," || !ends_phrase(n->end))) return std::nullopt;
    const Tense tense = tense_around(tokens_, i, n->end);
    std::optional<Day> day = day_near(n->value, meeting_, tense);
    const std::optional<Day> nearest = day;
    for (int months = 0; day && iso_weekday(*day) != weekday && months < 14; ++months)
        day = day_near(n->value, *day + days{tense == Tense::future ? 1 : -1}, tense);
    if (day && iso_weekday(*day) != weekday) day = nearest;
    if (!day) return std::nullopt;
    return Match{n->end, {one_day(*day)}};
}

}  // namespace debrief::bot::understanding
