// What becomes of an answer: evidence, a probe, a turn to the customer's side, an unknown, a note.
#pragma once

#include <string>

#include "bot/dialogue/exchange.hpp"

namespace debrief::bot {

/// Takes the line as an answer to the open question, or, without one, as a further note. `text` is the line without
/// placeholders and reminders.
void take_answer(Exchange& exchange, const std::string& text);
void skip(Exchange& exchange);
void dont_know(Exchange& exchange, const std::string& quote);

}  // namespace debrief::bot
