// Which clauses are findings at all: what speaks of us alone is none, nor is "Jowan said", nor "the next level".
#pragma once

#include <string>
#include <string_view>

namespace debrief::bot {

/// "We're far ahead of everything on the market", "I told her that the price goes up", "half of what ours does": about
/// us, whatever was asked. `sentence`: in which the clause stands; what somebody there is quoted with is theirs.
bool speaks_of_us_alone(std::string_view clause, std::string_view sentence);

/// "Jowan said", "No longer": nothing is left once who spoke, or the yes and no, is taken off.
bool says_nothing_itself(std::string_view clause);

/// "They want to get to the next level": words that fit everybody, and tell nothing of this customer.
bool is_hollow(std::string_view clause);

/// "…what Megan did say is that every lost batch costs them nine thousand": without the words that lead to it.
std::string without_lead(std::string_view clause);

/// "No promises at all. But Bethan said …": a line that says no to what was asked and then tells something else.
/// Empty if it does not; else the words that say no.
std::string denial_of_asked(std::string_view line);

}  // namespace debrief::bot
