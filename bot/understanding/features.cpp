#include "bot/understanding/features.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "bot/understanding/feature_parts.hpp"
#include "bot/understanding/models.hpp"
#include "bot/understanding/told.hpp"

namespace debrief::bot::understanding {

Features clause_features(const Reading& r, std::size_t k) {
    Features out;
    const Clause& c = r.clauses[k];
    if (!r.clause_meanings.empty()) out.add_vector(r.clause_meanings[k]);
    const auto row = units(r, c.core_begin, c.core_end);
    add_ngrams(out, row, "u", "b", "t");
    add_spelling(out, r, c.core_begin, c.core_end);
    add_negated(out, r, c.core_begin, c.core_end, "not");
    add_opening(out, row);
    add_cues(out, r.cues[k], "cue");
    const auto best = name(strongest(r.cues[k]));
    const auto asked = name(asked_dimension(r.context->question_id));
    out.add("best", best);
    out.add("best+asked", best, asked);
    out.add("best+subject", best, name(c.subject));
    out.add("asked", asked);
    out.add("question", r.context->question_id);
    add_subject(out, c, "subject");
    add_classes(out, r, c.core_begin, c.core_end, "class");
    for (std::size_t i = c.begin; i < c.core_begin; ++i) out.add_words(i, i + 1, "opening", unit(r.tokens[i]));
    for (std::size_t i = c.core_end; i < c.end; ++i) out.add_words(i, i + 1, "closing", unit(r.tokens[i]));
    std::size_t length = 0;
    for (const auto& u : row) length += is_word(u) ? 1U : 0U;
    out.add("length", count(length));
    const bool goes_on = k > 0 && r.clauses[k - 1].sentence == c.sentence;
    const bool goes_further = k + 1 < r.clauses.size() && r.clauses[k + 1].sentence == c.sentence;
    out.add("place", goes_on ? "after" : "first", goes_further ? "before" : "last");
    if (k > 0) {
        const Clause& p = r.clauses[k - 1];
        const std::string_view near = goes_on ? "prev" : "sentence before";
        add_ngrams(out, units(r, p.core_begin, p.core_end), near, {}, {});
        out.add("cue before", near, name(strongest(r.cues[k - 1])));
        add_subject(out, p, "subject before");
    }
    if (k + 1 < r.clauses.size()) {
        const Clause& n = r.clauses[k + 1];
        const std::string_view near = goes_further ? "next" : "sentence after";
        add_ngrams(out, units(r, n.core_begin, n.core_end), near, {}, {});
        out.add("cue after", near, name(strongest(r.cues[k + 1])));
    }
    out.settle();
    return out;
}

Features join_features(const Reading& r, std::size_t k) {
    Features out;
    const Clause& c = r.clauses[k];
    const Clause& p = r.clauses[k - 1];
    const auto topic = name(r.topics[k].label), before = name(r.topics[k - 1].label);
    out.add("topics", before, topic);
    out.add("topic", topic);
    out.add("topic before", before);
    const bool same = c.person == p.person;
    out.add("same", topic == before ? "topic" : "other", same ? "person" : "other");
    out.add("subjects", name(p.subject), name(c.subject));
    out.add("reported", p.reported ? "yes" : "no", c.reported ? "yes" : "no");
    const auto row = units(r, c.begin, c.end);
    const auto last = units(r, p.begin, p.end);
    for (std::size_t i = 0; i < std::min<std::size_t>(3, row.size()); ++i) {
        out.add("opens", count(i), row[i].text);
        out.add("opening", row[i].text);
    }
    if (row.size() > 1) out.add("opens2", row[0].text, row[1].text);
    if (!last.empty()) out.add("closes", last.back().text);
    if (!last.empty() && !row.empty()) out.add("edge", last.back().text, row[0].text);
    if (!last.empty()) out.add("began", last.front().text);
    out.add("length", count(row.size()));
    out.add("length before", count(last.size()));
    if (row.size() < 6) out.add("short", topic == before ? "same" : "other");
    out.settle();
    return out;
}

Features sentence_features(const Reading& r, std::size_t sentence) {
    Features out;
    if (!r.sentence_meanings.empty()) out.add_vector(r.sentence_meanings[sentence]);
    const auto [begin, end] = tokens_of(r, sentence);
    const auto row = units(r, begin, end);
    add_ngrams(out, row, "u", "b", "t");
    add_spelling(out, r, begin, end);
    add_opening(out, row);
    add_classes(out, r, begin, end, "class");
    out.add("length", count(row.size()));
    out.add("question", r.context->question_id);
    out.add("place", sentence == 0 ? "first" : "later", sentence + 1 == r.sentences.size() ? "last" : "before");
    bool main = true;
    std::size_t facts = 0;
    const auto [from, to] = clauses_of(r, sentence);
    for (std::size_t k = from; k < to; ++k) {
        const Clause& c = r.clauses[k];
        add_cues(out, r.cues[k], main ? "main cue" : "cue");
        add_subject(out, c, main ? "main subject" : "subject");
        out.add(main ? "main topic" : "topic", name(r.topics[k].label), bucket(8 * r.topics[k].margin));
        out.add("topic+subject", name(r.topics[k].label), name(c.subject), c.reported ? "reported" : "said");
        facts += r.topics[k].label ? 1U : 0U;
        main = false;
    }
    out.add("clauses", count(to - from));
    out.add("facts", count(facts), to - from == facts ? "all" : "some");
    out.settle();
    return out;
}

namespace {

/// How likely each topic of a clause is beside the likeliest: more than its name when two are close.
void add_topics(Features& out, const Topic& topic) {
    if (topic.logits.empty()) return;
    static constexpr std::array<std::string_view, 5> steps{"0", "1", "2", "3", "4"};
    const double top = *std::max_element(topic.logits.begin(), topic.logits.end());
    for (std::size_t d = 0; d < topic.logits.size(); ++d) {
        const auto below = static_cast<std::size_t>(std::min(top - topic.logits[d] + 0.5, 4.0));
        out.add("own chance", d < dimension_count ? core::dimension_names[d] : "nothing", steps[below]);
    }
}

}  // namespace

Features person_features(const Reading& r, std::size_t person) {
    Features out;
    std::size_t held = 0, named = 0;
    std::array<bool, dimension_count + 1> told{};  // Which topics the clauses that tell their view have.
    for (const auto k : r.told[person].clauses) {
        const Clause& c = r.clauses[k];
        const bool own = c.person == person;
        const auto row = units(r, c.core_begin, c.core_end);
        const auto topic = name(r.topics[k].label);
        if (holds(c, person)) {
            ++held;
            add_ngrams(out, row, "own", "own2", {});
            add_spelling(out, r, c.core_begin, c.core_end);
            add_negated(out, r, c.core_begin, c.core_end, "own not");
            out.add("own topic", topic, own ? "own" : "reports");
            out.add("own topic beside", topic, names_another(r, c, person) ? "another" : "nobody");
            add_topics(out, r.topics[k]);
            told[r.topics[k].label ? static_cast<std::size_t>(*r.topics[k].label) : dimension_count] = true;
            for (std::size_t s = 0; s < stance_count; ++s) {
                if (r.cues[k].stances[s].value > 0)
                    out.add("own stance", core::stance_names[s], bucket(r.cues[k].stances[s].value));
            }
            for (std::size_t i = c.begin; i < c.core_begin; ++i) out.add("says", unit(r.tokens[i]));
        } else {
            ++named;
            add_ngrams(out, row, "of", {}, {});
            out.add("topic of", topic, c.reporter == person ? "reports" : "named");
            for (std::size_t s = 0; s < stance_count; ++s) {
                if (r.cues[k].stances[s].value > 0) out.add("stance of", core::stance_names[s]);
            }
        }
    }
    for (const auto i : r.told[person].mentions) {
        const Mention& m = r.people.mentions[i];
        if (m.begin > 0) out.add("left", unit(r.tokens[m.begin - 1]));
        if (m.begin > 1) out.add("left2", unit(r.tokens[m.begin - 2]), unit(r.tokens[m.begin - 1]));
        if (m.end < r.tokens.size()) out.add("right", unit(r.tokens[m.end]));
        if (m.end + 1 < r.tokens.size()) out.add("right2", unit(r.tokens[m.end]), unit(r.tokens[m.end + 1]));
        if (m.end + 2 < r.tokens.size())
            out.add("right3", unit(r.tokens[m.end]), unit(r.tokens[m.end + 1]), unit(r.tokens[m.end + 2]));
    }
    if (!r.person_meanings.empty()) out.add_vector(r.person_meanings[person]);
    const auto cued = cued_stance(r, person);
    const std::string_view cue = cued ? core::name_of(*cued) : std::string_view{"none"};
    out.add("cued", cue);
    out.add("cued", cue, count(held));
    out.add("held", count(held));
    out.add("named", count(named));
    out.add("known", r.people.list[person].known ? "yes" : "no");
    out.add("people", count(r.people.named));
    out.add("people", count(r.people.named), held == 0 ? "named" : "held");
    std::string topics;
    for (const bool one : told) topics += one ? '1' : '0';
    out.add("topics", topics);
    out.add("question", r.context->question_id);
    out.add("question", r.context->question_id, held == 0 ? "named" : "held");
    out.settle();
    return out;
}

Features note_features(const Reading& r) {
    Features out;
    if (!r.sentence_meanings.empty()) {
        Meaning mean(r.sentence_meanings[0].size());
        for (std::size_t i = 0; i < mean.size(); ++i) {
            std::int64_t sum = 0;
            for (const auto& m : r.sentence_meanings) sum += m[i];
            mean[i] = static_cast<std::int16_t>(sum / static_cast<std::int64_t>(r.sentence_meanings.size()));
        }
        out.add_vector(mean);
    }
    const auto row = units(r, 0, r.tokens.size());
    add_ngrams(out, row, "u", "b", "t");
    add_spelling(out, r, 0, r.tokens.size());
    out.add("length", count(row.size()));
    const auto asked = asked_dimension(r.context->question_id);
    out.add("question", r.context->question_id);
    bool answered = false, admits = false, unknown = false;
    std::size_t facts = 0;
    for (std::size_t k = 0; k < r.clauses.size(); ++k) {
        const Clause& c = r.clauses[k];
        add_cues(out, r.cues[k], "cue");
        add_subject(out, c, "subject");
        admits = admits || (r.cues[k].admits.value >= 3 && c.subject != Subject::person);
        const auto& topic = r.topics[k].label;
        if (!topic) continue;
        ++facts;
        out.add("topic", name(topic));
        unknown = unknown || topic == Dimension::unknown;
        answered = answered || (asked ? topic == asked : topic != Dimension::unknown);
    }
    out.add("facts", count(facts));
    const std::string_view answer = answered ? "answered" : asked ? "not answered" : "open";
    out.add("answer", answer, count(std::min<std::size_t>(facts, 2)));
    out.add("answer", answer, admits ? "admits" : "", unknown ? "unknown" : "");
    for (const auto& s : r.result.sentences) out.add("focus", core::focus_names[static_cast<std::size_t>(s.focus)]);
    out.add("sentences", count(r.sentences.size()));
    out.settle();
    return out;
}

}  // namespace debrief::bot::understanding
