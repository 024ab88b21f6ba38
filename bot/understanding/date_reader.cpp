#include "bot/understanding/date_reader.hpp"

#include <algorithm>

#include "bot/understanding/word_classes.hpp"

namespace debrief::bot::understanding {

std::vector<FoundDate> find_dates(std::vector<Token>& tokens, Day meeting, const std::vector<std::string>& names) {
    return DateReader{tokens, meeting, names}.run();
}

std::vector<FoundDate> DateReader::run() {
    std::vector<Match> matches;
    for (std::size_t i = 0; i < tokens_.size();) {
        Found match = try_all(i);
        // "they test on 3 May and decide the following week": it follows what was named before it.
        if (match && norm(i) == "following" && !matches.empty() &&
            tokens_[matches.back().begin].sentence == tokens_[i].sentence)
            match = DateReader{tokens_, last_day_of(matches.back().values.back()), names_}.try_all(i);
        if (!match) {
            ++i;
            continue;
        }
        if (match->begin == no_begin) match->begin = i;
        i = std::max(match->end, i + 1);
        if (repeats(match->begin) || (!matches.empty() && joined(matches.back(), *match))) continue;
        matches.push_back(std::move(*match));
    }
    for (std::size_t n = 1; n < matches.size(); ++n) settle_range(matches[n - 1], matches[n]);
    std::vector<FoundDate> found;
    for (const Match& match : matches) {
        for (const Period& value : match.values) found.push_back({match.begin, match.end, value_of(value)});
        for (std::size_t k = match.begin; k < match.end; ++k) mark(tokens_[k], WordClass::date);
    }
    return found;
}

DateReader::Found DateReader::try_all(std::size_t i) const {
    static constexpr Rule rules[] = {&DateReader::figures,  &DateReader::edge_of_period, &DateReader::counted_in_period,
                                     &DateReader::weekday,  &DateReader::day_of_month,   &DateReader::month_day,
                                     &DateReader::near_day, &DateReader::distance,       &DateReader::feast_day,
                                     &DateReader::period,   &DateReader::bare_ordinal};
    return first_of(rules, i);
}

// A day on its own, for what counts from it.
DateReader::Found DateReader::try_day(std::size_t i) const {
    static constexpr Rule rules[] = {
        &DateReader::figures,        &DateReader::edge_of_period, &DateReader::counted_in_period,
        &DateReader::weekday,        &DateReader::day_of_month,   &DateReader::month_day,
        &DateReader::plain_near_day, &DateReader::feast_day,      &DateReader::bare_ordinal};
    return first_of(rules, i);
}

template <std::size_t N>
DateReader::Found DateReader::first_of(const Rule (&rules)[N], std::size_t i) const {
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

bool DateReader::one_of(std::size_t i, std::initializer_list<std::string_view> words) const {
    return std::find(words.begin(), words.end(), norm(i)) != words.end();
}

}  // namespace debrief::bot::understanding
