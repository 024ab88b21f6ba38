#include <algorithm>

#include "bot/understanding/reading.hpp"

namespace debrief::bot::understanding {

void set_flags(Reading& r) {
    double admits = 0, mood = 0, logistics = 0, skip = 0;
    std::size_t words = 0;
    for (const Token& t : r.tokens) words += t.kind != TokenKind::mark ? 1U : 0U;
    for (std::size_t k = 0; k < r.clauses.size(); ++k) {
        const Clause& c = r.clauses[k];
        const Cues& cues = r.cues[k];
        // Not knowing is the rep's own: "she does not know" is about her.
        if (c.subject == Subject::rep || c.subject == Subject::none || (c.subject == Subject::customer && !c.reported))
            admits = std::max(admits, cues.admits.value);
        mood += cues.mood.value;
        logistics = std::max(logistics, cues.logistics.value);
        skip = std::max(skip, cues.skip.value);
    }
    const auto& facts = r.result.facts;
    const bool unknown_fact =
        std::any_of(facts.begin(), facts.end(), [](const Fact& f) { return f.dimension == Dimension::unknown; });
    const auto asked = asked_dimension(r.context->question_id);
    const bool answered = std::any_of(facts.begin(), facts.end(), [&](const Fact& f) {
        return asked ? f.dimension == *asked : f.dimension != Dimension::unknown;
    });
    r.result.dont_know = (admits >= 3 || unknown_fact) && !answered;
    const bool sells = std::any_of(r.result.sentences.begin(), r.result.sentences.end(),
                                   [](const FocusedSentence& s) { return s.focus == Focus::seller; });
    const bool asked_something = r.context->question_id != "open";
    const bool mostly_mood = mood >= 3;
    r.result.vague = facts.empty() && !sells && !r.result.dont_know && words > 0 && r.result.private_remarks.empty() &&
                     skip < 3 && (mostly_mood || (asked_something && logistics < 3));
}

}  // namespace debrief::bot::understanding
