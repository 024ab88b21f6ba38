#include <algorithm>

#include "bot/understanding/models.hpp"

namespace debrief::bot::understanding {
namespace {

// A short clause holds little but its cue, or its want of one.
constexpr std::size_t short_max = 8;
constexpr double trust = 1;

// Named in private remarks and nowhere else: nobody's business.
bool only_privately(const Reading& r, std::size_t person) {
    std::size_t k = 0;
    for (const Mention& m : r.people.mentions) {
        while (k + 1 < r.clauses.size() && r.clauses[k].end <= m.begin) ++k;
        if (m.person == person && (r.clauses.empty() || r.cues[k].private_remark.value < 3)) return false;
    }
    return true;
}

// Whose view a clause tells: its subject, else whoever is being quoted.
std::size_t clause_of(const Reading& r, std::size_t person) {
    for (std::size_t k = 0; k < r.clauses.size(); ++k) {
        if (r.clauses[k].person == person || (!r.clauses[k].person && r.clauses[k].reporter == person)) return k;
    }
    for (const Mention& m : r.people.mentions) {
        if (m.person != person) continue;
        for (std::size_t k = 0; k < r.clauses.size(); ++k) {
            if (m.begin >= r.clauses[k].begin && m.begin < r.clauses[k].end) return k;
        }
    }
    return r.clauses.size();
}

}  // namespace

void judge_stances(Reading& r, const LinearModel& stance) {
    for (std::size_t p = 0; p < r.people.named; ++p) {
        Person person = r.people.list[p];
        if (!person.known && only_privately(r, p)) continue;
        auto logits = stance.judge(person_features(r, p)).logits;
        const auto k = clause_of(r, p);
        const auto cued = cued_stance(r, p);
        if (k < r.clauses.size() && r.clauses[k].core_end - r.clauses[k].core_begin <= short_max &&
            (cued || denies(r, r.clauses[k])))
            logits[static_cast<std::size_t>(cued.value_or(Stance::unknown))] += trust;
        person.stance = static_cast<Stance>(std::max_element(logits.begin(), logits.end()) - logits.begin());
        if (person.stance != Stance::unknown && k < r.clauses.size())
            person.evidence = r.words(r.clauses[k].core_begin, r.clauses[k].core_end);
        r.result.people.push_back(std::move(person));
    }
}

}  // namespace debrief::bot::understanding
