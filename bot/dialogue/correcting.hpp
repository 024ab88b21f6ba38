// "No, that was Tim, not Mo." "Make it May." A later word on what was just noted: it changes the newest finding that
// has such a thing, and every finding of the same line that names the old one.
#pragma once

#include <vector>

#include "bot/dialogue/correction_words.hpp"
#include "bot/dialogue/exchange.hpp"

namespace debrief::bot {

/// True if something was changed and the reply is made; what the line says besides is heard as ever. False if there is
/// nothing to change, so that the line is to be taken as an answer.
bool take_correction(Exchange& exchange, const Correction& correction);

/// These findings are `person`'s: told without a name, or under another's. Makes the reply.
void attribute(Exchange& exchange, const std::vector<core::Uuid>& items, const PersonNamed& person);

/// A day or a figure and nothing else, which can only be about what was spoken of just now.
bool is_bare_value(const Exchange& exchange, const Correction& correction);

/// The line was meant to correct something that was noted, by its form and by what it names. `plainly`: so clearly that
/// it can be nothing else.
bool means_to_correct(const Exchange& exchange, bool plainly);

}  // namespace debrief::bot
