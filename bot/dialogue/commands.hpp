// What a typed line asks the bot to do, where the whole line is such a word: "skip", "why do you ask?", "drop 2".
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "bot/dialogue/conversation.hpp"

namespace debrief::bot {

struct Command {
    Action action = Action::skip;
    std::optional<std::size_t> number;  ///< The item's number on the confirm screen, from 1.
    std::string text;                   ///< Of correct.
};
/// English and German alike, whatever the conversation's language. "yes" and "ok" mean confirm only on the confirm
/// screen; a number names an item only there.
std::optional<Command> parse_command(std::string_view line, Phase phase);

enum class YesNo { yes, no, neither };
/// How a line answers a yes-or-no question: by its first words.
YesNo yes_or_no(std::string_view line);
/// "More or less, I think": neither, and what differs is not said.
bool half_agrees(std::string_view line);
/// True if nothing but yes or no was said.
bool only_yes_or_no(std::string_view line);

enum class ChangeKind { changed, was_wrong, both, neither };
/// The answer to "changed, mistaken before, or are both true?".
ChangeKind change_kind(std::string_view line);
/// Of two facts put beside each other: 0 or 1 for the one that holds, nothing if not said.
std::optional<std::size_t> which_of_two(std::string_view line);

/// "Forget what I just said", "strike that from the record": the words are to go, not only what was made of them.
bool wants_forgotten(std::string_view line);

/// How many more questions a rep in a hurry has time for: "quick, I am boarding", "I have two minutes".
std::optional<int> hurry(std::string_view line);

}  // namespace debrief::bot
