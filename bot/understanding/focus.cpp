#include <algorithm>

#include "bot/understanding/reading.hpp"

namespace debrief::bot::understanding {
namespace {

struct Scores {
    double customer = 0, seller = 0, neutral = 0;
    std::size_t begin = 0, end = 0;  // Strongest cue for the winner, filled per class below.
    Weight customer_cue, seller_cue, neutral_cue;
};

bool fact_covers(const Reading& r, const Clause& c) {
    if (c.core_begin >= c.core_end) return false;
    const Span s = r.span(c.core_begin, c.core_end);
    // Facts stand in order and do not overlap.
    const auto after = std::partition_point(r.result.facts.begin(), r.result.facts.end(),
                                            [&](const Fact& f) { return f.span.offset + f.span.length <= s.offset; });
    return after != r.result.facts.end() && after->span.offset < s.offset + s.length;
}

void weigh_clause(const Reading& r, std::size_t k, bool main, Scores& s) {
    const Clause& c = r.clauses[k];
    const Cues& cues = r.cues[k];
    const double share = main ? 1.0 : 0.6;
    if (cues.private_remark.value >= 3) {
        s.neutral += 4 * share;
        s.neutral_cue.add(4, cues.private_remark.begin, cues.private_remark.end);
        return;
    }
    if (cues.rejects_sales.value > 0) {
        s.neutral += 3 * share;
        s.neutral_cue.add(3, cues.rejects_sales.begin, cues.rejects_sales.end);
        return;
    }
    Weight best;
    for (const Weight& w : cues.dimensions) {
        if (w.value > best.value) best = w;
    }
    const bool ours = c.subject == Subject::rep && !c.reported;
    const bool theirs = c.reported || c.subject == Subject::person || c.subject == Subject::customer;
    // Words of our own trade ("forecast", "quota") are ours whoever stands as the subject.
    double seller = cues.seller.value * (ours || c.subject == Subject::none ? 1.0
                                         : c.reported                       ? 0.2
                                         : cues.seller.strongest >= 6       ? 1.3
                                                                            : 0.55);
    double customer = 0;
    if (ours) {
        customer += cues.helping.value * 1.2;
        const bool admitted = cues.dimensions[static_cast<std::size_t>(Dimension::unknown)].value >= 4;
        if (fact_covers(r, c) && (admitted || cues.seller.value == 0)) customer += admitted ? 2.5 : 4.0;
    } else if (theirs) {
        customer += c.reported ? 2.5 : 1.0;
        customer += std::min(best.value, 6.0) * 0.5;
    } else {
        customer += std::min(best.value, 6.0) * 0.5;
    }
    if (fact_covers(r, c) && !ours) customer += 1.0;
    double neutral = 0;
    if (cues.mood.value > 0 && !fact_covers(r, c)) neutral += cues.mood.value;
    if (cues.logistics.value > 0 && !fact_covers(r, c)) neutral += cues.logistics.value;
    if (cues.skip.value > 0 && !fact_covers(r, c)) neutral += cues.skip.value;
    if (cues.admits.value > 0 && !fact_covers(r, c)) neutral += cues.admits.value + 1;
    if (ours && seller == 0 && customer == 0) neutral += 1;
    s.customer += customer * share;
    s.seller += seller * share;
    s.neutral += neutral * share;
    s.customer_cue.add(best.strongest, best.begin, best.end);
    s.customer_cue.add(cues.helping.strongest, cues.helping.begin, cues.helping.end);
    s.seller_cue.add(cues.seller.strongest, cues.seller.begin, cues.seller.end);
    s.neutral_cue.add(std::max(cues.mood.strongest, cues.logistics.strongest),
                      cues.mood.strongest >= cues.logistics.strongest ? cues.mood.begin : cues.logistics.begin,
                      cues.mood.strongest >= cues.logistics.strongest ? cues.mood.end : cues.logistics.end);
}

}  // namespace

void judge_focus(Reading& r) {
    std::vector<Scores> scores(r.sentences.size());
    std::vector<bool> seen(r.sentences.size(), false);
    for (std::size_t k = 0; k < r.clauses.size(); ++k) {
        const std::size_t s = r.clauses[k].sentence;
        weigh_clause(r, k, !seen[s], scores[s]);
        seen[s] = true;
    }
    for (std::size_t i = 0; i < r.sentences.size(); ++i) {
        const Scores& s = scores[i];
        FocusedSentence out;
        out.span = r.sentences[i];
        out.text = std::string{r.text.substr(out.span.offset, out.span.length)};
        const Weight* cue = nullptr;
        double best = 0, second = 0;
        if (s.seller >= 2 && s.seller >= s.customer && s.seller >= s.neutral) {
            out.focus = Focus::seller;
            cue = &s.seller_cue;
            best = s.seller;
            second = std::max(s.customer, s.neutral);
        } else if (s.customer >= 1 && s.customer >= s.neutral) {
            out.focus = Focus::customer;
            cue = &s.customer_cue;
            best = s.customer;
            second = std::max(s.seller, s.neutral);
        } else {
            out.focus = Focus::neutral;
            cue = &s.neutral_cue;
            best = std::max(s.neutral, 1.0);
            second = std::max(s.customer, s.seller);
        }
        if (cue != nullptr && cue->strongest > 0 && cue->end > cue->begin) out.why = r.words(cue->begin, cue->end);
        out.margin = best > 0 ? std::clamp((best - second) / best, 0.0, 1.0) : 0;
        r.result.sentences.push_back(std::move(out));
    }
}

}  // namespace debrief::bot::understanding
