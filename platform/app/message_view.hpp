// A stored line as the contract shows it.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/result.hpp"
#include "core/store/store.hpp"

namespace debrief::platform {

/// Errors: `corrupt` if the line cannot be read.
core::Result<nlohmann::json> message_view(core::Store& store, const core::Record& record);

}  // namespace debrief::platform
