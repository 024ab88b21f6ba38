#include <algorithm>

#include "bot/understanding/reading.hpp"

namespace debrief::bot::understanding {
namespace {

constexpr double sure = 2.0;  // From here a clause has a dimension of its own.
constexpr double question_bonus = 1.2;
constexpr std::size_t content_min = 3;  // Words that a fact needs.

struct Choice {
    std::optional<Dimension> dimension;
    double best = 0, second = 0;
};

std::size_t word_count(const Reading& r, const Clause& c) {
    std::size_t n = 0;
    for (std::size_t i = c.core_begin; i < c.core_end; ++i) n += r.tokens[i].kind != TokenKind::mark ? 1U : 0U;
    return n;
}

bool names_vendor(const Reading& r, const Clause& c) {
    for (std::size_t i = c.core_begin; i < c.core_end; ++i) {
        if (is(r.tokens[i], WordClass::vendor)) return true;
    }
    return false;
}

// A clause whose dates are all over bounds nothing any more.
bool lies_behind(const Reading& r, const Clause& c) {
    const std::string today = day_value(Day{r.context->meeting_date});
    bool any = false;
    for (const FoundDate& d : r.dates) {
        if (d.begin < c.core_begin || d.begin >= c.core_end) continue;
        any = true;
        const bool comparable = d.value.size() >= 7 && d.value[5] >= '0' && d.value[5] <= '9';
        if (comparable ? d.value >= today.substr(0, d.value.size()) : d.value.substr(0, 4) >= today.substr(0, 4))
            return false;
    }
    return any;
}

// "Met a new one, Ruth, heads the lab": said of the rep's day, and news about their people.
bool presents_person(const Reading& r, const Clause& c) {
    for (std::size_t i = c.core_begin; i < c.core_end; ++i) {
        if (is(r.tokens[i], WordClass::person)) return true;
    }
    return false;
}

// What a clause of the customer's world is about. Priorities of the guide decide near-ties.
Choice choose(const Reading& r, std::size_t index) {
    const Clause& c = r.clauses[index];
    const Cues& cues = r.cues[index];
    static constexpr std::array order{
        Dimension::unknown,          Dimension::commitment,  Dimension::competing_option, Dimension::concern,
        Dimension::decision_process, Dimension::stakeholder, Dimension::cost_of_inaction, Dimension::why_change,
        Dimension::desired_outcome,  Dimension::timing};
    const auto asked = asked_dimension(r.context->question_id);
    Choice choice;
    const double wish = cues.dimensions[static_cast<std::size_t>(Dimension::desired_outcome)].value;
    double others = 0;
    for (std::size_t d = 0; d < dimension_count; ++d) {
        if (d != static_cast<std::size_t>(Dimension::timing)) others = std::max(others, cues.dimensions[d].value);
    }
    double tie = 0.5;
    for (const Dimension d : order) {
        double score = cues.dimensions[static_cast<std::size_t>(d)].value;
        // A foreign name in the customer's world is most often somebody else who offers them something.
        if (d == Dimension::competing_option && score < 4 && names_vendor(r, c)) score += 2.5;
        if (d == Dimension::commitment && c.subject == Subject::rep) score = 0;
        // A promise without content is none.
        if (d == Dimension::commitment && cues.hollow.value > 0) score -= 6;
        // What the rep admits not to know comes before what the words would say otherwise.
        if (d == Dimension::unknown && score >= 4 && c.subject != Subject::person && !c.reported) score += 4;
        // A date stands in many facts; it makes one of its own only where nothing else is said.
        if (d == Dimension::timing && ((c.person && (score < 4 || wish > 0)) || lies_behind(r, c))) score = 0;
        if (d == Dimension::timing && others >= 4) score = std::min(score, others >= 6 ? 3.0 : 5.0);
        if (score > 0) {
            score += tie;
            if (asked == d) score += question_bonus;
        }
        tie -= 0.05;
        if (score > choice.best) {
            choice.second = choice.best;
            choice.best = score;
            choice.dimension = d;
        } else {
            choice.second = std::max(choice.second, score);
        }
    }
    // A weak sign gives way to what the question was about.
    if (asked && choice.best < 3.5 && choice.best > 0 && *asked != choice.dimension) {
        choice.second = choice.best;
        choice.dimension = asked;
    }
    return choice;
}

// Without a cue the kind of subject and the question are all there is to go by.
Dimension guess(const Reading& r, std::size_t index) {
    if (const auto asked = asked_dimension(r.context->question_id)) return *asked;
    return r.clauses[index].person ? Dimension::stakeholder : Dimension::why_change;
}

bool speaks_of_customer(const Clause& c, const Cues& cues) {
    if (c.reported) return true;
    if (c.subject == Subject::rep) return false;
    double best = 0;
    for (const Weight& w : cues.dimensions) best = std::max(best, w.value);
    return cues.seller.value < 4 || (cues.seller.strongest < 6 && best >= cues.seller.value);
}

}  // namespace

void find_facts(Reading& r) {
    struct Draft {
        Dimension dimension;
        std::size_t begin, end;
        std::optional<std::size_t> person;
        std::size_t sentence, clause;
        double margin;
        bool guessed;
    };
    std::vector<Draft> drafts;
    r.chosen.assign(r.clauses.size(), std::nullopt);
    for (std::size_t k = 0; k < r.clauses.size(); ++k) {
        const Clause& c = r.clauses[k];
        const Cues& cues = r.cues[k];
        if (cues.private_remark.value >= 3 || c.core_begin >= c.core_end) continue;
        const std::size_t words = word_count(r, c);
        const Choice choice = choose(r, k);
        const double unknown = cues.dimensions[static_cast<std::size_t>(Dimension::unknown)].value;
        const double competing = cues.dimensions[static_cast<std::size_t>(Dimension::competing_option)].value;
        std::optional<std::size_t> person = c.person ? c.person : c.reporter;
        r.chosen[k] = choice.best >= sure ? choice.dimension : std::nullopt;
        const bool continues =
            !drafts.empty() && drafts.back().sentence == c.sentence && k > 0 && drafts.back().clause == k - 1;
        if (!speaks_of_customer(c, cues)) {
            // The rep's own world holds two kinds of facts: what is not known of the customer, and who else is in the
            // race.
            const double who = cues.dimensions[static_cast<std::size_t>(Dimension::stakeholder)].value;
            if (unknown >= 4 && words >= content_min) {
                drafts.push_back(
                    {Dimension::unknown, c.core_begin, c.core_end, std::nullopt, c.sentence, k, 0.6, false});
            } else if (competing >= 3 && names_vendor(r, c)) {
                drafts.push_back(
                    {Dimension::competing_option, c.core_begin, c.core_end, std::nullopt, c.sentence, k, 0.4, false});
            } else if (who >= 4 && cues.seller.value < 3 && cues.helping.value < 3 && presents_person(r, c)) {
                drafts.push_back(
                    {Dimension::stakeholder, c.core_begin, c.core_end, std::nullopt, c.sentence, k, 0.4, false});
            }
            continue;
        }
        const bool mostly_mood = 2 * (cues.mood.end - cues.mood.begin) >= words && choice.best < 6;
        const bool only_mood = cues.mood.value >= 3 && (choice.best < cues.mood.value + 1 || mostly_mood);
        if (only_mood || cues.skip.value >= 3) continue;
        if (cues.admits.value >= 3 && unknown < 4) continue;
        if (words < content_min && !(choice.best >= 4 && words >= 2)) continue;
        if (cues.logistics.value >= 3 &&
            (choice.best < 4.5 || (2 * (cues.logistics.end - cues.logistics.begin) >= words && choice.best < 6.5)))
            continue;
        if (choice.dimension && choice.best >= sure) {
            const bool same_person = continues && (drafts.back().person == person || !c.person ||
                                                   *choice.dimension == Dimension::decision_process);
            if (continues && drafts.back().dimension == *choice.dimension && same_person) {
                drafts.back().end = c.core_end;
                drafts.back().clause = k;
                continue;
            }
            if (continues && drafts.back().guessed &&
                (drafts.back().person == person || !person)) {  // What came before was only its opening.
                drafts.back().dimension = *choice.dimension;
                drafts.back().end = c.core_end;
                drafts.back().clause = k;
                drafts.back().guessed = false;
                continue;
            }
            drafts.push_back({*choice.dimension, c.core_begin, c.core_end, person, c.sentence, k,
                              std::min(1.0, (choice.best - choice.second) / 4), false});
            continue;
        }
        if (continues && (!person || drafts.back().person == person ||
                          words < 4)) {  // A clause without a sign of its own belongs to what was just said.
            drafts.back().end = c.core_end;
            drafts.back().clause = k;
            continue;
        }
        if (words >= 4 && c.subject != Subject::none)
            drafts.push_back({choice.dimension ? *choice.dimension : guess(r, k), c.core_begin, c.core_end, person,
                              c.sentence, k, 0, true});
    }
    for (const Draft& d : drafts) {
        Fact fact;
        fact.dimension = d.dimension;
        fact.text = r.words(d.begin, d.end);
        fact.span = r.span(d.begin, d.end);
        if (d.person && *d.person < r.people.list.size() && d.dimension != Dimension::unknown)
            fact.person = r.people.list[*d.person].name;
        const Weight& w = r.cues[d.clause].dimensions[static_cast<std::size_t>(d.dimension)];
        if (w.strongest > 0) fact.why = r.words(w.begin, w.end);
        fact.margin = d.guessed ? 0 : d.margin;
        r.result.facts.push_back(std::move(fact));
    }
}

}  // namespace debrief::bot::understanding
