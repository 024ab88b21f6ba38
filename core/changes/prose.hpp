// Text that several people edit: what they made of one base is merged when it is read, never written by a device.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/changes/merge.hpp"

namespace debrief::core {

/// The two edits of `base` in one text, word by word. Nothing if they touch the same place.
std::optional<std::string> merge_text(std::string_view base, std::string_view a, std::string_view b);

/// The one text that all heads together say. Nothing unless all hold text, began from the same base and merge cleanly.
std::optional<std::string> merged_prose(const Heads& heads);

}  // namespace debrief::core
