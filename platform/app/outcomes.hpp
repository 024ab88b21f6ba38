// How opportunities ended, counted: in total, by team, by product and by the quarter in which they ended.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/journey/endings.hpp"
#include "sync/server/directory.hpp"

namespace debrief::platform {

/// An open opportunity of which nothing was heard for so long looks undecided, if it was engaged as long ago.
inline constexpr std::chrono::days silent_for{120};

using LastHeard = std::function<std::optional<std::chrono::sys_days>(const core::Uuid& account)>;

/// `{recorded, inferred, total, teams, products, quarters}`, see docs/rpc.md. Who owns one without a team is counted
/// under no team; who is in two teams in both. Pure.
nlohmann::json outcomes_json(const std::vector<core::Ending>& endings, const sync::Directory& directory,
                             std::chrono::sys_days today, const LastHeard& last_heard);

}  // namespace debrief::platform
