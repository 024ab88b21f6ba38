// SHA-256, for names derived from words and for the proof that a payload is the one we know.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "core/bytes.hpp"

namespace debrief::core {

using Sha256 = std::array<std::uint8_t, 32>;

Sha256 sha256(ByteView bytes);
/// Lower-case hexadecimal.
std::string hex(ByteView bytes);

}  // namespace debrief::core
