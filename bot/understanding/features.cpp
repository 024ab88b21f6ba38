#include "bot/understanding/features.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "bot/understanding/models.hpp"

namespace debrief::bot::understanding {
namespace {

/// A word as the models see it: names, days and figures stand for their kind, inflected forms for their stem.
std::string_view unit(const Token& t) {
    if (is(t, WordClass::person) && !is(t, WordClass::role)) return "@person";
    if (is(t, WordClass::company)) return "@company";
    if (is(t, WordClass::vendor)) return "@vendor";
    if (is(t, WordClass::date)) return "@date";
    if (t.kind == TokenKind::number || t.number) return "@number";
    return t.stem.empty() ? std::string_view{t.norm} : std::string_view{t.stem};
}

struct Unit {
    std::string_view text;
    std::size_t begin, end;
};

/// The units of tokens [begin, end): one for each name, day or row of figures.
std::vector<Unit> units(const Reading& r, std::size_t begin, std::size_t end) {
    std::vector<Unit> all;
    for (std::size_t i = begin; i < end; ++i) {
        const auto text = unit(r.tokens[i]);
        if (!all.empty() && text.front() == '@' && all.back().text == text && all.back().end == i)
            all.back().end = i + 1;
        else
            all.push_back({text, i, i + 1});
    }
    return all;
}

bool is_word(const Unit& u) {
    return u.text.front() == '@' || (static_cast<unsigned char>(u.text.front()) & 0x80U) != 0 ||
           (u.text.front() >= 'a' && u.text.front() <= 'z');
}

void add_ngrams(Features& out, const std::vector<Unit>& row, std::string_view one, std::string_view two,
                std::string_view three) {
    for (std::size_t i = 0; i < row.size(); ++i) {
        const auto& u = row[i];
        out.add_words(u.begin, u.end, one, u.text);
        if (two.empty() || i + 1 >= row.size()) continue;
        out.add_words(u.begin, row[i + 1].end, two, u.text, row[i + 1].text);
        if (three.empty() || i + 2 >= row.size()) continue;
        out.add_words(u.begin, row[i + 2].end, three, u.text, row[i + 1].text, row[i + 2].text);
        out.add_words(u.begin, row[i + 2].end, "skip", u.text, row[i + 2].text);
    }
}

/// What a slip of the pen leaves of a word: its beginning and its end.
void add_spelling(Features& out, const Reading& r, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
        const Token& t = r.tokens[i];
        if (t.kind != TokenKind::word || t.norm.size() < 5 || unit(t).front() == '@') continue;
        out.add_words(i, i + 1, "head", std::string_view{t.norm}.substr(0, 5));
        out.add_words(i, i + 1, "tail", std::string_view{t.norm}.substr(t.norm.size() - 3));
    }
}

/// Words that a negation shortly before them turns round.
void add_negated(Features& out, const Reading& r, std::size_t begin, std::size_t end, std::string_view kind) {
    constexpr std::size_t reach = 4;
    std::size_t left = 0;
    for (std::size_t i = begin; i < end; ++i) {
        const Token& t = r.tokens[i];
        if (t.kind == TokenKind::mark) {
            left = 0;
        } else if (is(t, WordClass::negation)) {
            left = reach;
        } else if (left > 0) {
            out.add_words(i, i + 1, kind, unit(t));
            --left;
        }
    }
}

std::string_view bucket(double value) {
    return value <= 0 ? "0" : value < 3 ? "1" : value < 5 ? "3" : value < 8 ? "5" : "8";
}

std::string_view count(std::size_t n) {
    static constexpr std::array<std::string_view, 9> small{"0", "1", "2", "3", "4", "5", "6", "7", "8"};
    return n < small.size() ? small[n] : n < 12 ? "9" : n < 18 ? "12" : n < 30 ? "18" : "30";
}

std::string_view name(Subject s) {
    static constexpr std::array<std::string_view, 4> names{"none", "rep", "person", "customer"};
    return names[static_cast<std::size_t>(s)];
}

std::string_view name(const std::optional<Dimension>& d) {
    return d ? core::dimension_names[static_cast<std::size_t>(*d)] : std::string_view{"nothing"};
}

std::string_view strongest(const Cues& cues) {
    std::size_t best = 0;
    for (std::size_t d = 1; d < dimension_count; ++d) {
        if (cues.dimensions[d].value > cues.dimensions[best].value) best = d;
    }
    return cues.dimensions[best].value > 0 ? core::dimension_names[best] : std::string_view{"nothing"};
}

void add_cues(Features& out, const Cues& cues, std::string_view kind) {
    for (std::size_t d = 0; d < dimension_count; ++d) {
        if (cues.dimensions[d].value > 0) out.add(kind, core::dimension_names[d], bucket(cues.dimensions[d].value));
    }
    const std::array<std::pair<std::string_view, double>, 9> others{{{"seller", cues.seller.value},
                                                                     {"helping", cues.helping.value},
                                                                     {"logistics", cues.logistics.value},
                                                                     {"skip", cues.skip.value},
                                                                     {"mood", cues.mood.value},
                                                                     {"admits", cues.admits.value},
                                                                     {"rejects", cues.rejects_sales.value},
                                                                     {"hollow", cues.hollow.value},
                                                                     {"private", cues.private_remark.value}}};
    for (const auto& [label, value] : others) {
        if (value > 0) out.add(kind, label, bucket(value));
    }
}

void add_subject(Features& out, const Clause& c, std::string_view kind) {
    out.add(kind, name(c.subject), c.reported ? "reported" : "said");
    if (c.person) out.add(kind, "person");
    if (c.reporter) out.add(kind, "reporter");
}

void add_classes(Features& out, const Reading& r, std::size_t begin, std::size_t end, std::string_view kind) {
    std::uint64_t classes = 0;
    for (std::size_t i = begin; i < end; ++i) classes |= r.tokens[i].classes;
    static constexpr std::array<std::pair<WordClass, std::string_view>, 13> seen{{{WordClass::rep, "rep"},
                                                                                  {WordClass::our, "our"},
                                                                                  {WordClass::third, "third"},
                                                                                  {WordClass::negation, "negation"},
                                                                                  {WordClass::modal, "modal"},
                                                                                  {WordClass::money, "money"},
                                                                                  {WordClass::unit, "unit"},
                                                                                  {WordClass::role, "role"},
                                                                                  {WordClass::group, "group"},
                                                                                  {WordClass::number, "number"},
                                                                                  {WordClass::date, "date"},
                                                                                  {WordClass::vendor, "vendor"},
                                                                                  {WordClass::company, "company"}}};
    for (const auto& [c, label] : seen) {
        if ((classes & bit(c)) != 0) out.add(kind, label);
    }
}

bool mentions(const Reading& r, const Clause& c, std::size_t person) {
    return std::any_of(r.people.mentions.begin(), r.people.mentions.end(),
                       [&](const Mention& m) { return m.person == person && m.begin >= c.begin && m.begin < c.end; });
}

}  // namespace

std::uint32_t Features::hash(std::string_view kind, std::string_view a, std::string_view b, std::string_view c) {
    std::uint32_t h = 2166136261U;
    const auto mix = [&](std::string_view text) {
        for (const char letter : text) h = (h ^ static_cast<unsigned char>(letter)) * 16777619U;
        h = (h ^ 0x1FU) * 16777619U;
    };
    mix(kind), mix(a), mix(b), mix(c);
    return h;
}

void Features::settle() {
    std::stable_sort(list_.begin(), list_.end(), [](const Feature& a, const Feature& b) { return a.id < b.id; });
    list_.erase(
        std::unique(list_.begin(), list_.end(), [](const Feature& a, const Feature& b) { return a.id == b.id; }),
        list_.end());
}

bool denies(const Reading& r, const Clause& c) {
    return std::any_of(r.tokens.begin() + static_cast<std::ptrdiff_t>(c.core_begin),
                       r.tokens.begin() + static_cast<std::ptrdiff_t>(c.core_end),
                       [](const Token& t) { return is(t, WordClass::negation); });
}

std::optional<Stance> cued_stance(const Reading& r, std::size_t person) {
    std::array<double, stance_count> weight{};
    const auto of = [&](Stance s) -> double& { return weight[static_cast<std::size_t>(s)]; };
    for (std::size_t k = 0; k < r.clauses.size(); ++k) {
        const Clause& c = r.clauses[k];
        const bool own = c.person == person;
        if (!own && (c.person || c.reporter != person)) continue;
        const auto topic = strongest(r.cues[k]);
        for (std::size_t s = 0; s < stance_count; ++s) weight[s] += r.cues[k].stances[s].value;
        if (topic == core::name_of(Dimension::concern)) of(Stance::skeptic) += 2;
        if (own && topic == core::name_of(Dimension::desired_outcome)) of(Stance::supporter) += 2;
    }
    for (const Stance s : {Stance::blocker, Stance::champion}) {
        if (of(s) >= 2) return s;
    }
    if (of(Stance::supporter) >= 2 && of(Stance::supporter) >= of(Stance::skeptic)) return Stance::supporter;
    for (const Stance s : {Stance::skeptic, Stance::neutral}) {
        if (of(s) >= 2) return s;
    }
    return std::nullopt;
}

Features clause_features(const Reading& r, std::size_t k) {
    Features out;
    const Clause& c = r.clauses[k];
    if (!r.clause_meanings.empty()) out.add_vector(r.clause_meanings[k]);
    const auto row = units(r, c.core_begin, c.core_end);
    add_ngrams(out, row, "u", "b", "t");
    add_spelling(out, r, c.core_begin, c.core_end);
    add_negated(out, r, c.core_begin, c.core_end, "not");
    if (!row.empty()) out.add_words(row[0].begin, row[0].end, "first", row[0].text);
    if (row.size() > 1) out.add_words(row[0].begin, row[1].end, "first2", row[0].text, row[1].text);
    add_cues(out, r.cues[k], "cue");
    const auto best = strongest(r.cues[k]);
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
        out.add("cue before", near, strongest(r.cues[k - 1]));
        add_subject(out, p, "subject before");
    }
    if (k + 1 < r.clauses.size()) {
        const Clause& n = r.clauses[k + 1];
        const std::string_view near = goes_further ? "next" : "sentence after";
        add_ngrams(out, units(r, n.core_begin, n.core_end), near, {}, {});
        out.add("cue after", near, strongest(r.cues[k + 1]));
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
    const auto in = [&](const Token& t) { return t.sentence == sentence; };
    const auto first = std::find_if(r.tokens.begin(), r.tokens.end(), in);
    const auto last = std::find_if_not(first, r.tokens.end(), in);
    const auto begin = static_cast<std::size_t>(first - r.tokens.begin());
    const auto end = static_cast<std::size_t>(last - r.tokens.begin());
    const auto row = units(r, begin, end);
    add_ngrams(out, row, "u", "b", "t");
    add_spelling(out, r, begin, end);
    if (!row.empty()) out.add_words(row[0].begin, row[0].end, "first", row[0].text);
    if (row.size() > 1) out.add_words(row[0].begin, row[1].end, "first2", row[0].text, row[1].text);
    add_classes(out, r, begin, end, "class");
    out.add("length", count(row.size()));
    out.add("question", r.context->question_id);
    out.add("place", sentence == 0 ? "first" : "later", sentence + 1 == r.sentences.size() ? "last" : "before");
    bool main = true;
    std::size_t clauses = 0, facts = 0;
    for (std::size_t k = 0; k < r.clauses.size(); ++k) {
        const Clause& c = r.clauses[k];
        if (c.sentence != sentence) continue;
        ++clauses;
        add_cues(out, r.cues[k], main ? "main cue" : "cue");
        add_subject(out, c, main ? "main subject" : "subject");
        out.add(main ? "main topic" : "topic", name(r.topics[k].label), bucket(8 * r.topics[k].margin));
        out.add("topic+subject", name(r.topics[k].label), name(c.subject), c.reported ? "reported" : "said");
        facts += r.topics[k].label ? 1U : 0U;
        main = false;
    }
    out.add("clauses", count(clauses));
    out.add("facts", count(facts), clauses == facts ? "all" : "some");
    out.settle();
    return out;
}

Features person_features(const Reading& r, std::size_t person) {
    Features out;
    std::size_t held = 0, named = 0;
    for (std::size_t k = 0; k < r.clauses.size(); ++k) {
        const Clause& c = r.clauses[k];
        const bool own = c.person == person;
        const bool reports = !own && c.reporter == person;
        const bool mentioned = mentions(r, c, person);
        if (!own && !reports && !mentioned) continue;
        const auto row = units(r, c.core_begin, c.core_end);
        const auto topic = name(r.topics[k].label);
        if (own || (reports && !c.person)) {
            ++held;
            add_ngrams(out, row, "own", "own2", {});
            add_spelling(out, r, c.core_begin, c.core_end);
            add_negated(out, r, c.core_begin, c.core_end, "own not");
            out.add("own topic", topic, own ? "own" : "reports");
            for (std::size_t s = 0; s < stance_count; ++s) {
                if (r.cues[k].stances[s].value > 0)
                    out.add("own stance", core::stance_names[s], bucket(r.cues[k].stances[s].value));
            }
            for (std::size_t i = c.begin; i < c.core_begin; ++i) out.add("says", unit(r.tokens[i]));
        } else {
            ++named;
            add_ngrams(out, row, "of", {}, {});
            out.add("topic of", topic, reports ? "reports" : "named");
            for (std::size_t s = 0; s < stance_count; ++s) {
                if (r.cues[k].stances[s].value > 0) out.add("stance of", core::stance_names[s]);
            }
        }
    }
    for (const Mention& m : r.people.mentions) {
        if (m.person != person) continue;
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
    out.add("question", r.context->question_id);
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
