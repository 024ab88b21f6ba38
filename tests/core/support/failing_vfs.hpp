// A disk that stops after a number of writes, as if the machine went down: everything after fails.
#pragma once

#include <cstdint>
#include <limits>
#include <string>

namespace debrief::core::test {

class FailingDisk {
public:
    static constexpr const char* name = "failing";
    static constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

    /// Registers the disk once; the writes and syncs until it stops are counted from here.
    static void stop_after(std::int64_t operations);
    /// How many writes and syncs there were since `stop_after`.
    static std::int64_t operations();
    /// What a stopped disk says: an I/O error, or that it is full.
    static void say_full(bool full);
};

}  // namespace debrief::core::test
