// Whether colleagues in a room told the same thing.
#pragma once

#include <optional>
#include <string>

#include "bot/dialogue/exchange.hpp"

namespace debrief::bot::review {

/// The question that stood before a line when it was written; of one that no question stood before, nothing.
std::optional<Ask> asked_before(const Conversation& conversation, const Message& line);

struct Disagreement {
    core::NamedId other;       ///< Who told it differently.
    std::string theirs, ours;  ///< The two clauses.
    core::Dimension dimension = core::Dimension::unknown;
};
/// What somebody else answered to the same question that cannot be so if `heard` is.
std::optional<Disagreement> disagreement(const Exchange& exchange, const Ask& asked,
                                         const std::vector<Proposal>& heard);

}  // namespace debrief::bot::review
