// Dates in figures.
#include "bot/understanding/date_reader.hpp"
#include "bot/understanding/date_words.hpp"
#include "bot/understanding/word_classes.hpp"

namespace debrief::bot::understanding {
namespace {

/// "18/3/2025": up to three groups of figures with one mark between them, or a letter as in "2025-W12".
struct Groups {
    int values[3] = {0, 0, 0};
    std::size_t lengths[3] = {0, 0, 0};
    std::size_t count = 1;
    char separator = 0, letter = 0;
};

std::optional<Groups> groups_of(std::string_view norm) {
    Groups g;
    for (const char c : norm) {
        const std::size_t n = g.count - 1;
        if (is_digit(c)) {
            if (++g.lengths[n] > 4) return std::nullopt;
            g.values[n] = g.values[n] * 10 + (c - '0');
        } else if (c == '-' || c == '/' || c == '.') {
            if (++g.count > 3 || (g.separator != 0 && c != g.separator)) return std::nullopt;
            g.separator = c;
        } else if (g.letter == 0 && (c == 'w' || c == 'q' || c == 'h')) {
            if (n != 1 || g.lengths[1] != 0) return std::nullopt;
            g.letter = c;
        } else {
            return std::nullopt;
        }
    }
    return g;
}

bool is_year(int y) {
    return y >= 1970 && y <= 2060;
}

}  // namespace

// 2025-03-18, 18/3/2025, 18.03.2025, 2025-W12, 2025-03, 3/2025, 2025/26. The day comes before the month unless it
// cannot, or unless only the other order falls on the weekday that was said (0: none).
DateReader::Found DateReader::figures_on(std::size_t i, int weekday) const {
    const Token& t = tokens_[i];
    if (t.kind != TokenKind::number || t.norm.size() < 3) return std::nullopt;
    if (t.norm.size() == 3 && weekday == 0 && !one_of(i == 0 ? tokens_.size() : i - 1, {"on", "by", "until"}))
        return std::nullopt;
    const auto read = groups_of(t.norm);
    if (!read || read->count < 2) return std::nullopt;
    const auto& groups = read->values;
    const auto& lengths = read->lengths;
    const char separator = read->separator, letter = read->letter;
    const auto full = [&](int y, int m, int d) -> Found {
        if (y < 100) y = full_year(y);
        const auto day = make_day(y, m, d), turned = make_day(y, d, m);
        const bool turn = turned && (!day || (weekday != 0 && lengths[0] != 4 && iso_weekday(*day) != weekday &&
                                              iso_weekday(*turned) == weekday));
        if (!is_year(y) || (!day && !turned)) return std::nullopt;
        return Match{i + 1, {one_day(turn ? *turned : *day)}};
    };
    if (read->count == 3)
        return lengths[0] == 4                      ? full(groups[0], groups[1], groups[2])
               : lengths[2] == 4 || lengths[2] == 2 ? full(groups[2], groups[1], groups[0])
                                                    : std::nullopt;
    if (letter == 'w' && is_year(groups[0]) && groups[1] >= 1 && groups[1] <= 53)
        return Match{i + 1, {numbered_week(groups[0], groups[1])}};
    if (letter == 'q' && is_year(groups[0]) && groups[1] >= 1 && groups[1] <= 4)
        return Match{i + 1, {Period{0, Unit::quarter, groups[0], groups[1]}}};
    if (letter == 'h' && is_year(groups[0]) && (groups[1] == 1 || groups[1] == 2))
        return Match{i + 1, {Period{0, Unit::half, groups[0], groups[1]}}};
    if (letter != 0) return std::nullopt;
    const auto is_month_number = [](int m) { return m >= 1 && m <= 12; };
    if (lengths[0] == 4 && is_year(groups[0])) {
        if (lengths[1] == 4 && is_year(groups[1])) return Match{i + 1, {one_year(groups[0]), one_year(groups[1])}};
        if (lengths[1] == 2 && groups[1] == (groups[0] + 1) % 100 && (separator == '/' || groups[1] > 12))
            return Match{i + 1, {one_year(groups[0]), one_year(groups[0] + 1)}};
        if ((lengths[1] == 2 || separator == '/') && is_month_number(groups[1]) && separator != '.')
            return Match{i + 1, {one_month({groups[0], groups[1]})}};
        return std::nullopt;
    }
    const bool in = i > 0 && one_of(i - 1, {"in", "by", "since", "until", "from", "for"});
    if (lengths[1] == 4 && is_year(groups[1]) && is_month_number(groups[0]) &&
        (separator == '/' || (in && separator == '-')))
        return Match{i + 1, {one_month({groups[1], groups[0]})}};
    const bool introduced =
        weekday != 0 ||
        (i > 0 &&
         (one_of(i - 1, {"on",    "by", "until", "before", "since",    "from", "the", "till",    "thru", "through",
                         "after", "is", "due",   "for",    "starting", "to",   "and", "between", "ends", "of"}) ||
          is_weekday(i - 1)));
    const bool next_is_unit = i + 1 < tokens_.size() && (is(tokens_[i + 1], WordClass::unit) ||
                                                         is(tokens_[i + 1], WordClass::money) || norm(i + 1) == "%");
    if (introduced && !next_is_unit &&
        (separator == '/' || (separator == '.' && lengths[1] == 2 && norm(i + 1) == "."))) {
        // Day and month, or month and day: where both can be, the one that is nearer.
        const auto day = dated(groups[1], groups[0], std::nullopt, i, i + 1);
        const auto other = dated(groups[0], groups[1], std::nullopt, i, i + 1);
        const auto away = [&](Day d) { return d < meeting_ ? meeting_ - d : d - meeting_; };
        const auto falls_on = [&](const std::optional<Period>& p) { return p && iso_weekday(p->day) == weekday; };
        const bool turn = falls_on(day) != falls_on(other)
                              ? falls_on(other)
                              : other && (!day || (separator == '/' && away(other->day) < away(day->day)));
        if (turn) return Match{i + 1, {*other}};
        if (day) return Match{i + 1, {*day}};
    }
    return std::nullopt;
}

}  // namespace debrief::bot::understanding
