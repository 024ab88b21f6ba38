// What becomes of an answer: evidence, a probe, a turn to the customer's side, an unknown, a note.
#pragma once

#include <string>
#include <vector>

#include "bot/dialogue/exchange.hpp"

namespace debrief::bot {

/// Takes the line as an answer to the open question, or, without one, as a further note. `text` is the line without
/// placeholders and reminders.
void take_answer(Exchange& exchange, const std::string& text);
/// Somebody was named whom nobody knows here: asks once in a conversation, and leaves room for a real question.
bool ask_who(Exchange& exchange, const std::vector<PersonNamed>& strangers);
void skip(Exchange& exchange);
void dont_know(Exchange& exchange, const std::string& quote);

}  // namespace debrief::bot
