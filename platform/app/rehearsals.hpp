// Rehearsals as they lie in the store: who is played, the seed, what was answered before and when it comes again.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "bot/dialogue/conversation.hpp"
#include "platform/app/chat_service.hpp"
#include "platform/app/context.hpp"

namespace debrief::platform {

/// chat.start of kind rehearsal: the conversation, and whether it is one that was not finished.
/// Errors: `not_found` and `ambiguous` naming `contact`; `invalid` without one, or with another account's.
core::Result<std::pair<Chat, bool>> start_rehearsal(Context& context, const nlohmann::json& params);

/// 0 where no rehearsal is stored for this room.
core::Result<std::uint64_t> rehearsal_seed(core::Store& store, const core::Uuid& room);

/// Fills in what earlier rehearsals with this person left, and with whom this one may be shared.
core::Status add_rehearsals(Context& context, const bot::Conversation& conversation, bot::World& world);

}  // namespace debrief::platform
