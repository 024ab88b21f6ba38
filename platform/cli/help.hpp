// Help, manual pages and completions: three printings of the one table of commands.
#pragma once

#include <optional>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "platform/cli/command.hpp"

namespace debrief::platform::cli {

/// The overview: commands by what they are for.
void show_overview(Output& out);
void show_command(Output& out, const Command& command);
/// False if there is no such page.
bool show_topic(Output& out, std::string_view topic);

/// The same as data: every command, or one of them; a topic as text, the exit codes as a list.
nlohmann::json overview_json();
nlohmann::json command_json(const Command& command);
std::optional<nlohmann::json> topic_json(std::string_view topic);

/// troff for `man`. Null: the page of the program itself.
std::string manual_page(const Command* command);

/// A script for `bash`, `zsh` or `fish`; empty for any other shell.
std::string completion_script(std::string_view shell);

/// "debrief chat ACCOUNT [options]"
std::string synopsis(const Command& command);

}  // namespace debrief::platform::cli
