// A question of the rep's in the middle of a debrief: answered from what is stored, with its evidence, or "nothing
// stored". Never guessed.
#pragma once

#include <string_view>

#include "bot/dialogue/exchange.hpp"

namespace debrief::bot {

/// Is the line a question to us, rather than an answer that holds a question mark?
bool asks_us(std::string_view line);

/// Answers it. The caller puts the open question again.
void look_up(Exchange& exchange, std::string_view line);

}  // namespace debrief::bot
