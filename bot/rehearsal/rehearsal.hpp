// A rehearsal: the bot plays a named contact and asks what nobody expects; it judges the answers, and what was weak
// comes again. Practice: never evidence, never in the journey, the rep's alone until shared.
//
// Pure, as the debrief: a turn is a function of (conversation, world). Each of the bot's lines carries a Step, so that
// the fold of bot/dialogue knows where it stands: `answered` settles a question, `probed` is a weak first answer whose
// second try is open.
#pragma once

#include "bot/dialogue/engine.hpp"

namespace debrief::bot::rehearsal {

/// What conversations of this kind begin under: limits and an id, no questions. Those are in library.hpp.
const Playbook& book();

/// As the functions of that name in bot/dialogue/engine.hpp.
core::Result<Message> user_line(const Playbook& playbook, const Conversation& conversation, const World& world,
                                const core::Uuid& id, const Input& input);
Turn advance(const Playbook& playbook, const Conversation& conversation, const World& world);
Turn reopen(const Playbook& playbook, const Conversation& conversation, const World& world);

}  // namespace debrief::bot::rehearsal
