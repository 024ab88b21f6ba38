// What a review may know besides the journey: colleagues, what shifted, the last review, the plan that is reviewed.
#pragma once

#include "bot/dialogue/conversation.hpp"
#include "core/journey/journey.hpp"
#include "platform/app/context.hpp"

namespace debrief::platform {

/// Fills in the part of `world` that only reviews read.
core::Status add_review_world(Context& context, const bot::Conversation& conversation, const core::Evidence& evidence,
                              bot::World& world);

}  // namespace debrief::platform
