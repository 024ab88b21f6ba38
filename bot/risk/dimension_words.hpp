// The ten dimensions as people say them.
#pragma once

#include <string_view>

#include "core/journey/words.hpp"

namespace debrief::bot {

/// Fits behind "Nothing is known yet about …" and "Noch nichts bekannt ist: …".
std::string_view dimension_words(core::Dimension dimension, std::string_view language);

}  // namespace debrief::bot
