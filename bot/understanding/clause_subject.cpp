// Whose clause it is: its subject, spoken or implied, and whoever is being quoted in it.
#include <array>

#include "bot/understanding/clause_cutter.hpp"
#include "bot/understanding/stems.hpp"

namespace debrief::bot::understanding {

// "Freeze from 15 October": a noun that is spelt like a verb.
bool ClauseCutter::noun_like(std::size_t k) const {
    if (is_past_form(tokens_[k].norm) || tokens_[k].norm.back() == 's' || has(k, WordClass::modal) ||
        has(k, WordClass::have))
        return false;
    return one_of(k + 1, {"from", "on", "in", "of", "until", "by", "after", "before", "starts", "ends", "and"}) &&
           !one_of(k, {"hope", "think", "wait", "go", "ask", "look", "talk", "speak", "listen"});
}

bool ClauseCutter::says_more(std::size_t b, std::size_t e) const {
    for (std::size_t i = b; i < e; ++i) {
        if (one_of(i, {"if", "when", "because", "that", "who", "which", "until", "before", "after", "while"}))
            return false;
        if (finite(i, false)) return true;
    }
    return false;
}

void ClauseCutter::read(Clause& c, const Clause* before, bool first) const {
    while (c.core_begin < c.core_end && (tokens_[c.core_begin].kind == TokenKind::mark || filler(c.core_begin)))
        ++c.core_begin;
    while (c.core_end > c.core_begin && tokens_[c.core_end - 1].kind == TokenKind::mark &&
           !one_of(c.core_end - 1, {"%", "$"}) && tokens_[c.core_end - 1].norm != "€")
        --c.core_end;
    strip_trailing_report(c);
    strip_report(c, before);
    find_subject(c, before, first);
    if (before != nullptr && !first && before->reported && !c.reported && c.subject != Subject::rep) {
        c.reported = c.subject != Subject::person || (c.person && before->reporter == c.person);
        if (c.reported) c.reporter = before->reporter;
    }
    if (!first && before != nullptr && before->reported && c.subject == Subject::rep && norm(c.core_begin) == "we") {
        c.reported = true;  // "She said they lose orders and we cannot go on."
        c.reporter = before->reporter;
        c.subject = Subject::customer;
    }
}

bool ClauseCutter::filler(std::size_t k) const {
    return one_of(k, {"and",   "but",           "so",       "well",      "ok",         "okay",   "um",      "uh",
                      "er",    "erm",           "honestly", "basically", "actually",   "anyway", "yes",     "yeah",
                      "btw",   "fyi",           "plus",     "also",      "apparently", "right",  "however", "then",
                      "now",   "interestingly", "oh",       "ah",        "hm",         "hmm",    "sorry",   "hi",
                      "hello", "hey",           "thanks",   "frankly",   "otherwise"}) &&
           k + 1 < end_ && !(norm(k) == "otherwise") && !(norm(k) == "right" && norm(k + 1) == "now") &&
           !(norm(k) == "so" && norm(k + 1) == "far");
}

// ", says Sarah" and ", Sarah says" at the end.
void ClauseCutter::strip_trailing_report(Clause& c) const {
    for (std::size_t back = 2; back <= 5 && c.core_begin + 3 + back <= c.core_end + 1; ++back) {
        const std::size_t comma = c.core_end - back;
        if (comma <= c.core_begin || norm(comma) != ",") continue;
        bool says = false, who = false;
        for (std::size_t i = comma + 1; i < c.core_end; ++i) {
            says = says || has(i, WordClass::say) || (one_of(i, {"according"}));
            if (const Mention* m = people_.at(i)) {
                who = true;
                c.reporter = m->person;
            } else if (one_of(i, {"he", "she", "they"})) {
                who = true;
                c.reporter = meant_by(people_, tokens_, i);
            }
        }
        if (says && who) {
            c.reported = true;
            c.core_end = comma;
            return;
        }
        c.reporter.reset();
    }
}

// "Sarah told me that …", "according to Mo …": the fact begins after it.
void ClauseCutter::strip_report(Clause& c, const Clause* before) const {
    std::size_t k = c.core_begin;
    if (norm(k) == "according" && norm(k + 1) == "to") {
        for (std::size_t i = k + 2; i < std::min(c.core_end, k + 6); ++i) {
            if (const Mention* m = people_.at(i)) {
                c.reporter = m->person;
                c.reported = true;
                c.core_begin = std::min(m->end, c.core_end);
                if (norm(c.core_begin) == ",") ++c.core_begin;
                return;
            }
        }
        return;
    }
    if (const Mention* m = people_.at(k);
        m != nullptr && m->begin == k && norm(m->end) == ":" && m->end + 1 < c.core_end) {
        c.reporter = m->person;
        c.reported = true;
        c.core_begin = m->end + 1;
        return;
    }
    if (norm(k) == "in" && one_of(k + 1, {"his", "her", "their"}) &&
        one_of(k + 2, {"view", "opinion", "eyes", "words", "mind", "experience", "book"})) {
        c.reported = true;
        c.reporter = meant_by(people_, tokens_, k + 1);
        c.core_begin = norm(k + 3) == "," ? k + 4 : k + 3;
        return;
    }
    std::size_t say = c.core_end;
    for (std::size_t i = k; i < std::min(c.core_end, k + 7); ++i) {
        if (has(i, WordClass::say) && !has(i, WordClass::determiner)) {
            say = i;
            break;
        }
        if (tokens_[i].kind == TokenKind::mark || one_of(i, {"to", "because", "if", "when", "that"})) break;
    }
    if (say >= c.core_end || (say > k && one_of(say - 1, {"the", "a", "to", "our", "their"}))) return;
    const Mention* who = nullptr;
    bool third = false, self = false;
    std::optional<std::size_t> meant;
    for (std::size_t i = k; i < say; ++i) {
        if (const Mention* m = people_.at(i); m != nullptr && who == nullptr) who = m;
        if (one_of(i, {"he", "she"})) meant = meant_by(people_, tokens_, i);
        third = third || has(i, WordClass::third) || has(i, WordClass::group) || has(i, WordClass::role) ||
                has(i, WordClass::company);
        self = self || one_of(i, {"i", "we"});
    }
    if (self) return;
    if (say == k) {  // "Says the tool is slow": whoever was spoken of last.
        if (tokens_[say].norm.back() != 's') return;
        third = true;
        if (before != nullptr) meant = before->person ? before->person : before->reporter;
    }
    if (who == nullptr && !third && !meant) return;
    std::size_t next = say + 1;
    while (next < c.core_end && (has(next, WordClass::rep) || one_of(next, {"him", "them", "everyone"})) &&
           one_of(next, {"me", "us", "him", "them"}))
        ++next;
    if ((has(next, WordClass::determiner) || has(next, WordClass::possessive)) &&
        (has(next + 1, WordClass::group) || has(next + 1, WordClass::role)) &&
        (norm(next + 2) == "that" || begins_clause(next + 2)))
        next += 2;  // "told the board that"
    if (const Mention* told = people_.at(next); told != nullptr && told->begin == next &&
                                                (norm(told->end) == "that" || begins_clause(told->end)) &&
                                                !finite(told->end, false))
        next = told->end;
    const bool that = norm(next) == "that";
    if (that) ++next;
    while (next < c.core_end && tokens_[next].kind == TokenKind::mark) ++next;
    if (next >= c.core_end || words(next, c.core_end) < 2) return;
    // "feels it as a loss", "put it like this": a report needs a clause of its own.
    static constexpr std::array<std::string_view, 5> speech{"say", "tell", "explain", "mention", "claim"};
    const bool speaks = std::find(speech.begin(), speech.end(), tokens_[say].stem) != speech.end();
    if (!that && !speaks && !begins_clause(next) && !one_of(next, {"if", "when", "because"})) return;
    if (speaks && !that && !begins_clause(next) &&
        one_of(next, {"it", "so", "this", "nothing", "little", "something", "a"}))
        return;
    // "thinks of", "told Mo to": no report follows.
    if (one_of(next, {"of", "about", "to", "yes", "no", "for"}) && !that) return;
    c.reported = true;
    c.reporter = who != nullptr ? std::optional{who->person} : meant;
    c.core_begin = next;
}

void ClauseCutter::find_subject(Clause& c, const Clause* before, bool first) const {
    std::size_t k = c.core_begin;
    // Adverbials before the subject: "In May", "on Friday", "last year".
    for (int steps = 0; steps < 6 && k < c.core_end; ++steps) {
        if (has(k, WordClass::date) || (has(k, WordClass::adverb) && !has(k, WordClass::person)) ||
            tokens_[k].kind == TokenKind::mark || (has(k, WordClass::preposition) && has(k + 1, WordClass::date)))
            ++k;
        else
            break;
    }
    if (k >= c.core_end) return;
    if (one_of(k, {"if", "when", "once", "because", "unless", "until", "before", "after", "while", "since", "that",
                   "which", "what", "how", "who", "whether", "where", "why", "as"}) &&
        k + 1 < c.core_end) {
        if (one_of(k, {"who", "which", "what"})) c.subject = Subject::customer;
        if (norm(k) == "what" && (has(k + 1, WordClass::modal) || has(k + 1, WordClass::be) || finite(k + 1, false)))
            return;
        ++k;
    }
    if (one_of(k, {"i", "we", "us", "me"}) || (has(k, WordClass::our) && !c.reported)) {
        c.subject = c.reported ? Subject::customer : Subject::rep;  // "My feeling", "our people" are ours too.
        return;
    }
    if (const Mention* m = people_.at(k)) {
        const std::size_t next = m->end;
        if (norm(next) == "'s" || norm(next) == "'") {
            c.subject = Subject::customer;
            for (std::size_t i = next + 1; i < std::min(c.core_end, next + 5); ++i) {
                if (const Mention* owned = people_.at(i)) {
                    c.subject = Subject::person;
                    c.person = owned->person;
                    return;
                }
                if (has(i, WordClass::verb) || has(i, WordClass::be)) break;
            }
            if (norm(next) == "'s" && (is(tokens_[std::min(next + 1, end_ - 1)], WordClass::adverb) ||
                                       norm(next + 1) == "not" || norm(next + 1) == "a" || norm(next + 1) == "the" ||
                                       norm(next + 1) == "in" || norm(next + 1) == "for" || norm(next + 1) == "on")) {
                c.subject = Subject::person;
                c.person = m->person;
            }
            return;
        }
        c.subject = Subject::person;
        c.person = m->person;
        return;
    }
    if (one_of(k, {"he", "she"})) {
        c.subject = Subject::person;
        c.person = meant_by(people_, tokens_, k);
        return;
    }
    if (one_of(k, {"his", "her"}) || has(k, WordClass::determiner) || has(k, WordClass::possessive)) {
        for (std::size_t i = k + 1; i < std::min(c.core_end, k + 5); ++i) {
            if (const Mention* m = people_.at(i)) {
                c.subject = Subject::person;
                c.person = m->person;
                return;
            }
            if (has(i, WordClass::preposition) || has(i, WordClass::be) || has(i, WordClass::modal) ||
                has(i, WordClass::rep) || one_of(i, {"he", "she", "they"}))
                break;
        }
        c.subject = Subject::customer;
        return;
    }
    const Token& t = tokens_[k];
    if (first && !c.reported && t.norm.size() > 5 && t.norm.substr(t.norm.size() - 3) == "ing" &&
        has(k, WordClass::verb) && !says_more(k + 1, c.core_end)) {
        c.subject = Subject::rep;  // "Running late": "Leaving it would be fine" has a verb of its own.
        return;
    }
    if (t.kind == TokenKind::word && t.norm.size() > 5 && t.norm.substr(t.norm.size() - 3) == "ing" && first &&
        !c.reported && has(k, WordClass::verb) && has(k + 1, WordClass::preposition) && !says_more(k + 1, c.core_end)) {
        c.subject = Subject::rep;  // "Thinking of offering 10 percent."
        return;
    }
    if (t.norm.size() > 5 && t.norm.substr(t.norm.size() - 3) == "ing" && first) {
        c.subject = c.reported || !(has(k, WordClass::verb) || has(k, WordClass::say)) || says_more(k + 1, c.core_end)
                        ? Subject::customer
                        : Subject::rep;
        return;
    }
    const bool verb_first = has(k, WordClass::verb) || has(k, WordClass::say) || has(k, WordClass::modal) ||
                            has(k, WordClass::have) || (is_past_form(t.norm) && t.kind == TokenKind::word);
    if (verb_first && !has(k, WordClass::role) && !has(k, WordClass::group)) {
        const bool third_form = t.norm.back() == 's' || t.norm == "has";
        if (!first && before != nullptr) {
            c.subject = before->subject;
            c.person = before->person;
        } else if (third_form) {
            c.subject = Subject::customer;
            if (before != nullptr && before->person) {
                c.subject = Subject::person;
                c.person = before->person;
            } else if (people_.list.size() == 1) {
                c.subject = Subject::person;
                c.person = 0;
            }
        } else if (!c.reported && !(k + 1 < c.core_end && (has(k + 1, WordClass::be) || noun_like(k)))) {
            c.subject = Subject::rep;
        } else {
            c.subject = Subject::customer;
        }
        return;
    }
    c.subject = Subject::customer;
}

}  // namespace debrief::bot::understanding
