// What a one-to-one has brought so far: a note of the rep's own words, and what the manager will do. A fold over the
// lines, as everything in a conversation is.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/dialogue/conversation.hpp"

namespace debrief::bot::coaching {

/// The question that a line answers which only says what the manager will do.
inline constexpr std::string_view promise_question = "promise";

struct Promise {
    core::Uuid id;  ///< Of the task that it becomes.
    std::string text;
    std::optional<std::chrono::sys_days> due;
};
struct Harvest {
    std::string note;
    std::vector<Promise> promises;
};
/// Lines that were taken back do not count.
Harvest harvest_of(const Conversation& conversation, const World& world);

}  // namespace debrief::bot::coaching
