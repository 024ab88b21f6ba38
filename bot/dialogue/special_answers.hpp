// Answers that a question expects in a certain form: yes or no to a known fact, which of two holds, who somebody is,
// under which heading to file a note.
#pragma once

#include <string>
#include <vector>

#include "bot/dialogue/exchange.hpp"

namespace debrief::bot {

/// True if the line was such an answer and the reply is made.
bool take_special_answer(Exchange& exchange, const std::string& text);

/// The open question put a known fact again: the first of these under its heading takes that fact's place.
void replace_asked_fact(Exchange& exchange, std::vector<Proposal>& fresh);

}  // namespace debrief::bot
