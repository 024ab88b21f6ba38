// The link to a server over the browser's own WebSocket. What the host tells of a socket goes to the link that opened
// it.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "core/bytes.hpp"

namespace debrief::platform {

/// What the administrator's list shows for this device.
void set_device_name(std::string name);

void link_opened(int link);
/// `more`: the next message is there already, and is told at once.
void link_message(int link, core::ByteView message, bool more);
/// `opened`: whether it had come up. `reason` is the server's, and may be empty.
void link_closed(int link, bool opened, const std::string& reason);
/// The browser says that there is a network again.
void links_try_again();

/// Until some link has a timer that is over; nothing if none waits for time.
std::optional<std::chrono::milliseconds> links_due();

}  // namespace debrief::platform
