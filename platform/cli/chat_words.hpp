// What can be typed in a conversation beside an answer. One table: the parser, /help, TAB and `debrief help chat` use
// it. What each does in which kind of conversation stands in chat_help.hpp.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace debrief::platform::cli {

struct SlashCommand {
    std::string_view name;    ///< With its slash.
    std::string_view usage;   ///< What may follow it.
    std::string_view action;  ///< Of chat.act; empty for what the terminal does itself.
};
std::span<const SlashCommand> slash_commands();

struct Say {
    std::string text;
};
struct Act {
    std::string action;
    std::optional<std::size_t> item;  ///< As numbered on the screen, from 1.
    std::string text;
};
enum class Local { help, status, show, quit, nothing };
/// A line that was meant as a command but is none: not said to the bot.
struct Mistyped {
    std::string what;
    std::string next;
};
using ChatLine = std::variant<Say, Act, Local, Mistyped>;

/// `//…` says a line that begins with a slash.
ChatLine read_chat_line(std::string_view line);

}  // namespace debrief::platform::cli
