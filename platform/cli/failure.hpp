// What the terminal says when something went wrong, always in four parts: what, why, what to do next, which code.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "core/result.hpp"
#include "platform/cli/exit_code.hpp"

namespace debrief::platform::cli {

struct Failure {
    std::string what;
    std::string why;
    std::string next;  ///< A command to type, or the one thing to check.
    ExitCode code = ExitCode::failed;
    std::string reason;  ///< For programs: the name of the Errc, or of the exit code.
    std::string field;   ///< Which parameter, where there is one.
};

/// `detail` may hold two sentences: the first is what happened, the rest why. What is missing is filled in by the code.
Failure failure_of(const core::Error& error);

/// How a command ended. Converts from a code, a Failure and the façade's errors, so that commands can just return them.
class Outcome {
public:
    Outcome(ExitCode code) : code_(code) {}  // NOLINT(google-explicit-constructor)
    Outcome(Failure failure)
        : code_(failure.code), failure_(std::move(failure)) {}         // NOLINT(google-explicit-constructor)
    Outcome(const core::Error& error) : Outcome(failure_of(error)) {}  // NOLINT(google-explicit-constructor)

    [[nodiscard]] ExitCode code() const { return code_; }
    /// What there is to say; nothing if the command has said it itself, or ended well.
    [[nodiscard]] const std::optional<Failure>& failure() const { return failure_; }

private:
    ExitCode code_;
    std::optional<Failure> failure_;
};

}  // namespace debrief::platform::cli
