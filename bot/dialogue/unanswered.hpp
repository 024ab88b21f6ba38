// Which line of the user still waits for the bot. All kinds of conversation ask this one.
#pragma once

#include "bot/dialogue/conversation.hpp"

namespace debrief::bot {

/// The last line that `waits` says yes to and that no line of the bot answers; null if there is none. On two devices the
/// other one's answer may come later.
template <typename Waits>
const Message* unanswered(const Conversation& conversation, Waits waits) {
    const Message* due = nullptr;
    for (const Message& m : conversation.messages) {
        if (m.author == AuthorKind::user && waits(m)) due = &m;
        if (due != nullptr && m.step && m.step->line == due->id) due = nullptr;
    }
    return due;
}
inline const Message* unanswered(const Conversation& conversation) {
    return unanswered(conversation, [](const Message&) { return true; });
}

}  // namespace debrief::bot
