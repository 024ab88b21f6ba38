#include <algorithm>
#include <array>

#include "bot/understanding/arithmetic.hpp"
#include "bot/understanding/models.hpp"

namespace debrief::bot::understanding {
namespace {

constexpr std::size_t nothing = dimension_count;  // The class of clauses that hold no fact.

bool may_hold_fact(const Reading& r, std::size_t k) {
    const Clause& c = r.clauses[k];
    // "Last Friday," says when; what happened stands in the next clause.
    const bool only_date = std::any_of(r.dates.begin(), r.dates.end(), [&](const FoundDate& d) {
        return d.begin <= c.core_begin && c.core_end <= d.end;
    });
    return r.cues[k].private_remark.value < 3 && c.core_begin < c.core_end && !only_date;
}

/// A short clause holds little but its cue; the models, which learned from longer ones, trust it too little there.
std::vector<double> topic_prior(const Reading& r, std::size_t k) {
    constexpr std::size_t short_max = 8, very_short_max = 4;  // Words.
    constexpr double most = 8;
    std::vector<double> prior(dimension_count + 1);
    // "He has not found the room yet" answers a question after a promise, and is none.
    constexpr double no_promise = 6;
    if (denies(r.tokens, r.clauses[k])) prior[static_cast<std::size_t>(Dimension::commitment)] -= no_promise;
    const auto length = r.clauses[k].core_end - r.clauses[k].core_begin;
    if (length > short_max) return prior;
    const double trust = length > very_short_max ? 0.2 : 0.4;
    for (std::size_t d = 0; d < nothing; ++d) prior[d] += trust * std::min(r.cues[k].dimensions[d].value, most);
    return prior;
}

/// Clauses [begin, end) say one thing together.
void add_fact(Reading& r, std::size_t begin, std::size_t end, Dimension dimension) {
    Fact fact;
    fact.dimension = dimension;
    fact.text = r.words(r.clauses[begin].core_begin, r.clauses[end - 1].core_end);
    fact.span = r.span(r.clauses[begin].core_begin, r.clauses[end - 1].core_end);
    const Clause& c = r.clauses[begin];
    const auto person = c.person ? c.person : c.reporter;
    if (person && *person < r.people.list.size() && dimension != Dimension::unknown)
        fact.person = r.people.list[*person].name;
    for (std::size_t i = begin; i < end; ++i) {
        const auto& topic = r.topics[i];
        if (topic.label != dimension) continue;
        fact.margin = std::max(fact.margin, topic.margin);
        if (fact.why.empty() && topic.why_end > topic.why_begin) fact.why = r.words(topic.why_begin, topic.why_end);
    }
    r.result.facts.push_back(std::move(fact));
}

}  // namespace

void find_topics(Reading& r, const LinearModel& topic) {
    r.topics.clear();
    for (std::size_t k = 0; k < r.clauses.size(); ++k) {
        Topic found;
        if (may_hold_fact(r, k)) {
            auto verdict = topic.judge(clause_features(r, k), topic_prior(r, k));
            if (verdict.label != nothing) found.label = static_cast<Dimension>(verdict.label);
            found.margin = verdict.margin;
            found.why_begin = verdict.why.begin;
            found.why_end = verdict.why.end;
            found.logits = std::move(verdict.logits);
        }
        r.topics.push_back(std::move(found));
    }
}

namespace {

/// How likely each class is, as natural logarithms.
std::vector<double> log_shares(const std::vector<double>& logits) {
    const double top = *std::max_element(logits.begin(), logits.end());
    double sum = 0;
    for (const double x : logits) sum += exponential(x - top);
    const double whole = top + logarithm(sum);
    std::vector<double> shares;
    for (const double x : logits) shares.push_back(x - whole);
    return shares;
}

struct Step {
    double score = -1e300;
    std::size_t from = nothing;  // The class of the clause before.
    bool joined = false;         // To the fact of the clause before.
};

}  // namespace

// The best reading of a row of clauses as a whole: what each is about, and whether it goes on with the fact before it
// (Viterbi's algorithm).
void find_facts(Reading& r, const LinearModel& join) {
    const std::size_t count = r.clauses.size();
    std::vector<std::array<Step, dimension_count + 1>> steps(count);
    for (std::size_t k = 0; k < count; ++k) {
        if (r.topics[k].logits.empty()) {
            // Not looked at: as good as nothing.
            for (std::size_t d = 0; k > 0 && d <= nothing; ++d) {
                if (steps[k - 1][d].score > steps[k][nothing].score)
                    steps[k][nothing] = {steps[k - 1][d].score, d, false};
            }
            if (k == 0) steps[k][nothing].score = 0;
            continue;
        }
        const auto own = log_shares(r.topics[k].logits);
        const bool may_join = k > 0 && r.clauses[k - 1].sentence == r.clauses[k].sentence;
        const auto joins = may_join ? log_shares(join.judge(join_features(r, k)).logits) : std::vector<double>{0, -1e9};
        for (std::size_t d = 0; d <= nothing; ++d) {
            auto& step = steps[k][d];
            if (k == 0) step.score = 0;
            for (std::size_t before = 0; k > 0 && before <= nothing; ++before) {
                const double score = steps[k - 1][before].score + joins[0];
                if (score > step.score) step = {score, before, false};
            }
            if (may_join && d != nothing && steps[k - 1][d].score + joins[1] > step.score)
                step = {steps[k - 1][d].score + joins[1], d, true};
            step.score += own[d];
        }
    }
    if (count == 0) return;
    std::vector<std::size_t> label(count);
    std::vector<bool> joined(count);
    std::size_t d = 0;
    for (std::size_t i = 1; i <= nothing; ++i) {
        if (steps[count - 1][i].score > steps[count - 1][d].score) d = i;
    }
    for (std::size_t k = count; k-- > 0;) {
        label[k] = d;
        joined[k] = steps[k][d].joined;
        d = steps[k][d].from;
    }
    for (std::size_t k = 0; k < count;) {
        std::size_t end = k + 1;
        while (end < count && joined[end]) ++end;
        if (label[k] != nothing) add_fact(r, k, end, static_cast<Dimension>(label[k]));
        k = end;
    }
}

}  // namespace debrief::bot::understanding
