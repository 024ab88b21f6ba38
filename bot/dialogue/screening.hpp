// Private remarks never reach the store: their place is kept by a placeholder.
#pragma once

#include <string>
#include <string_view>

namespace debrief::bot {

inline constexpr std::string_view private_placeholder = "[private remark, not kept]";

/// The text with placeholders blanked out, byte for byte, so that spans stay true.
std::string without_placeholders(std::string_view text);

}  // namespace debrief::bot
