// A stored line as the bot reads it, and as the contract shows it.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "bot/dialogue/codec.hpp"
#include "core/result.hpp"
#include "core/store/store.hpp"

namespace debrief::platform {

/// A line whose body cannot be read, which only a stranger's program can have written, is one with its words alone: it
/// must not close the room to everybody.
bot::Message line_of(core::MessageRow row, const bot::NameOf& name_of_user);

nlohmann::json message_view(const bot::Message& message);
/// Never an error: see `line_of`.
core::Result<nlohmann::json> message_view(core::Store& store, const core::Record& record);

}  // namespace debrief::platform
