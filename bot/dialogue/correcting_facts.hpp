// "Correction: it is three times a month." "No, that's wrong, it is 60,000." A fact is put differently, in this
// conversation or since an earlier one.
#pragma once

#include <string>

#include "bot/dialogue/exchange.hpp"

namespace debrief::bot {

/// True if the open question is about a stored fact, so that a correction is most likely of that one.
bool asks_about_fact(const Exchange& exchange);

/// Puts `words` in the place of the fact that they correct: what the open question is about, else what was last said,
/// else what speaks most of the same things. A proposal is changed, a stored fact is superseded by a new proposal.
/// False if nothing fits, so that the line is to be taken as an answer; else the reply is made.
bool correct_fact(Exchange& exchange, const std::string& words);

}  // namespace debrief::bot
