#include "bot/understanding/cues.hpp"

#include <algorithm>

#include "bot/understanding/lexicons.hpp"
#include "bot/understanding/patterns.hpp"

namespace debrief::bot::understanding {
namespace {

const Lexicon& dimension_lexicon() {
    static const Lexicon l{dimension_phrases()};
    return l;
}
const Lexicon& focus_lexicon() {
    static const Lexicon l{focus_phrases()};
    return l;
}
const Lexicon& people_lexicon() {
    static const Lexicon l{people_phrases()};
    return l;
}

// "not the price", "isn't worried": a negation shortly before the cue that is no part of it.
bool negated(const std::vector<Token>& tokens, std::size_t clause_begin, const PhraseHit& hit) {
    for (std::size_t i = hit.begin; i < hit.end; ++i) {
        if (is(tokens[i], WordClass::negation)) return false;
    }
    std::size_t i = hit.begin;
    for (int steps = 0; i > clause_begin && steps < 3; ++steps) {
        --i;
        const Token& t = tokens[i];
        if (t.kind == TokenKind::mark) return false;
        if (is(t, WordClass::negation) && t.norm != "nothing" && t.norm != "without") return true;
        if (is(t, WordClass::verb) && steps > 0) return false;
    }
    return false;
}

// Hits of one label that overlap count once, the strongest of them.
struct Hit {
    double weight;
    std::size_t begin, end;
};
void settle(Weight& into, std::vector<Hit>& hits) {
    std::stable_sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
        return a.weight != b.weight ? a.weight > b.weight : a.end - a.begin > b.end - b.begin;
    });
    std::vector<Hit> kept;
    for (const Hit& h : hits) {
        if (kept.size() >= 3) break;  // More of the same says little more.
        const bool overlaps =
            std::any_of(kept.begin(), kept.end(), [&](const Hit& k) { return h.begin < k.end && k.begin < h.end; });
        if (overlaps) continue;
        into.add(h.weight * (kept.empty() ? 1.0 : kept.size() == 1 ? 0.5 : 0.25), h.begin, h.end);
        kept.push_back(h);
    }
}

// Somebody on their side, a verb of doing, and a day still to come: a promise, whatever the verb ("Ruth takes the draft
// to legal on Friday"). Verbs of what merely happens, necessity and negation are no promise.
void weigh_promise(const std::vector<Token>& tokens, const Clause& c, Cues& cues) {
    if (c.subject == Subject::rep || c.subject == Subject::none || c.core_end - c.core_begin < 5) return;
    static constexpr std::array<std::string_view, 44> happenings{
        "start", "begin", "end",   "expir", "open",   "clos",   "meet",  "decid",  "vot",  "run",    "be",
        "have",  "need",  "want",  "leav",  "retir",  "join",   "quit",  "com",    "go",   "fail",   "happen",
        "los",   "cost",  "pai",   "pay",   "work",   "think",  "hop",   "expect", "wait", "move",   "mov",
        "renew", "ship",  "chang", "sign",  "approv", "replac", "becom", "lose",   "fear", "prefer", "care"};
    const bool person = c.person.has_value() || (c.core_begin < c.core_end && tokens[c.core_begin].norm == "they");
    if (!person) return;
    std::size_t verb = c.core_end;
    bool to_us = false, dated = false, willing = false;
    for (std::size_t i = c.core_begin; i < c.core_end; ++i) {
        const Token& t = tokens[i];
        if (is(t, WordClass::negation) || t.norm == "must" || t.norm == "should" || t.norm == "would" ||
            t.norm == "could" || t.norm == "had" || t.norm == "was" || t.norm == "were" || t.norm == "if")
            return;
        if (t.norm == "will") willing = true;
        if (verb == c.core_end && is(t, WordClass::verb) && t.norm != "have" && t.norm != "has" &&
            !is(t, WordClass::person) && (t.norm.back() == 's' || willing || (i > 0 && tokens[i - 1].norm == "they")))
            verb = i;
        to_us = to_us || t.norm == "me" || t.norm == "us";
        dated = dated || is(t, WordClass::date);
    }
    if (verb >= c.core_end || std::find(happenings.begin(), happenings.end(), tokens[verb].stem) != happenings.end())
        return;
    const double amount = (willing ? 3.0 : 0.0) + (dated ? 3.0 : 0.0) + (to_us ? 2.0 : 0.0);
    if (amount >= 4) cues.dimensions[static_cast<std::size_t>(Dimension::commitment)].add(amount, verb, verb + 1);
}

// A wish to skip or stop is short and the speaker's own: nothing but "I", "let's", "can we" stands before it. Behind
// any other subject it is what happens to them: "the line stops", "every stop costs them a shift".
bool is_own_wish(const std::vector<Token>& tokens, std::size_t begin, std::size_t end, const PhraseHit& hit) {
    constexpr std::size_t wish_max = 7;
    if (end - begin > wish_max) return false;
    const Token& first = tokens[hit.begin];
    if (hit.end - hit.begin == 1 && first.norm.back() == 's' && first.norm != first.stem)
        return false;  // "Stops daily."
    static constexpr std::array<std::string_view, 27> own{
        "i",  "we",  "let", "us",   "let's", "lets", "can",  "could", "may",  "please", "ok",    "okay", "well", "just",
        "so", "and", "to",  "want", "would", "like", "will", "do",    "then", "sorry",  "maybe", "no",   "oh"};
    return std::all_of(tokens.begin() + static_cast<std::ptrdiff_t>(begin),
                       tokens.begin() + static_cast<std::ptrdiff_t>(hit.begin), [](const Token& t) {
                           return t.kind == TokenKind::mark || is(t, WordClass::rep) || is(t, WordClass::adverb) ||
                                  std::find(own.begin(), own.end(), t.norm) != own.end();
                       });
}

/// "Two suits for one wedding", "when somebody calls in sick": said of nobody in particular, such words belong to a
/// trade.
bool is_of_a_trade(const std::vector<Token>& tokens, const Clause& c, const Weight& remark) {
    constexpr std::array<std::string_view, 23> words{
        "wedding", "weddings", "honeymoon", "marriage", "married",    "engaged",   "sick",       "ill",
        "flu",     "surgery",  "stroke",    "death",    "died",       "funeral",   "separation", "therapy",
        "alcohol", "baby",     "newborn",   "birthday", "medication", "diagnosis", "religious"};
    constexpr std::array<std::string_view, 8> pronouns{"he", "she", "his", "her", "him", "hers", "himself", "herself"};
    const auto among = [](const auto& list, const std::string& word) {
        return std::find(list.begin(), list.end(), word) != list.end();
    };
    if (remark.value <= 0) return false;
    // "Comfort rings round when somebody calls in sick": of whom it is said stands right before it.
    constexpr std::array<std::string_view, 6> nobody{"somebody", "someone", "anybody", "anyone", "people", "staff"};
    constexpr std::size_t near = 4;
    for (std::size_t i = remark.begin; i > c.begin && remark.begin - i < near; --i) {
        if (among(nobody, tokens[i - 1].norm) && i < remark.end) return true;
    }
    if (c.subject == Subject::person || c.person) return false;
    for (std::size_t i = c.begin; i < c.end; ++i) {
        if (among(pronouns, tokens[i].norm)) return false;
    }
    for (std::size_t i = remark.begin; i < remark.end; ++i) {
        if (among(words, tokens[i].norm)) return true;
    }
    return false;
}

}  // namespace

void Weight::add(double amount, std::size_t from, std::size_t to) {
    value += amount;
    if (amount > strongest) {
        strongest = amount;
        begin = from;
        end = to;
    }
}

Cues weigh(const std::vector<Token>& tokens, const Clause& c) {
    Cues cues;
    const auto gather = [&](const Lexicon& lexicon, std::size_t begin, std::size_t end, auto&& place) {
        std::vector<std::vector<Hit>> by_label(lexicon.labels().size());
        for (const PhraseHit& hit : lexicon.find(tokens, begin, end)) {
            const std::string& label = lexicon.labels()[hit.label];
            double weight = static_cast<double>(hit.weight);
            const bool weighs_negated = label == "concern" || label == "skeptic" || label == "supporter" ||
                                        label == "champion" || label == "blocker" || label == "seller" ||
                                        label == "commitment" || label == "desired_outcome" ||
                                        label == "cost_of_inaction" || label == "mood";
            if (weighs_negated && negated(tokens, begin, hit)) continue;
            // A longer phrase is a surer sign.
            if (label == "mood" && c.reported && hit.end - hit.begin == 1) continue;
            if (label == "skip" && !is_own_wish(tokens, begin, end, hit)) continue;
            if ((label == "mood" || label == "logistics") && hit.end - hit.begin == 1)
                weight = end - begin <= 6 ? 3 : 1;
            weight += 0.3 * static_cast<double>(std::min<std::size_t>(hit.end - hit.begin, 4) - 1);
            by_label[hit.label].push_back({weight, hit.begin, hit.end});
        }
        for (std::size_t l = 0; l < by_label.size(); ++l) {
            if (!by_label[l].empty()) place(lexicon.labels()[l], by_label[l]);
        }
    };
    gather(dimension_lexicon(), c.core_begin, c.core_end, [&](const std::string& label, std::vector<Hit>& hits) {
        if (const auto d = core::parse_dimension(label)) settle(cues.dimensions[static_cast<std::size_t>(*d)], hits);
    });
    gather(focus_lexicon(), c.core_begin, c.core_end, [&](const std::string& label, std::vector<Hit>& hits) {
        Weight* w = label == "seller"      ? &cues.seller
                    : label == "helping"   ? &cues.helping
                    : label == "logistics" ? &cues.logistics
                    : label == "skip"      ? &cues.skip
                    : label == "mood"      ? &cues.mood
                    : label == "admits"    ? &cues.admits
                    : label == "hollow"    ? &cues.hollow
                                           : &cues.rejects_sales;
        settle(*w, hits);
    });
    // "What a stop costs I never asked": the question comes first, the admission after it.
    std::size_t opening = c.core_begin;
    while (opening + 1 < c.core_end && is(tokens[opening], WordClass::conjunction) &&
           !is(tokens[opening], WordClass::question))
        ++opening;
    auto& unknown = cues.dimensions[static_cast<std::size_t>(Dimension::unknown)];
    const bool asks = opening < c.core_end && is(tokens[opening], WordClass::question) &&
                      !(c.core_end < c.end && tokens[c.core_end].norm == "?");
    if (asks && cues.admits.strongest >= 3 && cues.admits.begin > opening)
        unknown.add(8, cues.admits.begin, cues.admits.end);
    if (asks && unknown.strongest >= 4 && unknown.begin > opening && unknown.value < 8)
        unknown.add(5, unknown.begin, unknown.end);
    // What somebody else does not know is no admission of ours.
    if (c.subject == Subject::person && unknown.value < 8) cues.admits = {};
    weigh_promise(tokens, c, cues);
    Weight business;
    gather(people_lexicon(), c.begin, c.end, [&](const std::string& label, std::vector<Hit>& hits) {
        if (const auto s = core::parse_stance(label)) {
            settle(cues.stances[static_cast<std::size_t>(*s)], hits);
        } else {
            settle(label == "private" ? cues.private_remark : business, hits);
        }
    });
    if (business.value > 0 || is_of_a_trade(tokens, c, cues.private_remark)) cues.private_remark = {};
    return cues;
}

std::optional<Dimension> strongest(const Cues& cues) {
    const auto& all = cues.dimensions;
    const auto best =
        std::max_element(all.begin(), all.end(), [](const Weight& a, const Weight& b) { return a.value < b.value; });
    if (best->value <= 0) return std::nullopt;
    return static_cast<Dimension>(best - all.begin());
}

bool denies(const std::vector<Token>& tokens, const Clause& c) {
    for (std::size_t i = c.core_begin; i < c.core_end; ++i) {
        if (is(tokens[i], WordClass::negation)) return true;
    }
    return false;
}

std::optional<Dimension> asked_dimension(std::string_view question_id) {
    if (question_id == "next_step") return Dimension::commitment;
    if (question_id == "alternatives") return Dimension::competing_option;
    if (question_id == "concerns") return Dimension::concern;
    if (question_id == "disagreement" || question_id == "stakeholders") return Dimension::stakeholder;
    return core::parse_dimension(question_id);
}

}  // namespace debrief::bot::understanding
