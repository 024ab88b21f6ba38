// A date that corrects another leaves open what both share: "the 27th" after "20 March" is 27 March.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "bot/understanding/understanding.hpp"
#include "core/journey/journey.hpp"

namespace debrief::bot {

/// The first date in `words`; also of a month's name alone, which in other places may be a person's. The second is how
/// many words there are besides it and its prepositions.
struct DateInWords {
    core::DateSaid date;
    std::size_t other_words = 0;
};
std::optional<DateInWords> date_in_words(const std::string& words, const NoteContext& context);

/// `fresh` in the place of `old`: the month, the year or the week that it does not name is the one nearest to `old`,
/// and the month that `old` names stays. A weekday does not go back behind the meeting.
core::DateSaid in_place_of(const core::DateSaid& old, core::DateSaid fresh, std::chrono::sys_days meeting);

}  // namespace debrief::bot
