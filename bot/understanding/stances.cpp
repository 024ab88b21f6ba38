#include <algorithm>
#include <array>

#include "bot/understanding/models.hpp"
#include "bot/understanding/told.hpp"

namespace debrief::bot::understanding {
namespace {

// Named in private remarks and nowhere else: nobody's business.
bool only_privately(const Reading& r, std::size_t person) {
    if (r.clauses.empty()) return false;
    return std::all_of(r.told[person].mentions.begin(), r.told[person].mentions.end(), [&](std::size_t m) {
        // The clause that the mention stands in, or the last one before it.
        const auto begin = r.people.mentions[m].begin;
        const auto after = std::upper_bound(r.clauses.begin(), r.clauses.end(), begin,
                                            [](std::size_t at, const Clause& c) { return at < c.end; });
        const auto k = std::min<std::size_t>(static_cast<std::size_t>(after - r.clauses.begin()), r.clauses.size() - 1);
        return r.cues[k].private_remark.value >= 3;
    });
}

// The first clause that tells the person's view, else the first that names them.
std::size_t evidence_of(const Reading& r, std::size_t person) {
    const auto& all = r.told[person].clauses;
    auto found = std::find_if(all.begin(), all.end(), [&](std::size_t k) { return holds(r.clauses[k], person); });
    if (found == all.end())
        found = std::find_if(all.begin(), all.end(), [&](std::size_t k) { return names(r, r.clauses[k], person); });
    return found == all.end() ? r.clauses.size() : *found;
}

// A short clause holds little but its cue, or its want of one.
std::vector<double> stance_prior(const Reading& r, std::size_t person, std::size_t clause) {
    constexpr std::size_t short_max = 8;  // Words.
    constexpr double trust = 1;
    std::vector<double> prior(stance_count);
    if (clause == r.clauses.size() || r.clauses[clause].core_end - r.clauses[clause].core_begin > short_max)
        return prior;
    const auto cued = cued_stance(r, person);
    if (cued || denies(r.tokens, r.clauses[clause]))
        prior[static_cast<std::size_t>(cued.value_or(Stance::unknown))] += trust;
    return prior;
}

}  // namespace

std::optional<Stance> cued_stance(const Reading& r, std::size_t person) {
    std::array<double, stance_count> weight{};
    const auto of = [&](Stance s) -> double& { return weight[static_cast<std::size_t>(s)]; };
    for (const auto k : r.told[person].clauses) {
        const Clause& c = r.clauses[k];
        if (!holds(c, person)) continue;
        const auto topic = strongest(r.cues[k]);
        for (std::size_t s = 0; s < stance_count; ++s) weight[s] += r.cues[k].stances[s].value;
        if (topic == Dimension::concern) of(Stance::skeptic) += 2;
        if (c.person && topic == Dimension::desired_outcome) of(Stance::supporter) += 2;
    }
    for (const Stance s : {Stance::blocker, Stance::champion}) {
        if (of(s) >= 2) return s;
    }
    if (of(Stance::supporter) >= 2 && of(Stance::supporter) >= of(Stance::skeptic)) return Stance::supporter;
    for (const Stance s : {Stance::skeptic, Stance::neutral}) {
        if (of(s) >= 2) return s;
    }
    return std::nullopt;
}

void judge_stances(Reading& r, const LinearModel& stance) {
    for (std::size_t p = 0; p < r.people.named; ++p) {
        Person person = r.people.list[p];
        if (!person.known && only_privately(r, p)) continue;
        const auto k = evidence_of(r, p);
        person.stance = static_cast<Stance>(stance.judge(person_features(r, p), stance_prior(r, p, k)).label);
        if (person.stance != Stance::unknown && k < r.clauses.size())
            person.evidence = r.words(r.clauses[k].core_begin, r.clauses[k].core_end);
        r.result.people.push_back(std::move(person));
    }
}

}  // namespace debrief::bot::understanding
