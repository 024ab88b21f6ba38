// Lines that hold nothing about the customer: how the meeting was held, or words that name nobody and nothing.
#pragma once

#include <string_view>

#include "bot/dialogue/listening.hpp"

namespace debrief::bot {

/// "We met in the lobby." "Short call today." Nothing is claimed that an example could make clearer.
bool is_logistics(std::string_view line);

/// "Let's see what comes out of it." No person, day or figure, and no sentence about the customer.
bool says_nothing_about_anybody(const Heard& heard, std::string_view line);

/// The rep's words for not knowing stand somewhere in the line.
bool speaks_of_not_knowing(std::string_view line);

}  // namespace debrief::bot
