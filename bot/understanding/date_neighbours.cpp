// Dates that stand side by side: the parts of one date, and the two ends of a range.
#include "bot/understanding/date_reader.hpp"

namespace debrief::bot::understanding {
namespace {

using std::chrono::days;

constexpr std::size_t moved_reach = 4;  // Words between "moved" and the day that it was moved from.

bool has_year(Unit unit) {
    return unit != Unit::week && unit != Unit::weekend && unit != Unit::year;
}

// The end that leaves more open follows the other one.
void put_in_order(Period& a, Period& b, Tense tense) {
    const bool backwards = last_day_of(b) < first_day_of(a);
    if (a.open < b.open) {
        b = not_before(b, a);
    } else if (b.open < a.open) {
        if (backwards || a.open != Open::week) a = not_after(a, b);
    } else if (backwards) {
        // Monday comes first whichever Friday is nearer, and December before May; but days in the midst of which the
        // meeting lies have begun.
        const bool over_new_year = a.open == Open::year && a.unit != Unit::day && a.unit == b.unit && a.part > b.part;
        if (over_new_year || (a.open == Open::week && tense == Tense::future)) {
            b = stepped(b, 1);
        } else {
            a = stepped(a, -1);
        }
    }
}

}  // namespace

// "next week on Friday", "2017 Q1", "next year's first quarter": the second completes the first.
bool DateReader::joined(Match& before, const Match& after) const {
    if (before.values.size() != 1 || after.values.size() != 1) return false;
    const Period& a = before.values[0];
    Period b = after.values[0];
    std::size_t k = before.end;
    const bool ends = after.end >= tokens_.size() || tokens_[after.end].kind == TokenKind::mark;
    if (b.unit == Unit::week && a.open == Open::week && norm(k) == "," && k + 1 == after.begin && ends) {
        b = one_day(b.day + days{iso_weekday(a.day) - 1});  // "on Tuesday, next week."
    } else if (a.unit == Unit::week && b.open == Open::week) {
        if (one_of(k, {"on", "from", "between", "-"}) || (norm(k) == "," && ends)) ++k;
        if (k != after.begin) return false;
        b = one_day(a.day + days{iso_weekday(b.day) - 1});
    } else if (a.unit == Unit::year && b.open == Open::year && has_year(b.unit)) {
        k = past_join(k);
        if (norm(k) == "'s" || norm(k) == "in") ++k;
        if (norm(k) == "the") ++k;
        if (k < after.begin || after.begin < before.end) return false;
        b = stepped(b, a.year - (b.unit == Unit::day ? year_of(b.day) : b.year));
        b.open = Open::nothing;
    } else {
        return false;
    }
    before.values = {b};
    before.end = after.end;
    return true;
}

// The ends of "from Monday to Friday", "Dec 20 - Jan 6" and "May to October 2026" say for each other what they leave
// open, and lie in that order.
void DateReader::settle_range(Match& first, Match& second) const {
    if (first.values.size() != 1 || second.values.size() != 1) return;
    Period &a = first.values[0], &b = second.values[0];
    const std::size_t joint = first.end;
    const bool next_to = joint + 1 == second.begin || (joint + 2 == second.begin && one_of(joint + 1, {"the", "on"}));
    if (!next_to) return;
    const std::size_t start = first.begin > 0 && norm(first.begin - 1) == "the" ? first.begin - 1 : first.begin;
    bool between = before(start) == "between";
    for (std::size_t i = start; i < first.end; ++i) between = between || norm(i) == "between";
    if (joins_range(joint) || (norm(joint) == "and" && between)) {
        if (is_moved(start) || before(start) == "since") return;  // Each end has its own direction.
        const Tense tense = tense_around(tokens_, start, second.end);
        a = fitted(a, meeting_, tense);
        b = fitted(b, meeting_, tense);
        put_in_order(a, b, tense);
    } else if (one_of(joint, {"and", "or"}) && a.open == Open::year && a.unit == b.unit &&
               is_year_figure(second.end - 1)) {
        a = not_after(a, b);  // "in May and June 2026"
    }
}

// "They moved it from June to May": a range would run backwards.
bool DateReader::is_moved(std::size_t from) const {
    for (std::size_t i = from; i > 0 && from - i < moved_reach; --i) {
        for (const std::string_view stem : {"move", "postpon", "push", "pull", "shift", "slip", "delay", "bring"}) {
            if (tokens_[i - 1].stem == stem) return true;
        }
    }
    return false;
}

}  // namespace debrief::bot::understanding
