// "Victor is not worried about the cloud any more." What is over is no worry of theirs: the worry that was stored gives
// way, and nobody becomes a sceptic because of it.
#pragma once

#include <string_view>

#include "bot/dialogue/exchange.hpp"

namespace debrief::bot {

/// The clause says that a worry is gone. English and German.
bool says_worry_is_over(std::string_view clause);

/// The stored worry that such a clause means: what was asked about, else that person's, else the only one, else the one
/// that speaks most of the same. Null if none fits, or if it was replaced in this conversation already.
const core::Item* worry_meant(const Exchange& exchange, std::string_view clause, const core::NamedId* person);

}  // namespace debrief::bot
