// The debrief: pure functions of (playbook, journey, conversation so far, clock). Nothing here touches a store: a turn
// returns the lines to show and the edits to write in one transaction.
//
// How a door uses it:
//     auto line = user_line(playbook, conversation, world, store.new_id(), {.text = "…"});   // screened
//     write line_edits(conversation, *line); tell `message`;                                 // durable first
//     conversation.messages.push_back(*line);
//     Turn turn = advance(playbook, conversation, world);
//     write turn.edits; tell `message` for each of turn.messages.
// After a kill: read the conversation again and call `advance`. It returns what is missing (the opening, a reply), with
// the same ids as if nothing had happened, or nothing.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bot/dialogue/conversation.hpp"
#include "bot/playbook/playbook.hpp"
#include "core/result.hpp"
#include "core/store/store.hpp"

namespace debrief::bot {

/// What a user does: says `text`, or acts (then `text` is only for `correct`, `item` for correct, drop, one confirm).
struct Input {
    std::string text;
    std::optional<Action> action;
    std::optional<core::Uuid> item;
    bool not_private = false;  ///< The rep said that it was no private matter: stored as typed.
};

struct Turn {
    std::vector<Message> messages;  ///< The bot's new lines, in order; empty if nothing was missing.
    std::vector<core::Edit> edits;  ///< Their records and all that follows from them; write them in one transaction.
    State state;                    ///< After them.
    std::vector<core::Uuid> erase;  ///< Lines whose words the rep wants gone: to be erased everywhere after writing.
};

/// A line with its private remarks (health, family, "off the record") replaced by a placeholder.
struct ScreenedLine {
    std::string text;
    bool redacted = false;
};
ScreenedLine screen_line(std::string_view text, const Conversation& conversation, const World& world);

/// The user's line as it is to be stored, before the reply is computed. Its `at` is `world.now`.
/// Errors: `invalid` for an empty text, an action that lacks its item or text, or an item that is not one of this
/// conversation; `unavailable` for `share`; the line is then not to be stored.
core::Result<Message> user_line(const Playbook& playbook, const Conversation& conversation, const World& world,
                                const core::Uuid& id, const Input& input);
/// What to write to store a user's line.
std::vector<core::Edit> line_edits(const Conversation& conversation, const Message& line);

/// What is missing now: the opening of a new conversation, or the reply to the user's last line; else nothing.
Turn advance(const Playbook& playbook, const Conversation& conversation, const World& world);

/// As `advance`, for a conversation that is opened again: after a pause of five minutes or more it puts the open
/// question once more under one line of recap.
Turn reopen(const Playbook& playbook, const Conversation& conversation, const World& world);

/// Where the conversation stands. Pure fold over its lines, and over those of `then` as if they stood behind them.
State state_of(const Playbook& playbook, const Conversation& conversation, std::span<const Message> then = {});

/// What was understood, for `understood` of chat.get: proposed items, and the confirmed copies once they are. Names of
/// people who are no contacts yet are filled in from the lines.
std::vector<core::Item> understood(const Playbook& playbook, const Conversation& conversation);

/// The room record of a new conversation. Its phase and what follows are kept by each turn's edits.
core::Put room_put(const Conversation& conversation);

}  // namespace debrief::bot
