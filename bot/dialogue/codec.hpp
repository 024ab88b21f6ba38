// Lines, items and states ⇄ the store's records and the contract's JSON objects. JSON stays in codec.cpp: texts go in
// and out.
#pragma once

#include <functional>
#include <string>

#include "bot/dialogue/conversation.hpp"
#include "core/result.hpp"
#include "core/store/message_rows.hpp"
#include "core/store/store.hpp"

namespace debrief::bot {

/// Names of users and contacts; an empty string for one that is not here.
using NameOf = std::function<std::string(const core::Uuid&)>;

/// A row of the table `message`. Errors: `corrupt` if its body cannot be read.
core::Result<Message> message_of(const core::Record& record, const NameOf& name_of_user);
core::Result<Message> message_of(core::MessageRow row, const NameOf& name_of_user);
/// Where the lines of a conversation live.
std::string home_of(const Conversation& conversation);
core::Put message_put(const Conversation& conversation, const Message& message);

/// A row of the table `observation`. Errors: `corrupt` if its JSON fields cannot be read.
core::Result<Proposal> proposal_of(const core::Record& record, const NameOf& name_of_user,
                                   const NameOf& name_of_contact);
/// The observation in `private/U/A`, state proposed.
core::Put proposal_put(const Conversation& conversation, const Proposal& proposal);

/// The JSON of the field `source`.
std::string source_text(const core::Source& source);

/// The contract's objects, as JSON text.
std::string message_json(const Message& message);
std::string ask_json(const Ask& ask);
std::string item_json(const core::Item& item);
std::string state_json(const Conversation& conversation, const State& state);

}  // namespace debrief::bot
