// Answered questions as records: the verdict, and when they come again.
#pragma once

#include <vector>

#include "bot/dialogue/conversation.hpp"
#include "bot/rehearsal/scenario.hpp"
#include "core/result.hpp"
#include "core/store/store.hpp"

namespace debrief::bot::rehearsal {

/// The record of this conversation in the table `rehearsal`; the seed stands there.
core::Uuid rehearsal_id(const core::Uuid& conversation);
core::Put rehearsal_put(const Conversation& conversation);

/// One record a question: a second try takes the first one's place.
core::Uuid turn_id(const core::Uuid& conversation, const std::string& question);
core::Put turn_put(const Conversation& conversation, const World& world, const Ask& ask, const std::string& asked,
                   const Message& line, const Judged& judged);
/// The civil day from which it comes again.
std::string due_after(const World& world, const std::string& question, core::Instant answered, bool credited);

/// A row of the table `rehearsal_turn`. Errors: `corrupt` if its verdict cannot be read.
core::Result<Drilled> drilled_of(const core::Record& record);

}  // namespace debrief::bot::rehearsal
