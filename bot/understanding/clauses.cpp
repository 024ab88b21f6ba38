#include "bot/understanding/clauses.hpp"

#include "bot/understanding/clause_cutter.hpp"
#include "bot/understanding/names.hpp"
#include "bot/understanding/stems.hpp"

namespace debrief::bot::understanding {
namespace {

constexpr std::size_t subject_max = 9;   // Words that a subject may take before its verb.
constexpr std::size_t clause_max = 120;  // Longer ones are cut anyhow, so that the work stays linear.
constexpr std::size_t run_on_min = 12;   // Shorter sentences without marks are one clause.

}  // namespace

std::vector<Clause> ClauseCutter::run() {
    words_before_.reserve(end_ - begin_ + 1);
    words_before_.push_back(0);
    for (std::size_t i = begin_; i < end_; ++i)
        words_before_.push_back(words_before_.back() + (tokens_[i].kind != TokenKind::mark ? 1U : 0U));
    std::size_t start = begin_;
    const bool run_on = end_ - begin_ >= run_on_min && count_marks() * 12 < end_ - begin_;
    for (std::size_t k = begin_ + 1; k < end_; ++k) {
        if (k - start < clause_max && !cuts_before(start, k, run_on)) continue;
        // A screenful of bare marks is noise, and looking back over all of it at each one would take for ever.
        if (words(start, k) >= 2 || k - start >= 2 * clause_max) {
            close(start, k);
            start = k;
        }
    }
    close(start, end_);
    for (std::size_t c = 0; c < clauses_.size(); ++c) read(clauses_[c], c == 0 ? previous_ : &clauses_[c - 1], c == 0);
    return std::move(clauses_);
}

std::size_t ClauseCutter::words(std::size_t b, std::size_t e) const {
    return b < e ? words_before_[e - begin_] - words_before_[b - begin_] : 0;
}

std::size_t ClauseCutter::count_marks() const {
    return end_ - begin_ - words(begin_, end_);
}

void ClauseCutter::close(std::size_t b, std::size_t e) {
    if (b < e) clauses_.push_back({b, e, b, e, sentence_, Subject::none, std::nullopt, std::nullopt, false});
}

// A finite verb form: an auxiliary, or a verb that is inflected or stands after a plural or a pronoun.
bool ClauseCutter::finite(std::size_t i, bool after_pronoun) const {
    if (i >= end_ || tokens_[i].kind != TokenKind::word) return false;
    const Token& t = tokens_[i];
    if (has(i, WordClass::be) && t.norm != "be" && t.norm != "been" && t.norm != "being") return true;
    if (has(i, WordClass::modal) || t.norm == "has" || t.norm == "have" || t.norm == "had" || t.norm == "do" ||
        t.norm == "does" || t.norm == "did")
        return true;
    if (t.norm.size() > 4 && t.norm.substr(t.norm.size() - 3) == "ing") return false;
    if (!has(i, WordClass::verb) && !has(i, WordClass::say)) return is_past_form(t.norm) && after_pronoun;
    if (is_past_form(t.norm)) return true;
    if (after_pronoun) return true;
    if (t.norm.back() == 's' && t.norm != t.stem) return true;
    return i > 0 && tokens_[i - 1].norm.size() > 3 && tokens_[i - 1].norm.back() == 's' &&
           !has(i - 1, WordClass::verb);  // "the clerks type"
}

// Whether a clause of its own, with subject and verb, begins at `k`.
bool ClauseCutter::begins_clause(std::size_t k) const {
    for (int skip = 0; skip < 3 && has(k, WordClass::adverb) && !one_of(k, {"no", "now", "next"}); ++skip) ++k;
    if (one_of(k, {"i", "we", "he", "she", "they", "it", "you", "there", "that", "this", "nobody", "everybody",
                   "everyone", "somebody", "someone", "who", "nothing", "anything", "none"})) {
        std::size_t v = k + 1;
        while (v < end_ && v < k + 4 &&
               (has(v, WordClass::adverb) || has(v, WordClass::negation) || one_of(v, {"all", "both", "each"})))
            ++v;
        return finite(v, true);
    }
    if (k >= end_ || tokens_[k].kind == TokenKind::mark) return false;
    if ((has(k, WordClass::preposition) || has(k, WordClass::verb) || has(k, WordClass::be) ||
         has(k, WordClass::modal)) &&
        !has(k, WordClass::person))
        return false;
    for (std::size_t v = k + 1; v < end_ && v <= k + subject_max; ++v) {
        if (tokens_[v].kind == TokenKind::mark) return false;
        if (one_of(v, {"and", "or", "but", "because", "if", "when", "to"}) && !(norm(v) == "and" && v == k + 1))
            return false;
        if (has(v, WordClass::rep) || one_of(v, {"he", "she", "they"})) return false;
        if (has(v, WordClass::question) && !one_of(v, {"which"})) return false;
        if (finite(v, false)) {
            const bool noun = (has(v - 1, WordClass::determiner) || has(v - 1, WordClass::possessive) ||
                               has(v - 1, WordClass::our)) &&
                              !has(v, WordClass::be) && !has(v, WordClass::modal);
            if (!noun) return true;
        }
    }
    return false;
}

// "Alice: no appetite for it": what comes is her words.
bool ClauseCutter::speaker(std::size_t start, std::size_t colon) const {
    const Mention* m = people_.at(start);
    return m != nullptr && m->begin == start && m->end == colon;
}

// "…, when exactly nobody could say": what is asked stands before the admission.
bool ClauseCutter::asks_and_admits(std::size_t k) const {
    if (!one_of(k, {"what", "who", "when", "where", "why", "how", "which", "whether"})) return false;
    for (std::size_t i = k + 2; i < end_ && i < k + 14; ++i) {
        if (one_of(i, {"know", "knows", "say", "tell", "asked", "ask", "said", "idea", "clue"})) return true;
    }
    return false;
}

bool ClauseCutter::subordinate(std::size_t start) const {
    std::size_t k = start;
    const std::size_t last = std::min(end_, start + clause_max);  // Marks without end are no clause to look through.
    while (k < last && (tokens_[k].kind == TokenKind::mark || one_of(k, {"and", "but", "so", "well", "also"}))) ++k;
    return one_of(
        k, {"if",       "when",   "once",     "unless", "until", "before", "after", "while", "since",   "as", "because",
            "although", "though", "whenever", "where",  "what",  "who",    "how",   "which", "whether", "why"});
}

bool ClauseCutter::cuts_before(std::size_t start, std::size_t k, bool run_on) const {
    const std::string_view before = norm(k - 1);
    const Token& mark = tokens_[k - 1];
    if (tokens_[k].after_newline) return true;
    if (mark.kind == TokenKind::mark) {
        if (before == ";" || before == "(" || before == ")") return true;
        if (before == ":") return (words(start, k) > 2 || begins_clause(k)) && !speaker(start, k - 1);
        if (before == "--" || (before == "-" && tokens_[k].spaced)) return true;
        if (before == "." && k >= 2 && (is_title(tokens_[k - 2].norm) || tokens_[k - 2].norm.size() == 1)) return false;
        if ((before == "." || before == "!" || before == "?" || before == "...") && tokens_[k].spaced &&
            words(start, k) >= 2)
            return true;
        if (before == ",") {
            if (subordinate(start) && !has_main(start, k - 1)) return false;
            if (one_of(k, {"but", "so", "otherwise", "whereas", "although", "though", "yet"}) && words(k, end_) > 2)
                return true;
            if (one_of(k, {"says", "said", "according"})) return false;
            if (asks_and_admits(k)) return true;
            return begins_clause(k) || (one_of(k, {"and", "then", "because", "which", "while", "plus", "or"}) &&
                                        begins_clause(k + 1) && norm(k) != "which");
        }
        return false;
    }
    if (words(start, k) < 2) return false;
    if (norm(k) == "but" && !one_of(k - 1, {"nobody", "nothing", "all", "none", "no", "anything", "last"}) &&
        words(k, end_) > 2 && !has(k + 1, WordClass::number))
        return true;
    if (one_of(k, {"otherwise", "whereas", "although"}) && words(k, end_) > 2) return true;
    if (norm(k) == "so" && norm(k + 1) != "that" && norm(k + 1) != "far" && begins_clause(k + 1) && before != "think" &&
        before != "said")
        return true;
    if (norm(k) == "and" || (norm(k) == "then" && run_on)) {
        if (subordinate(start) && !has_main(start, k)) return false;
        if (has(k - 1, WordClass::preposition) || has(k - 1, WordClass::determiner)) return false;
        return begins_clause(k + 1) && has_verb(start, k);
    }
    if (!run_on || words(start, k) < 4 || has(k - 1, WordClass::conjunction) || has(k - 1, WordClass::preposition) ||
        has(k - 1, WordClass::determiner) || has(k - 1, WordClass::possessive) || has(k - 1, WordClass::our) ||
        has(k - 1, WordClass::question) || has(k - 1, WordClass::say) || has(k - 1, WordClass::modal) ||
        has(k - 1, WordClass::be) ||
        one_of(k - 1, {"only", "not", "also", "well", "because", "if", "than", "him", "us", "me", "just", "even"}))
        return false;
    if (subordinate(start) && !has_main(start, k)) return false;
    // Dictation without marks: a new subject with its verb begins a new thought.
    if (one_of(k, {"i", "he", "she", "they", "we"}) && begins_clause(k))
        return has_verb(start, k) && !(has(k - 1, WordClass::verb) && tokens_[k - 1].norm == tokens_[k - 1].stem) &&
               !noun_before_relative(k);
    if (has(k, WordClass::person) && !has(k - 1, WordClass::person) && !has(k - 1, WordClass::verb))
        return begins_clause(k) && has_verb(start, k);
    return false;
}

bool ClauseCutter::has_verb(std::size_t b, std::size_t e) const {
    for (std::size_t i = b; i < e; ++i) {
        if (has(i, WordClass::verb) || has(i, WordClass::be) || has(i, WordClass::modal) || has(i, WordClass::have) ||
            has(i, WordClass::say))
            return true;
    }
    return false;
}

// After "if …" a main clause has come if there are two verbs with a comma or "then" between them.
bool ClauseCutter::has_main(std::size_t b, std::size_t e) const {
    for (std::size_t i = b + 1; i + 1 < e; ++i) {
        if ((norm(i) == "," || norm(i) == "then") && has_verb(i + 1, e) && has_verb(b, i)) return true;
    }
    return false;
}

std::vector<Clause> cut_clauses(const std::vector<Token>& tokens, std::size_t begin, std::size_t end,
                                std::size_t sentence, const People& people, const Clause* previous) {
    if (begin >= end) return {};
    return ClauseCutter{tokens, begin, end, sentence, people, previous}.run();
}

}  // namespace debrief::bot::understanding
