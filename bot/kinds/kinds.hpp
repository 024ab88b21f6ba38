// The kinds of conversation, each with its pure functions. One state, one way to store and to resume; what differs is
// what the bot makes of a line.
#pragma once

#include <string>
#include <string_view>

#include "bot/dialogue/engine.hpp"

namespace debrief::bot {

struct Kind {
    std::string_view name;  ///< As in playbooks and in `chat.start`.
    bool shared = false;    ///< Of the account's members: lines live in `account/A`.
    /// As the functions of that name in engine.hpp.
    core::Result<Message> (*user_line)(const Playbook&, const Conversation&, const World&, const core::Uuid&,
                                       const Input&) = nullptr;
    Turn (*advance)(const Playbook&, const Conversation&, const World&) = nullptr;
    Turn (*reopen)(const Playbook&, const Conversation&, const World&) = nullptr;
    /// The `outcome` of chat.get as JSON; null where this kind has none.
    std::string (*outcome)(const Playbook&, const Conversation&, const World&) = nullptr;
};

/// Null if there is none of that name.
const Kind* kind_called(std::string_view name);
/// Of a conversation under its playbook: a debrief of how an opportunity ended is a debrief under a playbook of the
/// kind `ending`. Null if this build does not know it.
const Kind* kind_of(const Conversation& conversation, const Playbook& playbook);

}  // namespace debrief::bot
