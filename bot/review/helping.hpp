// Our help, and the few turns of speech of a review that are no answer about the customer.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/dialogue/exchange.hpp"

namespace debrief::bot::review {

/// Who of us does what by when, and which step of theirs it helps: a promise of theirs that speaks of the same, else
/// the words after "so that", "to help", "damit". Without one it serves only us.
Contribution help_of(const Exchange& exchange, const std::string& text);
bool says_that_is_all(std::string_view text);

/// "We should step away from this."
bool steps_away(std::string_view text);
/// "Are you committing this one?", "give them ten percent": ours, whatever else the sentence looks like.
bool asks_about_our_numbers(std::string_view text);

/// "@Mara can you …", "Mara, did you …?": to a colleague; the bot is silent. Not for "@bot …".
bool is_for_colleague(std::string_view text, const std::vector<core::NamedId>& members);
/// Without "@bot" or "@debrief" at its beginning.
std::string addressed_to_bot(std::string_view text);

}  // namespace debrief::bot::review
