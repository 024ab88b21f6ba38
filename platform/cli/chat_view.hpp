// How a conversation looks on a terminal: lines, the screen of what was understood, where we stand.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "platform/cli/output.hpp"

namespace debrief::platform::cli {

/// One line of somebody. `labels` off: the bot's words alone, for a pipe. `me`: the id of the user, whose lines are
/// "you"; others' have their names.
void show_message(Output& out, const nlohmann::json& message, bool labels, const std::string& me);

/// The last lines of a conversation that goes on, so that the reader finds the thread, and how many there are before
/// them, `earlier` of which are not among `messages`.
void show_thread(Output& out, const nlohmann::json& messages, std::size_t earlier, const std::string& me);

/// Items that still wait for the user's word, numbered from 1 as the bot numbers them, each with the words it stands
/// on.
void show_understood(Output& out, const nlohmann::json& items);

/// What was said about us: kept, but apart, and never evidence. Nothing is printed if there is none.
void show_kept_apart(Output& out, const nlohmann::json& messages);

/// Of a one-to-one: the note and what the manager will do, as they would be kept now.
void show_note(Output& out, const nlohmann::json& outcome);

/// The last words before leaving: what there is to do next. `kind` as in chat_help.hpp; `name`: the account's, of a
/// one-to-one the rep's; `with`: of a rehearsal who was played, of an ending the opportunity.
std::string what_next(std::string_view kind, bool finished, const std::string& command, const std::string& name,
                      const std::string& with);

/// "question 2 of 5" or "waiting for your word on 3 items".
std::string where_we_stand(const nlohmann::json& state);

/// The items in the order in which the screen numbers them: those proposed, in the order they were understood.
nlohmann::json numbered_items(const nlohmann::json& items);

}  // namespace debrief::platform::cli
