// What people are told whose device an administrator has cut off.
#pragma once

#include <cstdint>
#include <string>

#include "core/sources.hpp"

namespace debrief::platform {

/// A store that was removed, or is about to be.
struct CutOffStore {
    core::Instant cut_off_at{};     ///< When an administrator did it, by the server's clock; 0: it does not know.
    core::Instant wiped_at{};       ///< By this device's clock.
    std::uint64_t handed_over = 0;  ///< Changes that the server took over before.
    std::uint64_t lost = 0;         ///< Changes that it did not take.
};

/// A few sentences: what happened, and what became of what was not sent yet.
std::string cut_off_words(const CutOffStore& store);
inline constexpr const char* cut_off_hint =
    "Ask your administrator for a new invitation, then run: debrief join INVITATION";

}  // namespace debrief::platform
