// The sentence encoder's weights, a file beside the program. Without it everything works, and less is understood.
#pragma once

#include <string>

#include "bot/encoder/encoder.hpp"
#include "core/result.hpp"

namespace debrief::platform {

/// Where the weights are: in `wished` ($DEBRIEF_ENCODER), if that is not empty; else share/debrief/encoder.bin above
/// the program's own folder. Empty if `wished` is "off", or there is no such file.
std::string encoder_path(const std::string& wished);

/// Errors: `not_found`, `io`, and those of Encoder::load.
core::Result<bot::encoder::Encoder> load_encoder(const std::string& path);

}  // namespace debrief::platform
