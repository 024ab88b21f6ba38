// How a conversation looks on a terminal: lines, the screen of what was understood, where we stand.
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "platform/cli/output.hpp"

namespace debrief::platform::cli {

/// One line of somebody. `labels` off: the bot's words alone, for a pipe. `me`: the id of the user, whose lines are
/// "you"; others' have their names.
void show_message(Output& out, const nlohmann::json& message, bool labels, const std::string& me);

/// The last `limit` lines of a conversation that goes on, so that the reader finds the thread.
void show_thread(Output& out, const nlohmann::json& messages, std::size_t limit, const std::string& me);

/// Items that still wait for the user's word, numbered from 1 as the bot numbers them, each with the words it stands
/// on.
void show_understood(Output& out, const nlohmann::json& items);

/// What was said about us: kept, but apart, and never evidence. Nothing is printed if there is none.
void show_kept_apart(Output& out, const nlohmann::json& messages);

/// "question 2 of 5" or "waiting for your word on 3 items".
std::string where_we_stand(const nlohmann::json& state);

void show_chat_help(Output& out);

/// The items in the order in which the screen numbers them: those proposed, in the order they were understood.
nlohmann::json numbered_items(const nlohmann::json& items);

}  // namespace debrief::platform::cli
