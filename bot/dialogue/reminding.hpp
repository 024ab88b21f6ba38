// "Remind me to send Sarah the case study on Friday": a task of the rep's own, at once.
#pragma once

#include <string>

#include "bot/dialogue/exchange.hpp"

namespace debrief::bot {

/// Makes a task of each sentence that asks for a reminder, tells so, and returns the text without them.
std::string take_reminders(Exchange& exchange, const std::string& text);

}  // namespace debrief::bot
