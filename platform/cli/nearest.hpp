// "Did you mean …": the word that a typo most likely stood for.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace debrief::platform::cli {

/// Letters put in, left out, replaced or swapped with their neighbour. Compared without regard to ASCII case.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The closest of `words`, if it is close enough to be meant; ties go to the first.
std::optional<std::string> nearest(std::string_view typed, std::span<const std::string> words);

}  // namespace debrief::platform::cli
