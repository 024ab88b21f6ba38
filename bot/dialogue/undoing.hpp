// "Undo": a line that was answered is taken back with all that it did.
#pragma once

#include "bot/dialogue/exchange.hpp"

namespace debrief::bot {

/// Takes back what the last line did.
void undo(Exchange& exchange);

}  // namespace debrief::bot
