// /help within a conversation: what can be typed in the kind that one is in, and what it does there.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/cli/output.hpp"

namespace debrief::platform::cli {

struct HelpRow {
    std::string usage;      ///< With its slash.
    std::string_view help;  ///< In the language that was asked for.
};
/// `kind`: as in chat.start, or `ending` for a debrief of how an opportunity ended; any other is told as a debrief.
/// `language`: en or de; any other is English. Commands that do nothing in that kind are left out.
std::vector<HelpRow> chat_help_rows(std::string_view kind, std::string_view language);
/// What this kind of conversation is, in a sentence or two.
std::string_view chat_help_intro(std::string_view kind, std::string_view language);

void show_chat_help(Output& out, std::string_view kind, std::string_view language);

}  // namespace debrief::platform::cli
