// The seven ways in which a command can end. Scripts rely on the numbers: there are no others.
#pragma once

#include <span>
#include <string_view>

#include "core/result.hpp"

namespace debrief::platform::cli {

enum class ExitCode { done = 0, failed = 1, usage = 2, cancelled = 3, not_allowed = 4, network = 5, store = 6 };

struct ExitCodeInfo {
    ExitCode code;
    std::string_view name;
    std::string_view meaning;
};
/// In order of their numbers; `debrief help exit-codes` and the man page are made from it.
std::span<const ExitCodeInfo> exit_codes();
std::string_view name_of(ExitCode code);

/// Which way an error of the façade ends the program.
ExitCode exit_code_for(core::Errc code);

}  // namespace debrief::platform::cli
