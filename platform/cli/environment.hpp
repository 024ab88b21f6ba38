// What the program takes from its surroundings, read once: variables, terminals, the place of the data.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "core/result.hpp"
#include "platform/cli/output.hpp"

namespace debrief::platform::cli {

enum class ColourWish { automatic, always, never };

struct Environment {
    std::function<std::optional<std::string>(const std::string& name)> variable;
    bool stdin_terminal = false;
    bool stdout_terminal = false;
    bool stderr_terminal = false;
    std::size_t columns = 80;            ///< Of the terminal; 80 where it does not say.
    std::chrono::minutes utc_offset{0};  ///< Of the user's civil day, now.
    std::chrono::milliseconds now{0};    ///< Since the Unix epoch, UTC.

    static Environment of_process();
};

/// `--store`, else $DEBRIEF_HOME, else the platform's folder for data. Errors: `invalid` if there is nothing to go by.
core::Result<std::string> store_folder(const std::optional<std::string>& option, const Environment& environment);

/// NO_COLOR, CLICOLOR_FORCE, TERM=dumb and --color, in the order that people expect: the option beats the variables.
bool wants_colour(ColourWish wish, bool terminal, const Environment& environment);

/// May we ask the user something? Only at a terminal on both sides, and not where a script forbade it.
bool may_prompt(const Environment& environment);

/// How wide the terminal is now; 0 where standard output is none and COLUMNS does not say.
std::size_t columns_now();

/// A time of day as the user's clock shows it: "14:02", with the date before it if that is another day than today.
std::string local_time(const std::string& instant, const Environment& environment);

}  // namespace debrief::platform::cli
