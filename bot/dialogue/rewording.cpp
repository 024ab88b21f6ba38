#include "bot/dialogue/rewording.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "bot/dialogue/figures.hpp"
#include "bot/dialogue/words.hpp"

namespace debrief::bot {
namespace {

using sv = std::string_view;

std::vector<Figure> numbers_in(sv text) {
    auto found = figures_in(text);
    std::erase_if(found, [](const Figure& figure) { return figure.spelled; });
    return found;
}

/// Begin and end of each word as it stands, marks included.
std::vector<std::pair<std::size_t, std::size_t>> words_in(sv text) {
    std::vector<std::pair<std::size_t, std::size_t>> found;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        if (end > at) found.emplace_back(at, end);
        at = end + 1;
    }
    return found;
}

/// "three times a month" into "the line stops two times a month": what stands before the shared end changes places.
std::optional<std::string> spliced_before_end(const std::string& old, const std::string& rest) {
    const auto before = words_in(old), fresh = words_in(rest);
    const auto word = [](const std::string& text, std::pair<std::size_t, std::size_t> at) {
        return plain_line(sv(text).substr(at.first, at.second - at.first));
    };
    std::size_t shared = 0;
    while (shared < before.size() && shared < fresh.size() &&
           word(old, before[before.size() - 1 - shared]) == word(rest, fresh[fresh.size() - 1 - shared]))
        ++shared;
    const std::size_t other = fresh.size() - shared;
    if (shared == 0 || other == 0 || other > 2 || before.size() <= shared + other) return std::nullopt;
    const std::size_t from = before[before.size() - shared - other].first;
    const std::size_t to = before[before.size() - shared - 1].second;
    std::string text = old;
    return text.replace(from, to - from, rest.substr(0, fresh[other - 1].second));
}

}  // namespace

std::string without_it_is(std::string text) {
    const std::string small = lower_case(text);
    for (const sv lead : {sv("it is "), sv("it's "), sv("it was "), sv("that's "), sv("they are "), sv("these are "),
                          sv("rather "), sv("es ist "), sv("es sind "), sv("es war "), sv("sondern ")}) {
        if (small.starts_with(lead)) return trimmed(sv(text).substr(lead.size()));
    }
    return text;
}

std::optional<std::string> with_fragment(const std::string& old, const std::string& fragment) {
    const auto fresh = numbers_in(fragment), before = numbers_in(old);
    if (fresh.size() != 1 || before.size() != 1) return spliced_before_end(old, fragment);
    std::string text = old;
    return text.replace(before[0].offset, before[0].length, fragment.substr(fresh[0].offset, fresh[0].length));
}

std::string with_subject_of(const std::string& old, const std::string& fresh) {
    constexpr std::size_t subject_words_max = 6;
    const auto mine = words_in(fresh), theirs = words_in(old);
    if (mine.size() < 3) return fresh;
    const std::string pronoun = lower_case(fresh.substr(0, mine[0].second));
    if (pronoun != "it" && pronoun != "they" && pronoun != "es" && pronoun != "sie") return fresh;
    const std::string verb = plain_line(fresh.substr(mine[1].first, mine[1].second - mine[1].first));
    for (std::size_t i = 1; i < theirs.size() && i <= subject_words_max; ++i) {
        if (plain_line(old.substr(theirs[i].first, theirs[i].second - theirs[i].first)) == verb)
            return old.substr(0, theirs[i].first) + fresh.substr(mine[1].first);
    }
    return fresh;
}

}  // namespace debrief::bot
