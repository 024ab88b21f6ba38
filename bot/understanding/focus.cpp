#include <algorithm>

#include "bot/understanding/models.hpp"

namespace debrief::bot::understanding {

namespace {

// As with facts: a short sentence holds little but its cue.
void add_cues(Verdict& verdict, const Reading& r, std::size_t sentence) {
    constexpr std::size_t short_max = 10;  // Words.
    constexpr double trust = 0.25;
    const auto k =
        std::find_if(r.clauses.begin(), r.clauses.end(), [&](const Clause& c) { return c.sentence == sentence; });
    if (k == r.clauses.end() || k->end - k->begin > short_max) return;
    const Cues& cues = r.cues[static_cast<std::size_t>(k - r.clauses.begin())];
    verdict.logits[static_cast<std::size_t>(Focus::customer)] += trust * cues.helping.value;
    verdict.logits[static_cast<std::size_t>(Focus::seller)] += trust * cues.seller.value;
    verdict.label = static_cast<std::size_t>(std::max_element(verdict.logits.begin(), verdict.logits.end()) -
                                             verdict.logits.begin());
}

}  // namespace

void judge_focus(Reading& r, const LinearModel& focus) {
    for (std::size_t s = 0; s < r.sentences.size(); ++s) {
        auto verdict = focus.judge(sentence_features(r, s));
        add_cues(verdict, r, s);
        FocusedSentence out;
        out.span = r.sentences[s];
        out.text = std::string{r.text.substr(out.span.offset, out.span.length)};
        out.focus = static_cast<Focus>(verdict.label);
        out.margin = verdict.margin;
        if (verdict.why.end > verdict.why.begin) out.why = r.words(verdict.why.begin, verdict.why.end);
        r.result.sentences.push_back(std::move(out));
    }
}

}  // namespace debrief::bot::understanding
