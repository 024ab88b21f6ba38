// Changes that the server refused, as the user sees them.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/device/device_store.hpp"

namespace debrief::platform {

/// The list `parked` of sync.status; empty if it cannot be read.
nlohmann::json parked_json(core::DeviceStore& device);
nlohmann::json parked_json(const core::OutboxEntry& entry);

}  // namespace debrief::platform
