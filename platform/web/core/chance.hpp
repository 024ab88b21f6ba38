// Chance comes from the host: in a browser that is crypto.getRandomValues.
#pragma once

namespace debrief::platform {

/// Gives libsodium the host's random bytes. Once, before anything draws.
void use_host_chance();

}  // namespace debrief::platform
