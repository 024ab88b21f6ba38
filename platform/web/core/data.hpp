// What the module understands with is large and fetched later: the host brings it when it is there.
#pragma once

#include <string_view>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace debrief::platform {

/// Takes a file: `models.bin` or `encoder.bin`. Errors: `corrupt`, and `invalid` for another name.
core::Status take_language_data(std::string_view name, core::Bytes bytes);
/// What was taken and must be kept; empty if it has not come.
core::ByteView language_data(std::string_view name);

}  // namespace debrief::platform
