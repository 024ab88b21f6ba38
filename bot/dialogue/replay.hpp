// Plays what a rep said once more, under another version of the playbook, and says which questions differ. Pure;
// nothing is written.
#pragma once

#include <string>
#include <vector>

#include "bot/dialogue/conversation.hpp"
#include "bot/playbook/playbook.hpp"

namespace debrief::bot {

/// One question that is asked in one of the two and not in the other, or in other words.
struct Difference {
    std::string question;
    std::string before, after;  ///< What was asked then and what would be now; empty where nothing.
};
/// `before`: the world as the conversation began, without what it brought itself. Lines that act on a finding which the
/// other version does not bring are passed over. Restated questions and recaps are not compared.
std::vector<Difference> replay(const Playbook& playbook, const Conversation& conversation, const World& before);

}  // namespace debrief::bot
