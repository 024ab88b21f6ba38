// Praise that says nothing of the customer's decision.
#pragma once

#include <string_view>

namespace debrief::bot {

/// True for a short remark of liking ("They love it, very positive meeting") that names no number, no cause, no
/// condition and no act of theirs. English and German.
bool is_vague_praise(std::string_view text);

}  // namespace debrief::bot
