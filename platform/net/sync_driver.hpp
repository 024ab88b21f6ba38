// Carries out what the sync session decides, over a WebSocket: no opinion about the protocol lives here.
#pragma once

#include <memory>

#include "platform/app/sync_link.hpp"

namespace debrief::platform {

/// A link to the server that the store is enrolled with. Network timers run on the machine's steady clock.
std::unique_ptr<SyncLink> websocket_link(const LinkSetup& setup);

}  // namespace debrief::platform
