// What a review came to: questions for the customer, our help with who does it, findings with their evidence; our own
// side last and apart. A fold over the lines and the journey.
#pragma once

#include <string>
#include <vector>

#include "bot/dialogue/exchange.hpp"

namespace debrief::bot::review {

struct AskThem {
    std::string text;
    core::Dimension dimension = core::Dimension::unknown;
    std::optional<core::NamedId> to;
    std::string because;  ///< disagreement, dont_know, or a code of the call plan.
};
struct Finding {
    std::string code;  ///< no_evidence told gap stale contradicted step_away
    std::string text;
    std::vector<core::Uuid> evidence;
    core::Dimension dimension = core::Dimension::unknown;
};
struct Outcome {
    std::vector<Contribution> help;  ///< Those that serve a step of theirs first.
    std::vector<AskThem> questions;
    std::vector<core::NamedId> owners;  ///< Who does something, each once.
    std::vector<Finding> findings;
    std::vector<Contribution> our_side;
    bool away = false;
};
Outcome outcome_of(const Exchange& exchange);

/// The `outcome` of chat.get: `{help: [{text, by, for}], questions, owners, findings, our_side, page, new?}`.
std::string outcome_json(const Playbook& playbook, const Conversation& conversation, const World& world);
/// A page to read, in Markdown: the customer, their buying, our help; our own side last.
std::string outcome_page(const Exchange& exchange, const Outcome& outcome);
/// The same as a message on the screen.
std::string outcome_screen(const Exchange& exchange, const Outcome& outcome);
/// The record of the closed review, and its questions for the next call plan.
std::vector<core::Edit> closing_edits(const Exchange& exchange, const Outcome& outcome);

}  // namespace debrief::bot::review
