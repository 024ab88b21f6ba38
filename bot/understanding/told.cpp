#include "bot/understanding/told.hpp"

#include <algorithm>

namespace debrief::bot::understanding {
namespace {

/// Mentions stand in order.
std::size_t first_mention_from(const Reading& r, std::size_t token) {
    const auto& all = r.people.mentions;
    const auto at = std::lower_bound(all.begin(), all.end(), token,
                                     [](const Mention& m, std::size_t from) { return m.begin < from; });
    return static_cast<std::size_t>(at - all.begin());
}

template <typename Fits>
bool any_named(const Reading& r, const Clause& c, Fits fits) {
    for (auto m = first_mention_from(r, c.begin); m < r.people.mentions.size(); ++m) {
        if (r.people.mentions[m].begin >= c.end) return false;
        if (fits(r.people.mentions[m].person)) return true;
    }
    return false;
}

/// Both tokens and clauses stand in the order of their sentences.
template <typename Part>
std::pair<std::size_t, std::size_t> of_sentence(const std::vector<Part>& parts, std::size_t sentence) {
    const auto first = std::lower_bound(parts.begin(), parts.end(), sentence,
                                        [](const Part& p, std::size_t s) { return p.sentence < s; });
    const auto last =
        std::upper_bound(first, parts.end(), sentence, [](std::size_t s, const Part& p) { return s < p.sentence; });
    return {static_cast<std::size_t>(first - parts.begin()), static_cast<std::size_t>(last - parts.begin())};
}

}  // namespace

void find_told(Reading& r) {
    r.told.assign(r.people.list.size(), {});
    for (std::size_t m = 0; m < r.people.mentions.size(); ++m)
        r.told[r.people.mentions[m].person].mentions.push_back(m);
    const auto tell = [&](std::size_t person, std::size_t k) {
        if (person >= r.told.size()) return;
        auto& clauses = r.told[person].clauses;
        if (clauses.empty() || clauses.back() != k) clauses.push_back(k);
    };
    for (std::size_t k = 0; k < r.clauses.size(); ++k) {
        const Clause& c = r.clauses[k];
        if (c.person) tell(*c.person, k);
        if (c.reporter) tell(*c.reporter, k);
        for (auto m = first_mention_from(r, c.begin); m < r.people.mentions.size(); ++m) {
            if (r.people.mentions[m].begin >= c.end) break;
            tell(r.people.mentions[m].person, k);
        }
    }
}

bool names(const Reading& r, const Clause& c, std::size_t person) {
    return any_named(r, c, [person](std::size_t p) { return p == person; });
}

bool names_another(const Reading& r, const Clause& c, std::size_t person) {
    return any_named(r, c, [person](std::size_t p) { return p != person; });
}

std::pair<std::size_t, std::size_t> clauses_of(const Reading& r, std::size_t sentence) {
    return of_sentence(r.clauses, sentence);
}

std::pair<std::size_t, std::size_t> tokens_of(const Reading& r, std::size_t sentence) {
    return of_sentence(r.tokens, sentence);
}

}  // namespace debrief::bot::understanding
