// Words are matched by their longest common subsequence; each edit is then a list of replaced spans of the base.
#include "core/changes/prose.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace debrief::core {
namespace {

using Words = std::vector<std::string_view>;

/// Words with the blanks that follow them, so that joined they are the text again.
Words words_of(std::string_view text) {
    Words words;
    std::size_t start = 0;
    for (std::size_t at = 1; at <= text.size(); ++at) {
        const bool ends =
            at == text.size() || ((text[at - 1] == ' ' || text[at - 1] == '\n') && text[at] != ' ' && text[at] != '\n');
        if (!ends) continue;
        words.push_back(text.substr(start, at - start));
        start = at;
    }
    return words;
}

/// Words `first` to `last` (excluded) of the base became `by`.
struct Span {
    std::size_t first, last;
    std::size_t by_first, by_last;
};

constexpr std::size_t cells_max = 4'000'000;  // Beyond it two long texts would cost more than a person's choice.

std::optional<std::vector<Span>> difference(const Words& base, const Words& other) {
    const std::size_t rows = base.size() + 1, columns = other.size() + 1;
    if (rows > cells_max / columns) return std::nullopt;
    std::vector<std::uint32_t> common(rows * columns, 0);
    for (std::size_t i = base.size(); i-- > 0;) {
        for (std::size_t j = other.size(); j-- > 0;) {
            common[i * columns + j] = base[i] == other[j]
                                          ? common[(i + 1) * columns + j + 1] + 1
                                          : std::max(common[(i + 1) * columns + j], common[i * columns + j + 1]);
        }
    }
    std::vector<Span> spans;
    std::size_t i = 0, j = 0;
    while (i < base.size() || j < other.size()) {
        if (i < base.size() && j < other.size() && base[i] == other[j]) {
            ++i, ++j;
            continue;
        }
        const bool skip_base =
            j == other.size() || (i < base.size() && common[(i + 1) * columns + j] >= common[i * columns + j + 1]);
        if (spans.empty() || spans.back().last != i || spans.back().by_last != j) spans.push_back({i, i, j, j});
        if (skip_base) {
            spans.back().last = ++i;
        } else {
            spans.back().by_last = ++j;
        }
    }
    return spans;
}

void append(std::string& out, const Words& words, std::size_t first, std::size_t last) {
    for (std::size_t at = first; at < last; ++at) out += words[at];
}

}  // namespace

std::optional<std::string> merge_text(std::string_view base, std::string_view a, std::string_view b) {
    if (a == b || base == b) return std::string{a};
    if (base == a) return std::string{b};
    const Words from = words_of(base), left = words_of(a), right = words_of(b);
    const auto ours = difference(from, left), theirs = difference(from, right);
    if (!ours || !theirs) return std::nullopt;
    std::string out;
    std::size_t at = 0;
    auto l = ours->begin();
    auto r = theirs->begin();
    while (l != ours->end() || r != theirs->end()) {
        const bool from_left = r == theirs->end() || (l != ours->end() && l->first <= r->first);
        if (l != ours->end() && r != theirs->end()) {
            // Touching spans count as overlapping: nobody can say in which order both were meant.
            if (l->first <= r->last && r->first <= l->last) return std::nullopt;
        }
        const auto& span = from_left ? *l++ : *r++;
        append(out, from, at, span.first);
        append(out, from_left ? left : right, span.by_first, span.by_last);
        at = span.last;
    }
    append(out, from, at, from.size());
    return out;
}

std::optional<std::string> merged_prose(const Heads& heads) {
    if (heads.empty()) return std::nullopt;
    std::optional<std::string> merged;
    for (const auto& head : heads) {
        const auto* text = std::get_if<std::string>(&head.value);
        if (text == nullptr || head.base != heads.front().base) return std::nullopt;
        if (heads.size() > 1 && head.base.empty()) return std::nullopt;
        merged = merged ? merge_text(head.base, *merged, *text) : std::optional{*text};
        if (!merged) return std::nullopt;
    }
    return merged;
}

}  // namespace debrief::core
