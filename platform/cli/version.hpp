// The version of this program, as the build gives it.
#pragma once

#include <string_view>

namespace debrief::platform::cli {

#ifdef DEBRIEF_VERSION
inline constexpr std::string_view program_version = DEBRIEF_VERSION;
#else
inline constexpr std::string_view program_version = "0.1.0";
#endif

}  // namespace debrief::platform::cli
