// Which program this is.
#pragma once

#include <string_view>

namespace debrief::platform {

inline constexpr std::string_view program_version = DEBRIEF_VERSION;
/// Grows when a method or a field is added to the contract.
inline constexpr int rpc_protocol = 1;

}  // namespace debrief::platform
