// One better line for a weak answer, built from what is stored of the account, in the evidence's own words.
#pragma once

#include <string>

#include "bot/dialogue/conversation.hpp"

namespace debrief::bot::rehearsal {

/// Never a promise: it begins from a stored fact, asks about it, and offers to find out. Where nothing is stored it
/// says so and asks.
std::string better_line(const Conversation& conversation, const World& world, const Ask& ask);

}  // namespace debrief::bot::rehearsal
