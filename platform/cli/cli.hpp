// The command line as a function.
#pragma once

#include <string>
#include <vector>

#include "platform/cli/context.hpp"

namespace debrief::platform::cli {

/// Runs one command and says how it ended. `words` without the program's name. Catches what libraries throw.
ExitCode run(const std::vector<std::string>& words, const Environment& environment, Output& out,
             const Context::Opener& opener);

/// The whole of main().
int run_program(int argc, char** argv);

}  // namespace debrief::platform::cli
