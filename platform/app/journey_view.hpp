// Journeys, risks and what shifted, as the contract shows them.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "bot/risk/risk.hpp"
#include "core/journey/journey.hpp"
#include "platform/app/context.hpp"

namespace debrief::platform {

nlohmann::json item_view(const core::Item& item);
nlohmann::json source_view(const core::Source& source);
nlohmann::json commitment_view(const core::CommitmentView& commitment);
nlohmann::json risk_view(const bot::Risk& risk);
nlohmann::json journey_view(const core::Journey& journey, const bot::Risk& risk);
nlohmann::json change_view(const core::JourneyChange& change);
nlohmann::json changes_view(const std::vector<core::JourneyChange>& changes);

/// A moment given as an instant, or as a civil day: its end, or with `starts` its start.
core::Moment moment_param(const Context& context, const std::string& text, bool starts);

}  // namespace debrief::platform
