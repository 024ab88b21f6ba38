// Finds every expression that points to one calendar time, and says which.
#pragma once

#include <string>
#include <vector>

#include "bot/understanding/calendar.hpp"
#include "bot/understanding/tokens.hpp"

namespace debrief::bot::understanding {

struct FoundDate {
    std::size_t begin = 0, end = 0;  ///< Tokens, `end` excluded.
    std::string value;
};

/// Reads the dates of a note and marks their tokens with `WordClass::date`. Relative ones count from `meeting`.
/// `names` are folded words of people's names: "April said" is nobody's month. A range gives two entries.
std::vector<FoundDate> find_dates(std::vector<Token>& tokens, Day meeting, const std::vector<std::string>& names);

/// Which way the verbs around tokens [begin, end) look.
Tense tense_around(const std::vector<Token>& tokens, std::size_t begin, std::size_t end);

}  // namespace debrief::bot::understanding
