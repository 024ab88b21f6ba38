#include "bot/understanding/models.hpp"
#include "bot/understanding/told.hpp"

namespace debrief::bot::understanding {
namespace {

// As with facts: a short sentence holds little but its cue.
std::vector<double> focus_prior(const Reading& r, std::size_t sentence) {
    constexpr std::size_t short_max = 10;  // Words.
    constexpr double trust = 0.25;
    std::vector<double> prior(core::focus_names.size());
    const auto [first, last] = clauses_of(r, sentence);
    if (first == last || r.clauses[first].end - r.clauses[first].begin > short_max) return prior;
    prior[static_cast<std::size_t>(Focus::customer)] += trust * r.cues[first].helping.value;
    prior[static_cast<std::size_t>(Focus::seller)] += trust * r.cues[first].seller.value;
    return prior;
}

}  // namespace

void judge_focus(Reading& r, const LinearModel& focus) {
    for (std::size_t s = 0; s < r.sentences.size(); ++s) {
        const auto verdict = focus.judge(sentence_features(r, s), focus_prior(r, s));
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
