// Meetings that are over and wait for a debrief: each is told once.
#pragma once

#include <chrono>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "platform/app/context.hpp"

namespace debrief::platform {

/// So long after the end, the hands are shaken and the car is reached.
inline constexpr std::chrono::minutes nudge_after{10};
/// Where no end is known.
inline constexpr std::chrono::hours meeting_length{1};
/// Older ones are listed, and no longer told.
inline constexpr std::chrono::days nudge_until{7};

/// The parameters of a `reminder` for each meeting of this user that ended and was not told yet, the oldest first; they
/// count as told from now on. A manager is told of meetings with accounts of their own.
core::Result<std::vector<nlohmann::json>> newly_ended_meetings(Context& context, core::Instant now);

}  // namespace debrief::platform
