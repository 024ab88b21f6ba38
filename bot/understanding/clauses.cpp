#include "bot/understanding/clauses.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "bot/understanding/stems.hpp"
#include "bot/understanding/word_classes.hpp"

namespace debrief::bot::understanding {
namespace {

constexpr std::size_t subject_max = 9;    // Words that a subject may take before its verb.
constexpr std::size_t clause_max = 120;  // Longer ones are cut anyhow, so that the work stays linear.
constexpr std::size_t run_on_min = 12;    // Shorter sentences without marks are one clause.

class Cutter {
public:
    Cutter(const std::vector<Token>& tokens, std::size_t begin, std::size_t end, std::size_t sentence, const People& people, const Clause* previous)
        : tokens_(tokens), begin_(begin), end_(end), sentence_(sentence), people_(people), previous_(previous) {}

    std::vector<Clause> run() {
        std::size_t start = begin_;
        const bool run_on = end_ - begin_ >= run_on_min && count_marks() * 12 < end_ - begin_;
        for (std::size_t k = begin_ + 1; k < end_; ++k) {
            if (k - start < clause_max && !cuts_before(start, k, run_on)) continue;
            if (words(start, k) >= 2) {
                close(start, k);
                start = k;
            }
        }
        close(start, end_);
        for (std::size_t c = 0; c < clauses_.size(); ++c) read(clauses_[c], c == 0 ? previous_ : &clauses_[c - 1], c == 0);
        return std::move(clauses_);
    }

private:
    [[nodiscard]] std::string_view norm(std::size_t i) const { return i < end_ ? std::string_view{tokens_[i].norm} : std::string_view{}; }
    [[nodiscard]] bool one_of(std::size_t i, std::initializer_list<std::string_view> list) const { return std::find(list.begin(), list.end(), norm(i)) != list.end(); }
    [[nodiscard]] bool has(std::size_t i, WordClass c) const { return i < end_ && is(tokens_[i], c); }
    [[nodiscard]] std::size_t words(std::size_t b, std::size_t e) const {
        std::size_t n = 0;
        for (std::size_t i = b; i < e; ++i) n += tokens_[i].kind != TokenKind::mark ? 1U : 0U;
        return n;
    }
    [[nodiscard]] std::size_t count_marks() const {
        std::size_t n = 0;
        for (std::size_t i = begin_; i < end_; ++i) n += tokens_[i].kind == TokenKind::mark ? 1U : 0U;
        return n;
    }
    void close(std::size_t b, std::size_t e) {
        if (b < e) clauses_.push_back({b, e, b, e, sentence_, Subject::none, std::nullopt, std::nullopt, false});
    }

    // A finite verb form: an auxiliary, or a verb that is inflected or stands after a plural or a pronoun.
    [[nodiscard]] bool finite(std::size_t i, bool after_pronoun) const {
        if (i >= end_ || tokens_[i].kind != TokenKind::word) return false;
        const Token& t = tokens_[i];
        if (has(i, WordClass::be) && t.norm != "be" && t.norm != "been" && t.norm != "being") return true;
        if (has(i, WordClass::modal) || t.norm == "has" || t.norm == "have" || t.norm == "had" || t.norm == "do" || t.norm == "does" || t.norm == "did") return true;
        if (t.norm.size() > 4 && t.norm.substr(t.norm.size() - 3) == "ing") return false;
        if (!has(i, WordClass::verb) && !has(i, WordClass::say)) return is_past_form(t.norm) && after_pronoun;
        if (is_past_form(t.norm)) return true;
        if (after_pronoun) return true;
        if (t.norm.back() == 's' && t.norm != t.stem) return true;
        return i > 0 && tokens_[i - 1].norm.size() > 3 && tokens_[i - 1].norm.back() == 's' && !has(i - 1, WordClass::verb);  // "the clerks type"
    }

    // Whether a clause of its own, with subject and verb, begins at `k`.
    [[nodiscard]] bool begins_clause(std::size_t k) const {
        for (int skip = 0; skip < 3 && has(k, WordClass::adverb) && !one_of(k, {"no", "now", "next"}); ++skip) ++k;
        if (one_of(k, {"i", "we", "he", "she", "they", "it", "you", "there", "that", "this", "nobody", "everybody", "everyone", "somebody", "someone", "who", "nothing", "anything", "none"})) {
            std::size_t v = k + 1;
            while (v < end_ && v < k + 4 && (has(v, WordClass::adverb) || has(v, WordClass::negation) || one_of(v, {"all", "both", "each"}))) ++v;
            return finite(v, true);
        }
        if (k >= end_ || tokens_[k].kind == TokenKind::mark) return false;
        if ((has(k, WordClass::preposition) || has(k, WordClass::verb) || has(k, WordClass::be) || has(k, WordClass::modal)) && !has(k, WordClass::person)) return false;
        for (std::size_t v = k + 1; v < end_ && v <= k + subject_max; ++v) {
            if (tokens_[v].kind == TokenKind::mark) return false;
            if (one_of(v, {"and", "or", "but", "because", "if", "when", "to"}) && !(norm(v) == "and" && v == k + 1)) return false;
            if (has(v, WordClass::rep) || one_of(v, {"he", "she", "they"})) return false;
            if (has(v, WordClass::question) && !one_of(v, {"which"})) return false;
            if (finite(v, false)) {
                const bool noun = (has(v - 1, WordClass::determiner) || has(v - 1, WordClass::possessive) || has(v - 1, WordClass::our)) && !has(v, WordClass::be) && !has(v, WordClass::modal);
                if (!noun) return true;
            }
        }
        return false;
    }

    // "Alice: no appetite for it": what comes is her words.
    [[nodiscard]] bool speaker(std::size_t start, std::size_t colon) const {
        const Mention* m = people_.at(start);
        return m != nullptr && m->begin == start && m->end == colon;
    }
    // "…, when exactly nobody could say": what is asked stands before the admission.
    [[nodiscard]] bool asks_and_admits(std::size_t k) const {
        if (!one_of(k, {"what", "who", "when", "where", "why", "how", "which", "whether"})) return false;
        for (std::size_t i = k + 2; i < end_ && i < k + 14; ++i) {
            if (one_of(i, {"know", "knows", "say", "tell", "asked", "ask", "said", "idea", "clue"})) return true;
        }
        return false;
    }

    [[nodiscard]] bool subordinate(std::size_t start) const {
        std::size_t k = start;
        while (k < end_ && (tokens_[k].kind == TokenKind::mark || one_of(k, {"and", "but", "so", "well", "also"}))) ++k;
        return one_of(k, {"if", "when", "once", "unless", "until", "before", "after", "while", "since", "as", "because", "although", "though", "whenever", "where", "what", "who", "how", "which", "whether", "why"});
    }

    [[nodiscard]] bool cuts_before(std::size_t start, std::size_t k, bool run_on) const {
        const std::string_view before = norm(k - 1);
        const Token& mark = tokens_[k - 1];
        if (tokens_[k].after_newline) return true;
        if (mark.kind == TokenKind::mark) {
            if (before == ";" || before == "(" || before == ")") return true;
            if (before == ":") return (words(start, k) > 2 || begins_clause(k)) && !speaker(start, k - 1);
            if (before == "--" || (before == "-" && tokens_[k].spaced)) return true;
            if (before == "." && k >= 2 && (is_title(tokens_[k - 2].norm) || tokens_[k - 2].norm.size() == 1)) return false;
            if ((before == "." || before == "!" || before == "?" || before == "...") && tokens_[k].spaced && words(start, k) >= 2) return true;
            if (before == ",") {
                if (subordinate(start) && !has_main(start, k - 1)) return false;
                if (one_of(k, {"but", "so", "otherwise", "whereas", "although", "though", "yet"}) && words(k, end_) > 2) return true;
                if (one_of(k, {"says", "said", "according"})) return false;
                if (asks_and_admits(k)) return true;
                return begins_clause(k) || (one_of(k, {"and", "then", "because", "which", "while", "plus", "or"}) && begins_clause(k + 1) && norm(k) != "which");
            }
            return false;
        }
        if (words(start, k) < 2) return false;
        if (norm(k) == "but" && !one_of(k - 1, {"nobody", "nothing", "all", "none", "no", "anything", "last"}) && words(k, end_) > 2 && !has(k + 1, WordClass::number)) return true;
        if (one_of(k, {"otherwise", "whereas", "although"}) && words(k, end_) > 2) return true;
        if (norm(k) == "so" && norm(k + 1) != "that" && norm(k + 1) != "far" && begins_clause(k + 1) && before != "think" && before != "said") return true;
        if (norm(k) == "and" || (norm(k) == "then" && run_on)) {
            if (subordinate(start) && !has_main(start, k)) return false;
            if (has(k - 1, WordClass::preposition) || has(k - 1, WordClass::determiner)) return false;
            return begins_clause(k + 1) && has_verb(start, k);
        }
        if (!run_on || words(start, k) < 4 || has(k - 1, WordClass::conjunction) || has(k - 1, WordClass::preposition) || has(k - 1, WordClass::determiner) || has(k - 1, WordClass::possessive) || has(k - 1, WordClass::our) ||
            has(k - 1, WordClass::question) || has(k - 1, WordClass::say) || has(k - 1, WordClass::modal) || has(k - 1, WordClass::be) || one_of(k - 1, {"only", "not", "also", "well", "because", "if", "than", "him", "us", "me", "just", "even"})) return false;
        if (subordinate(start) && !has_main(start, k)) return false;
        // Dictation without marks: a new subject with its verb begins a new thought.
        if (one_of(k, {"i", "he", "she", "they", "we"}) && begins_clause(k)) return has_verb(start, k) && !(has(k - 1, WordClass::verb) && tokens_[k - 1].norm == tokens_[k - 1].stem) && !noun_before_relative(k);
        if (has(k, WordClass::person) && !has(k - 1, WordClass::person) && !has(k - 1, WordClass::verb)) return begins_clause(k) && has_verb(start, k);
        return false;
    }

    // "the system they use": no new thought.
    [[nodiscard]] bool noun_before_relative(std::size_t k) const { return k >= 2 && (has(k - 2, WordClass::determiner) || has(k - 2, WordClass::possessive)) && !has(k - 1, WordClass::date); }

    // "Freeze from 15 October": a noun that is spelt like a verb.
    [[nodiscard]] bool noun_like(std::size_t k) const {
        if (is_past_form(tokens_[k].norm) || tokens_[k].norm.back() == 's' || has(k, WordClass::modal) || has(k, WordClass::have)) return false;
        return one_of(k + 1, {"from", "on", "in", "of", "until", "by", "after", "before", "starts", "ends", "and"}) && !one_of(k, {"hope", "think", "wait", "go", "ask", "look", "talk", "speak", "listen"});
    }

    [[nodiscard]] bool says_more(std::size_t b, std::size_t e) const {
        for (std::size_t i = b; i < e; ++i) {
            if (one_of(i, {"if", "when", "because", "that", "who", "which", "until", "before", "after", "while"})) return false;
            if (finite(i, false)) return true;
        }
        return false;
    }

    [[nodiscard]] bool has_verb(std::size_t b, std::size_t e) const {
        for (std::size_t i = b; i < e; ++i) {
            if (has(i, WordClass::verb) || has(i, WordClass::be) || has(i, WordClass::modal) || has(i, WordClass::have) || has(i, WordClass::say)) return true;
        }
        return false;
    }
    // After "if …" a main clause has come if there are two verbs with a comma or "then" between them.
    [[nodiscard]] bool has_main(std::size_t b, std::size_t e) const {
        for (std::size_t i = b + 1; i + 1 < e; ++i) {
            if ((norm(i) == "," || norm(i) == "then") && has_verb(i + 1, e) && has_verb(b, i)) return true;
        }
        return false;
    }

    void read(Clause& c, const Clause* before, bool first) const {
        while (c.core_begin < c.core_end && (tokens_[c.core_begin].kind == TokenKind::mark || filler(c.core_begin))) ++c.core_begin;
        while (c.core_end > c.core_begin && tokens_[c.core_end - 1].kind == TokenKind::mark && !one_of(c.core_end - 1, {"%", "$"}) && tokens_[c.core_end - 1].norm != "€") --c.core_end;
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

    [[nodiscard]] bool filler(std::size_t k) const {
        return one_of(k, {"and", "but", "so", "well", "ok", "okay", "um", "uh", "er", "erm", "honestly", "basically", "actually", "anyway", "yes", "yeah", "btw", "fyi", "plus", "also", "apparently", "right", "however", "then", "now", "interestingly", "oh", "ah", "hm", "hmm", "sorry", "hi", "hello", "hey", "thanks", "frankly", "otherwise"}) && k + 1 < end_ && !(norm(k) == "otherwise") && !(norm(k) == "right" && norm(k + 1) == "now") && !(norm(k) == "so" && norm(k + 1) == "far");
    }

    // ", says Sarah" and ", Sarah says" at the end.
    void strip_trailing_report(Clause& c) const {
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
    void strip_report(Clause& c, const Clause* before) const {
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
        if (const Mention* m = people_.at(k); m != nullptr && m->begin == k && norm(m->end) == ":" && m->end + 1 < c.core_end) {
            c.reporter = m->person;
            c.reported = true;
            c.core_begin = m->end + 1;
            return;
        }
        if (norm(k) == "in" && one_of(k + 1, {"his", "her", "their"}) && one_of(k + 2, {"view", "opinion", "eyes", "words", "mind", "experience", "book"})) {
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
            third = third || has(i, WordClass::third) || has(i, WordClass::group) || has(i, WordClass::role) || has(i, WordClass::company);
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
        while (next < c.core_end && (has(next, WordClass::rep) || one_of(next, {"him", "them", "everyone"})) && one_of(next, {"me", "us", "him", "them"})) ++next;
        if ((has(next, WordClass::determiner) || has(next, WordClass::possessive)) && (has(next + 1, WordClass::group) || has(next + 1, WordClass::role)) && (norm(next + 2) == "that" || begins_clause(next + 2))) next += 2;  // "told the board that"
        if (const Mention* told = people_.at(next); told != nullptr && told->begin == next && (norm(told->end) == "that" || begins_clause(told->end)) && !finite(told->end, false)) next = told->end;
        const bool that = norm(next) == "that";
        if (that) ++next;
        while (next < c.core_end && tokens_[next].kind == TokenKind::mark) ++next;
        if (next >= c.core_end || words(next, c.core_end) < 2) return;
        // "feels it as a loss", "put it like this": a report needs a clause of its own.
        static constexpr std::array<std::string_view, 5> speech{"say", "tell", "explain", "mention", "claim"};
        const bool speaks = std::find(speech.begin(), speech.end(), tokens_[say].stem) != speech.end();
        if (!that && !speaks && !begins_clause(next) && !one_of(next, {"if", "when", "because"})) return;
        if (speaks && !that && !begins_clause(next) && one_of(next, {"it", "so", "this", "nothing", "little", "something", "a"})) return;
        // "thinks of", "told Mo to": no report follows.
        if (one_of(next, {"of", "about", "to", "yes", "no", "for"}) && !that) return;
        c.reported = true;
        c.reporter = who != nullptr ? std::optional{who->person} : meant;
        c.core_begin = next;
    }

    void find_subject(Clause& c, const Clause* before, bool first) const {
        std::size_t k = c.core_begin;
        // Adverbials before the subject: "In May", "on Friday", "last year".
        for (int steps = 0; steps < 6 && k < c.core_end; ++steps) {
            if (has(k, WordClass::date) || (has(k, WordClass::adverb) && !has(k, WordClass::person)) || tokens_[k].kind == TokenKind::mark || (has(k, WordClass::preposition) && has(k + 1, WordClass::date))) ++k;
            else break;
        }
        if (k >= c.core_end) return;
        if (one_of(k, {"if", "when", "once", "because", "unless", "until", "before", "after", "while", "since", "that", "which", "what", "how", "who", "whether", "where", "why", "as"}) && k + 1 < c.core_end) {
            if (one_of(k, {"who", "which", "what"})) c.subject = Subject::customer;
            if (norm(k) == "what" && (has(k + 1, WordClass::modal) || has(k + 1, WordClass::be) || finite(k + 1, false))) return;
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
                if (norm(next) == "'s" && (is(tokens_[std::min(next + 1, end_ - 1)], WordClass::adverb) || norm(next + 1) == "not" || norm(next + 1) == "a" || norm(next + 1) == "the" || norm(next + 1) == "in" || norm(next + 1) == "for" || norm(next + 1) == "on")) {
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
                if (has(i, WordClass::preposition) || has(i, WordClass::be) || has(i, WordClass::modal) || has(i, WordClass::rep) || one_of(i, {"he", "she", "they"})) break;
            }
            c.subject = Subject::customer;
            return;
        }
        const Token& t = tokens_[k];
        if (first && !c.reported && t.norm.size() > 5 && t.norm.substr(t.norm.size() - 3) == "ing" && has(k, WordClass::verb) && !says_more(k + 1, c.core_end)) {
            c.subject = Subject::rep;  // "Running late": "Leaving it would be fine" has a verb of its own.
            return;
        }
        if (t.kind == TokenKind::word && t.norm.size() > 5 && t.norm.substr(t.norm.size() - 3) == "ing" && first && !c.reported && has(k, WordClass::verb) && has(k + 1, WordClass::preposition) && !says_more(k + 1, c.core_end)) {
            c.subject = Subject::rep;  // "Thinking of offering 10 percent."
            return;
        }
        if (t.norm.size() > 5 && t.norm.substr(t.norm.size() - 3) == "ing" && first) {
            c.subject = c.reported || !(has(k, WordClass::verb) || has(k, WordClass::say)) || says_more(k + 1, c.core_end) ? Subject::customer : Subject::rep;
            return;
        }
        const bool verb_first = has(k, WordClass::verb) || has(k, WordClass::say) || has(k, WordClass::modal) || has(k, WordClass::have) || (is_past_form(t.norm) && t.kind == TokenKind::word);
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

    const std::vector<Token>& tokens_;
    std::size_t begin_, end_, sentence_;
    const People& people_;
    const Clause* previous_;
    std::vector<Clause> clauses_;
};

}  // namespace

std::vector<Clause> cut_clauses(const std::vector<Token>& tokens, std::size_t begin, std::size_t end, std::size_t sentence, const People& people, const Clause* previous) {
    if (begin >= end) return {};
    return Cutter{tokens, begin, end, sentence, people, previous}.run();
}

}  // namespace debrief::bot::understanding
