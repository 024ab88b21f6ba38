#include <algorithm>

#include "bot/understanding/reading.hpp"

namespace debrief::bot::understanding {
namespace {

double value(const Cues& cues, Stance s) {
    return cues.stances[static_cast<std::size_t>(s)].value;
}

// Whose view a clause tells: its subject, else whoever is being quoted.
std::optional<std::size_t> holder(const Clause& c) {
    return c.person ? c.person : c.reporter;
}

// "Ruth says the drivers do not trust it": the subject is several people, not Ruth.
bool about_others(const Reading& r, const Clause& c) {
    for (std::size_t i = c.core_begin; i < c.core_end; ++i) {
        const Token& t = r.tokens[i];
        if (is(t, WordClass::group) || is(t, WordClass::person) || t.norm == "they") return true;
        if (is(t, WordClass::be) || is(t, WordClass::modal) || is(t, WordClass::verb) || is(t, WordClass::have) ||
            is(t, WordClass::rep))
            return false;
        if (t.norm.size() > 4 && t.norm.back() == 's' && t.norm[t.norm.size() - 2] != 's') return true;
    }
    return false;
}

// Named in private remarks and nowhere else: nobody's business.
bool only_privately(const Reading& r, std::size_t person) {
    std::size_t k = 0;
    for (const Mention& m : r.people.mentions) {
        while (k + 1 < r.clauses.size() && r.clauses[k].end <= m.begin) ++k;
        if (m.person == person && (r.clauses.empty() || r.cues[k].private_remark.value < 3)) return false;
    }
    return true;
}

}  // namespace

void judge_stances(Reading& r) {
    struct Evidence {
        std::array<double, stance_count> weight{};
        std::array<std::size_t, stance_count> clause{};
    };
    std::vector<Evidence> evidence(r.people.list.size());
    const auto add = [&](std::size_t person, Stance s, double weight, std::size_t clause) {
        if (person >= evidence.size() || weight <= 0) return;
        auto& e = evidence[person];
        const auto at = static_cast<std::size_t>(s);
        if (e.weight[at] == 0) e.clause[at] = clause;
        e.weight[at] += weight;
    };
    for (std::size_t k = 0; k < r.clauses.size(); ++k) {
        const Clause& c = r.clauses[k];
        const Cues& cues = r.cues[k];
        if (cues.private_remark.value >= 3) continue;
        if (c.subject == Subject::rep && !c.reported) continue;
        std::vector<std::size_t> holders;
        if (const auto h = holder(c)) holders.push_back(*h);
        // "Kate and Bob want it": both are the subject.
        if (c.person) {
            const auto& all = r.people.mentions;
            for (auto at = std::lower_bound(all.begin(), all.end(), c.core_begin + 1,
                                            [](const Mention&m, std::size_t token) { return m.begin < token; });
                 at != all.end() && at->begin < c.core_end; ++at) {
                const Mention& m = *at;
                if (m.begin >= 2 && r.tokens[m.begin - 1].norm == "and" && r.people.at(m.begin - 2) != nullptr &&
                    r.people.at(m.begin - 2)->person == *c.person)
                    holders.push_back(m.person);
            }
        }
        for (const std::size_t h : holders) {
            const bool own = c.person == h;
            for (const Stance s :
                 {Stance::champion, Stance::supporter, Stance::neutral, Stance::skeptic, Stance::blocker}) {
                // Effort for another way is none for this one; and what others think is not the reporter's view.
                if (r.chosen[k] == Dimension::competing_option && (s == Stance::champion || s == Stance::supporter))
                    continue;
                if (!own && about_others(r, c)) continue;
                add(h, s, value(cues, s), k);
            }
            if (r.chosen[k] == Dimension::concern && (own || !about_others(r, c))) add(h, Stance::skeptic, 2, k);
            const double wish = c.core_begin < c.core_end
                                    ? cues.dimensions[static_cast<std::size_t>(Dimension::desired_outcome)].value
                                    : 0;
            if (own && (r.chosen[k] == Dimension::desired_outcome || (r.chosen[k] == Dimension::timing && wish >= 4)))
                add(h, Stance::supporter, 2, k);
            // Who names a condition for signing is neither for it nor against it.
            if (own && r.chosen[k] == Dimension::decision_process && value(cues, Stance::skeptic) == 0)
                add(h, Stance::neutral, value(cues, Stance::neutral) > 0 ? 2 : 0, k);
        }
    }
    for (std::size_t p = 0; p < r.people.named; ++p) {
        Person person = r.people.list[p];
        if (!person.known && only_privately(r, p)) continue;
        const auto& w = evidence[p].weight;
        const auto has = [&](Stance s) { return w[static_cast<std::size_t>(s)] >= 2; };
        person.stance = has(Stance::blocker)     ? Stance::blocker
                        : has(Stance::champion)  ? Stance::champion
                        : has(Stance::supporter) ? Stance::supporter
                        : has(Stance::skeptic)   ? Stance::skeptic
                        : has(Stance::neutral)   ? Stance::neutral
                                                 : Stance::unknown;
        // Doubt that outweighs a kind word is doubt.
        if (person.stance == Stance::supporter &&
            w[static_cast<std::size_t>(Stance::skeptic)] > w[static_cast<std::size_t>(Stance::supporter)])
            person.stance = Stance::skeptic;
        if (person.stance != Stance::unknown) {
            const Clause& c = r.clauses[evidence[p].clause[static_cast<std::size_t>(person.stance)]];
            person.evidence = r.words(c.core_begin, c.core_end);
        }
        r.result.people.push_back(std::move(person));
    }
}

}  // namespace debrief::bot::understanding
