// Reviews: a room of the account in which its members and the bot go through a deal, a call plan or the customer's
// options. The customer first, then their buying, then our help; our own numbers last and apart. Pure functions, as the
// debrief's (bot/dialogue/engine.hpp), for lines that live with the account.
//
// Only the device that wrote a line computes the reply to it, so the bot speaks once however many are in the room. A
// line answers the question that stood before it when it was written; two people who answer the same one move the
// review on by one. What somebody tells of the customer is proposed to them alone, to be confirmed as in a debrief; the
// room keeps the words.
#pragma once

#include <string>

#include "bot/dialogue/engine.hpp"

namespace debrief::bot::review {

/// As bot::user_line; whose world each sentence is about is not kept with a line that others read.
core::Result<Message> user_line(const Playbook& playbook, const Conversation& conversation, const World& world,
                                const core::Uuid& id, const Input& input);
/// The opening, or the reply to this user's last line that has none yet.
Turn advance(const Playbook& playbook, const Conversation& conversation, const World& world);
/// As `advance`: nothing is repeated to somebody who comes back, for the room stands as it was.
Turn reopen(const Playbook& playbook, const Conversation& conversation, const World& world);

}  // namespace debrief::bot::review
