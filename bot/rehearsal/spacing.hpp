// When an answer comes again: tomorrow after a weak one, later and later after good ones.
// Source: P. A. Woźniak, "Optimization of learning" (SM-2), 1990, with the lengths fixed and one grade each way, for a
// rep rehearses a few questions a week and not a vocabulary.
#pragma once

#include <chrono>

namespace debrief::bot::rehearsal {

/// Days until it is due, after so many good answers in a row: none 1, then 1, 3, 7, and 21 from the fourth on.
constexpr std::chrono::days days_until_due(int streak) {
    if (streak <= 1) return std::chrono::days{1};
    if (streak == 2) return std::chrono::days{3};
    if (streak == 3) return std::chrono::days{7};
    return std::chrono::days{21};
}

/// The row of good answers after one more.
constexpr int streak_after(int streak, bool credited) {
    return credited ? streak + 1 : 0;
}

}  // namespace debrief::bot::rehearsal
