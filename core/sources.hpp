// Time and chance are handed in: platform/ implements these, tests fake them.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>

namespace debrief::core {

/// Milliseconds since the Unix epoch, UTC.
using Instant = std::chrono::milliseconds;

/// Threads: implementations may be called from several.
class ClockSource {
public:
    virtual ~ClockSource() = default;
    virtual Instant now() = 0;
};

/// Unpredictable bytes. Identifiers and secrets come from here.
class RandomSource {
public:
    virtual ~RandomSource() = default;
    virtual void fill(std::span<std::uint8_t> out) = 0;
};

}  // namespace debrief::core
