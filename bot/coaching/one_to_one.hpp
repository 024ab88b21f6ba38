// A one-to-one in which the rep is the manager's customer: what the rep wants comes first, then where they are stuck,
// then what the manager will do. Never a number, never a date of ours. Pure functions, of the kind "coaching".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/coaching/needs.hpp"
#include "bot/dialogue/engine.hpp"

namespace debrief::bot::coaching {

/// What the talk is prepared from.
struct Pack {
    std::vector<core::Uuid> goals;         ///< Of the rep; only those that were shared.
    std::vector<Need> needs;               ///< As needs_of() orders them.
    std::vector<std::string> commitments;  ///< The manager's own that are still open from earlier talks.
};

/// How a line of the talk names what it tells, so that no word of an account or of a goal stands in the manager's own
/// scope and stays there when the duty ends: `{goal ID}`, `{stuck ACCOUNT}`. A door puts in what may be read now.
inline constexpr std::string_view goal_reference = "goal", stuck_reference = "stuck";

/// The first lines: what the rep wants, where they are stuck, and the first question.
Turn opening(const Playbook& playbook, const Conversation& conversation, const World& world, const Pack& pack);

// As the functions of that name in engine.hpp.
core::Result<Message> user_line(const Playbook& playbook, const Conversation& conversation, const World& world,
                                const core::Uuid& id, const Input& input);
Turn advance(const Playbook& playbook, const Conversation& conversation, const World& world);
Turn reopen(const Playbook& playbook, const Conversation& conversation, const World& world);
/// `{help: [{text, by, for}], note, shared}`.
std::string outcome_json(const Playbook& playbook, const Conversation& conversation, const World& world);

/// Whether a line asks for a number or a date of ours: "what will you close this month?".
bool asks_for_our_number(std::string_view line);

}  // namespace debrief::bot::coaching
