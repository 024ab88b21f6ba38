// People by their function: "her boss", "the plant manager", "Dana, the new controller".
#include <algorithm>

#include "bot/understanding/people_reader.hpp"
#include "bot/understanding/word_classes.hpp"

namespace debrief::bot::understanding {

bool PeopleReader::is_modifier(std::size_t k) const {
    const Token& t = tokens_[k];
    if (t.kind != TokenKind::word || is(t, WordClass::determiner) || is(t, WordClass::possessive) ||
        is(t, WordClass::our) || is(t, WordClass::third) || is(t, WordClass::rep) || is(t, WordClass::it) ||
        is(t, WordClass::be) || is(t, WordClass::have) || is(t, WordClass::modal) || is(t, WordClass::preposition) ||
        is(t, WordClass::question) || is(t, WordClass::person) || is(t, WordClass::date) ||
        is(t, WordClass::negation) || t.norm == "'s" || t.number)
        return false;
    if (is(t, WordClass::conjunction) || is(t, WordClass::adverb) || is(t, WordClass::say)) return false;
    if (is(t, WordClass::verb) && t.norm != t.stem && t.norm != "purchasing" && t.norm != "planning" &&
        t.norm != "buying" && t.norm != "marketing" && t.norm != "shipping" && t.norm != "operating" &&
        t.norm != "sales" && t.norm != "managing" && t.norm != "retired")
        return false;
    return true;
}

void PeopleReader::role_at(std::size_t i) {
    const Token& t = tokens_[i];
    if (t.kind != TokenKind::word || !is_role_word(t.norm) || is(t, WordClass::person) || is(t, WordClass::date) ||
        is(t, WordClass::role))
        return;
    if (i + 1 < tokens_.size() && tokens_[i + 1].kind == TokenKind::word && is_role_word(norm(i + 1)) &&
        !is(tokens_[i + 1], WordClass::person)) {
        if (norm(i + 1) != "lead" && norm(i + 1) != "head") return;  // The last word of "plant manager" carries it.
    }
    static const std::unordered_set<std::string_view> things{
        "role",     "job",       "position",  "meeting", "office",     "training", "app",    "level",
        "view",     "dashboard", "time",      "times",   "conference", "fee",      "fees",   "licence",
        "license",  "program",   "programme", "network", "portal",     "count",    "count",  "generation",
        "quarters", "company",   "companies", "firm",    "firms",      "plant",    "plants", "site",
        "school",   "hospital",  "ship",      "tongue",  "board",      "chair"};
    if (things.contains(norm(i + 1))) return;
    std::size_t end = i + 1;
    if (norm(end) == "of" && end + 1 < tokens_.size() && is_modifier(end + 1)) {
        ++end;
        std::size_t words = 0;
        while (end < tokens_.size() && words < 3 &&
               (is_modifier(end) || (norm(end) == "and" && end + 1 < tokens_.size() && is_modifier(end + 1) &&
                                     is(tokens_[end + 1], WordClass::group))) &&
               !(words > 0 && (is(tokens_[end], WordClass::verb) || is(tokens_[end], WordClass::say)))) {
            ++end;
            ++words;
        }
    }
    std::size_t begin = i;
    while (begin > 0 && i - begin < 3 && is_modifier(begin - 1) &&
           tokens_[begin].sentence == tokens_[begin - 1].sentence)
        --begin;
    if ((norm(i) == "head" || norm(i) == "chair" || norm(i) == "lead") && begin == i && end == i + 1)
        return;  // A part of the body, a thing to sit on.
    static const std::unordered_set<std::string_view> anybody{"man", "woman", "lady", "chap", "fella", "boy", "rep"};
    if (anybody.contains(norm(i)) && (begin == i || end > i + 1)) return;  // "The parts man", not "a man".
    if (norm(i) == "partner" || norm(i) == "officer" || norm(i) == "executive" || norm(i) == "operator" ||
        norm(i) == "agent" || norm(i) == "lead" || norm(i) == "head" || norm(i) == "chair" || norm(i) == "principal" ||
        norm(i) == "stakeholder" || norm(i) == "dean" || norm(i) == "member" || norm(i) == "master" ||
        norm(i) == "expert" || norm(i) == "colleague") {
        if (begin == i && end == i + 1 && norm(i) != "principal" && norm(i) != "head" && norm(i) != "dean" &&
            norm(i) != "chair" && norm(i) != "partner" && !(i > 0 && norm(i - 1) == "one" && starts_sentence(i - 1)))
            return;
    }
    const std::string_view lead = begin > 0 ? norm(begin - 1) : std::string_view{};
    const bool fresh = begin < i && (norm(begin) == "new" || norm(begin) == "acting" || norm(begin) == "interim");
    bool designated = lead == "the" || lead == "his" || lead == "her" || lead == "their" || lead == "its" ||
                      lead == "'s" || lead == "'" || lead == "that" || (lead == "one" && begin == 1);
    if (begin > 0 && lead == "one" && starts_sentence(begin - 1) && norm(end) != "of") designated = true;
    if ((lead == "a" || lead == "an") && (fresh || (begin >= 2 ? starts_sentence(begin - 1) : begin == 1)))
        designated = true;
    if (begin > 0 && starts_sentence(begin) &&
        (fresh || norm(i) == "boss" || norm(i) == "owner" || norm(i) == "ceo" || norm(i) == "cfo" || norm(i) == "cio" ||
         norm(i) == "coo" || norm(i) == "cto" || norm(i) == "controller" || begin < i) &&
        i + 1 < tokens_.size() && tokens_[i + 1].kind == TokenKind::word && !tokens_[i + 1].after_newline)
        designated = true;
    if (begin == 0 && (fresh || no_case() || norm(i).size() == 3 || begin < i)) designated = true;
    static const std::unordered_set<std::string_view> sole{
        "chancellor", "mayor", "chairman", "chairwoman", "president", "owner",  "ceo",       "cfo",
        "cio",        "coo",   "cto",      "md",         "minister",  "bursar", "treasurer", "boss"};
    if (begin == i && sole.contains(norm(i)) && end < tokens_.size() &&
        (is(tokens_[end], WordClass::verb) || is(tokens_[end], WordClass::be) || is(tokens_[end], WordClass::modal) ||
         is(tokens_[end], WordClass::say)) &&
        lead != "a" && lead != "an")
        designated = true;
    if ((no_case() || lead == "with" || lead == "by" || lead == "and" || lead == "new") &&
        (norm(i) == "ceo" || norm(i) == "cfo" || norm(i) == "cio" || norm(i) == "coo" || norm(i) == "cto" ||
         norm(i) == "md" || norm(i) == "boss"))
        designated = true;
    if (lead == "my" || lead == "our") return;
    std::size_t core = begin;
    while (core < i && (is_plain_adjective(norm(core)) || tokens_[core].kind != TokenKind::word)) ++core;
    for (std::size_t k = core; k < end; ++k) mark(tokens_[k], WordClass::role);
    if (attach(core, end, begin)) return;
    if (!designated) return;
    std::string name = written(core, end);
    // The function of somebody named before is that person. That of a known contact whom the note does not name stays
    // what was said; `holder` tells who that is.
    const std::string wanted = fold(name);
    if (const auto holder = roles_.find(wanted); holder != roles_.end()) {
        add(core, end, holder->second);
        return;
    }
    std::size_t fitting = 0;
    const Contact* holder = nullptr;
    for (const Contact& c : contacts_) {
        if (fold(c.known->role) == wanted) {
            ++fitting;
            holder = &c;
        }
    }
    const bool theirs = fitting == 1 && lead != "'s" && lead != "his" && lead != "her" && !fresh;
    if (theirs && entries_.contains(fold(holder->known->name))) {
        add(core, end, entries_.at(fold(holder->known->name)));
        return;
    }
    if (no_case()) name = wanted;
    static const std::unordered_set<std::string_view> men{"husband", "son", "brother",  "nephew",  "father",
                                                          "uncle",   "dad", "chairman", "foreman", "grandfather"},
        women{"wife", "daughter", "sister", "niece", "mother", "aunt", "mum", "mom", "chairwoman", "matron", "widow"};
    const std::size_t person = entry(std::move(name), false,
                                     men.contains(norm(i))              ? Gender::male
                                     : women.contains(norm(i))          ? Gender::female
                                     : theirs && !holder->parts.empty() ? gender_of(holder->parts.front())
                                                                        : Gender::unknown);
    if (theirs) people_.list[person].holder = holder->known->name;
    add(core, end, person);
}

// A function that is said of a person named beside it: "Dana, the new controller", "finance lead Malcolm", "Olga is now
// head of IT".
bool PeopleReader::attach(std::size_t core, std::size_t end, std::size_t begin) {
    const auto set_role = [&](const Mention& m) {
        auto& role = people_.list[m.person].role;
        if (!role) {
            role = written(core, end);
            roles_.emplace(fold(*role), m.person);
        }
        return true;
    };
    // Names stand in order before all functions; only the near ones matter.
    const auto last = people_.mentions.begin() + static_cast<std::ptrdiff_t>(named_);
    const std::size_t from = core > near_max ? core - near_max : 0;
    for (auto near = std::lower_bound(people_.mentions.begin(), last, from,
                                      [](const Mention&m, std::size_t at) { return m.begin < at; });
         near != last && near->begin <= end + 2; ++near) {
        const Mention& m = *near;
        if (m.begin == end ||
            (m.begin == end + 1 && norm(end) == "," && tokens_[m.begin].sentence == tokens_[end].sentence)) {
            if (m.begin == end) return set_role(m);
            const std::string_view after =
                norm(m.end);  // "The finance lead, Malcolm, wants": the name stands between commas.
            if (after == "," || after == "." || m.end == tokens_.size()) return set_role(m);
        }
        if (norm(end) == "," && is_title(norm(end + 1)) &&
            (m.begin == end + 2 || (m.begin == end + 3 && norm(end + 2) == ".")))
            return set_role(m);  // "Her deputy, Mrs Kranz".
        if (m.begin == end + 1 && norm(end) == "(") return set_role(m);
        if ((m.begin == end + 1 || m.begin == end + 2) &&
            (norm(end) == "is" || norm(end) == "called" || norm(end + 1) == "called" || norm(end) == "named") &&
            !(m.begin > 0 && tokens_[m.begin - 1].kind == TokenKind::mark))
            return set_role(m);
        if (m.end > begin || tokens_[m.end - 1].sentence != tokens_[core].sentence) continue;
        // "Tim the warehouse lead is worried".
        if (m.end + 1 == begin && norm(m.end) == "the") return set_role(m);
        std::size_t k = m.end;
        bool linked = norm(k) == "," || norm(k) == "(" || norm(k) == "-" || norm(k) == "--";
        if (linked) ++k;
        if (norm(k) == "who" && norm(k + 1) == "is") {
            k += 2;
            linked = true;
        }
        static const std::unordered_set<std::string_view> links{
            "is", "was",      "be",  "been", "becomes",   "became", "now",       "as",
            "to", "promoted", "has", "will", "appointed", "made",   "currently", "named"};
        while (k < begin && links.contains(norm(k))) {
            linked = true;
            ++k;
        }
        while (k < begin &&
               (is(tokens_[k], WordClass::determiner) || is(tokens_[k], WordClass::possessive) || norm(k) == "our"))
            ++k;
        if (linked && (k == begin || k == core)) {
            const bool end_ok = norm(m.end) != "," || norm(end) == "," || norm(end) == "." || norm(end) == ")" ||
                                end == tokens_.size() || norm(end) == ";" || norm(m.end + 1) == "the" ||
                                norm(m.end + 1) == "their" || norm(m.end + 1) == "her" || norm(m.end + 1) == "his" ||
                                norm(m.end + 1) == "a";
            if (end_ok) return set_role(m);
        }
    }
    return false;
}

}  // namespace debrief::bot::understanding
