// What a rep corrected, as labelled notes that the understanding can learn from.
#pragma once

#include <string>
#include <vector>

#include "bot/dialogue/conversation.hpp"
#include "bot/playbook/playbook.hpp"

namespace debrief::bot {

/// One line of JSON for each line of the rep of which a finding was corrected, dropped or filed by hand, in the form of
/// training/guide.md, with what was confirmed in the end as its labels. Only of conversations that are done; the words
/// of a private remark are never there, for they were never stored.
std::vector<std::string> corrected_notes(const Playbook& playbook, const Conversation& conversation,
                                         const World& world);

}  // namespace debrief::bot
