// What is said to "Who is Dana?" and "Which Sarah was that?".
#pragma once

#include <string>

#include "bot/dialogue/exchange.hpp"

namespace debrief::bot {

/// Takes the answer to the question who somebody is. False: it says nothing of that, and is an answer as any other.
bool take_who(Exchange& exchange, const std::string& text);

}  // namespace debrief::bot
