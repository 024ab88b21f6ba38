#include "bot/understanding/models.hpp"

namespace debrief::bot::understanding {

void set_flags(Reading& r, const Models& models) {
    const auto features = note_features(r);
    const auto vague = models.vague.judge(features), dont_know = models.dont_know.judge(features);
    r.result.vague = vague.label == 1;
    r.result.dont_know = dont_know.label == 1;
    // Never both: the clearer one.
    if (r.result.vague && r.result.dont_know) {
        r.result.vague = vague.margin > dont_know.margin;
        r.result.dont_know = !r.result.vague;
    }
}

}  // namespace debrief::bot::understanding
