// Questions that the program itself asks (not the bot). They never hang: without a terminal they are an error that
// names the option to give instead.
#pragma once

#include <string>

#include "core/result.hpp"
#include "platform/cli/context.hpp"

namespace debrief::platform::cli {

/// One line from the user. Errors: `invalid` naming `option` where nobody can be asked; `cancelled` for Ctrl-C or
/// Ctrl-D.
core::Result<std::string> ask_line(Context& context, const std::string& question, const std::string& option);

/// Yes or no; `--yes` answers yes. Errors: as ask_line, naming --yes.
core::Result<bool> ask_sure(Context& context, const std::string& question);

}  // namespace debrief::platform::cli
