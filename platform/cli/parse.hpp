// From argv to a command with its arguments. The only place that knows the parsing library.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "platform/cli/arguments.hpp"
#include "platform/cli/command.hpp"

namespace debrief::platform::cli {

struct Parsed {
    Globals globals;
    const Command* command = nullptr;  ///< Null: `debrief` alone.
    Arguments arguments;
    bool help = false;  ///< Show help on `command` instead of running it.
};

/// `words` without the program's name. A Failure has code `usage`, and a guess where a word looks like a typo.
std::variant<Parsed, Failure> parse(const std::vector<std::string>& words);

}  // namespace debrief::platform::cli
