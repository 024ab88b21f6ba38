// Which question comes next: the one whose answer would most change what we know.
#pragma once

#include <optional>

#include "bot/dialogue/exchange.hpp"

namespace debrief::bot {

struct Choice {
    Ask ask;
    int score = 0;
};
/// The best question not yet asked; nothing if all that matters is known and fresh. Ties go to the order of the
/// playbook.
std::optional<Choice> choose(const Exchange& exchange);

/// Two facts of one dimension and person that cannot both be so: other figures, other dates or the opposite of the same
/// words. Conservative: what merely adds is none.
bool stands_against(const core::Item& fresh, const core::Item& old);
/// A current fact that this proposal seems to stand against: same dimension, same person, other figures, other dates or
/// the opposite of the same words. Conservative: what merely adds is no challenge.
const core::Item* challenged_by(const Exchange& exchange, const Proposal& proposal);

/// Dimensions of which nothing is known yet, for the last line and the call plan.
std::vector<core::Dimension> gaps(const Exchange& exchange);

}  // namespace debrief::bot
