#include "platform/cli/nearest.hpp"

#include <algorithm>
#include <vector>

namespace debrief::platform::cli {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

// Source: Damerau, "A technique for computer detection and correction of spelling errors", 1964 (adjacent swaps only).
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const char x = lower(a[i - 1]);
            const char y = lower(b[j - 1]);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (x == y ? 0U : 1U)});
            if (i > 1 && j > 1 && x == lower(b[j - 2]) && y == lower(a[i - 2]))
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        before.swap(last);
        last.swap(row);
    }
    return last[b.size()];
}

std::optional<std::string> nearest(std::string_view typed, std::span<const std::string> words) {
    // Longer than any name worth guessing: the comparison would cost more than it helps.
    if (typed.empty() || typed.size() > 200) return std::nullopt;
    std::optional<std::string> best;
    std::size_t best_distance = 0;
    for (const auto& word : words) {
        if (word.size() > 200) continue;
        std::size_t distance = edit_distance(typed, word);
        // A name is often typed by its first word only; its typo is measured against as much of the name as was typed.
        if (word.size() > typed.size() + 2) {
            const std::string_view start = std::string_view{word}.substr(0, typed.size());
            distance = std::min(distance, edit_distance(typed, start) + 1);
        }
        const std::size_t allowed =
            std::max<std::size_t>(1, std::min(typed.size(), word.size()) / 3 + (typed.size() > 3 ? 1 : 0));
        if (distance > allowed) continue;
        if (!best || distance < best_distance) {
            best = word;
            best_distance = distance;
        }
    }
    return best;
}

}  // namespace debrief::platform::cli
