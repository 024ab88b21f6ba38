// Conversations as the bot sees them, read from the records of this store.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "bot/dialogue/conversation.hpp"
#include "bot/playbook/playbook.hpp"
#include "platform/app/context.hpp"

namespace debrief::platform {

/// With all its lines and what was understood. Errors: `not_found` naming `conversation`; `corrupt` if a proposal
/// cannot be read.
core::Result<bot::Conversation> load_conversation(Context& context, const core::Uuid& id);
core::Result<bot::Conversation> load_conversation(Context& context, const core::Record& room);
/// The same with these as its lines.
core::Result<bot::Conversation> load_conversation(Context& context, const core::Record& room,
                                                  std::vector<bot::Message> lines);
/// The lines of a conversation, in order. One whose body cannot be read, which only a stranger's program can have
/// written, is a line with its words alone.
core::Result<std::vector<bot::Message>> load_lines(Context& context, const core::Uuid& room);
/// The same of one of them; nothing if it is not here, or not of this conversation.
core::Result<std::optional<bot::Message>> load_line(Context& context, const core::Uuid& room, const core::Uuid& line);

/// What the bot may know about the account of this conversation now.
core::Result<bot::World> load_world(Context& context, const bot::Conversation& conversation);

/// The same as it was when the conversation began, without what it brought itself.
core::Result<bot::World> load_world_before(Context& context, const bot::Conversation& conversation);

/// The account's first meeting that begins after now; not `except`.
core::Result<std::optional<core::Record>> next_meeting(Context& context, const core::Uuid& account,
                                                       const std::optional<core::Uuid>& except);
/// The civil day on which a meeting was held.
std::chrono::sys_days meeting_day(const Context& context, const core::Record& meeting);

}  // namespace debrief::platform
