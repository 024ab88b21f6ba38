// Whether something is said of a thing that is stored already: the same words with another figure, another day or the
// opposite. What a model reads under another heading than before is then not a second, unrelated fact.
#pragma once

#include <string_view>

#include "bot/dialogue/exchange.hpp"

namespace debrief::bot {

/// A current stored fact made of the same words; null if there is none.
const core::Item* told_before(const Exchange& exchange, std::string_view text);

/// Both name a figure, and not the same.
bool has_other_figures(std::string_view fresh, std::string_view old);

}  // namespace debrief::bot
