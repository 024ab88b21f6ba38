// Positions and numbers as SQLite keeps them: its integers have a sign. None of ours is above core::number_max.
#pragma once

#include <cstdint>

namespace debrief::sync {

constexpr std::int64_t stored(std::uint64_t number) {
    return static_cast<std::int64_t>(number);
}
constexpr std::uint64_t number(std::int64_t stored) {
    return static_cast<std::uint64_t>(stored);
}

}  // namespace debrief::sync
