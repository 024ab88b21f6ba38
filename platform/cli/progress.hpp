// How far a long call is, for somebody who waits: one line that is painted over at a terminal, a line now and then in a
// log.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "platform/cli/context.hpp"

namespace debrief::platform::cli {

/// "12500 of 100801 (12 %), 8300 a second, 11 s left", or less of it where that does not fit `width` columns (0: no
/// limit). `of` 0: not known. Time left is told once a second of work has shown how fast it goes.
std::string progress_words(std::uint64_t done, std::uint64_t of, std::chrono::milliseconds taken, std::size_t width);

/// While it lives, `progress` notifications of a door are shown, and Ctrl-C is left to the call. Nothing is shown in a
/// log where JSON is wanted. Threads: one.
class ProgressLine {
public:
    static constexpr std::chrono::milliseconds paint_every{100};
    static constexpr std::chrono::seconds log_every{10};

    /// `label` stands before it: "Importing crm". A log gets a line every `between`. Without a door, whoever works says
    /// how far they are with `take`.
    ProgressLine(Context& context, Door* door, std::string label, std::chrono::milliseconds between = log_every);
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void take(std::uint64_t done, std::uint64_t of);

private:
    using Clock = std::chrono::steady_clock;

    Context& context_;
    Door* door_;
    std::string label_;
    std::chrono::milliseconds between_;
    std::optional<Clock::time_point> begun_;  // When counting began; reading has its own pace.
    Clock::time_point shown_;
};

}  // namespace debrief::platform::cli
