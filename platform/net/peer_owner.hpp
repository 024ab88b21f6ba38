// Whose program is at the other end of a connection on this machine (Linux).
#pragma once

#include <cstdint>
#include <optional>

namespace debrief::platform {

/// The user id that owns the other end of an open IPv4 connection from port `peer` of this machine to our port `own`.
/// Nothing where the system does not say, or the connection is open no more.
std::optional<unsigned> owner_of_peer(std::uint16_t peer, std::uint16_t own);

/// Whether this system says who owns a connection at all.
bool owners_are_known();

}  // namespace debrief::platform
