// Which line of the user still waits for the bot. All kinds of conversation ask this one.
#pragma once

#include <unordered_set>

#include "bot/dialogue/conversation.hpp"
#include "core/journey/timeline.hpp"

namespace debrief::bot {

/// The last line that `waits` says yes to and that no line of the bot answers; null if there is none. On two devices
/// the other one's answer may come later.
template <typename Waits>
const Message* unanswered(const Conversation& conversation, Waits waits) {
    // From the end: in a long room few lines are looked at.
    std::unordered_set<core::Uuid, core::UuidHash> answered;
    const auto& messages = conversation.messages;
    for (auto m = messages.rbegin(); m != messages.rend(); ++m) {
        if (m->step && m->step->line) answered.insert(*m->step->line);
        if (m->author == AuthorKind::user && waits(*m)) return answered.contains(m->id) ? nullptr : &*m;
    }
    return nullptr;
}
inline const Message* unanswered(const Conversation& conversation) {
    return unanswered(conversation, [](const Message&) { return true; });
}

}  // namespace debrief::bot
