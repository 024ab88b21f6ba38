// What a rehearsal came to: what was asked, how each answer was judged, which lines come again and from which day.
#pragma once

#include <string>

#include "bot/dialogue/engine.hpp"

namespace debrief::bot::rehearsal {

/// The `outcome` of chat.get, the rep's alone:
/// `{asked: [{question, text, contingency, tries, answer, judged, due, weak}], good, answered, drill: [{question, text,
/// due, better}], shared, page}`. `judged`, `answer` and `due` are null where a question was left out or is still open;
/// a second try stands in place of the first. `drill` holds the weak ones that have not stood since, the soonest first;
/// `page` is the same to read, in the language of the conversation.
std::string outcome_json(const Playbook& playbook, const Conversation& conversation, const World& world);

}  // namespace debrief::bot::rehearsal
