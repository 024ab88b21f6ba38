// A date without a year is looked for in the direction of the verb that stands nearest to it.
#include <array>
#include <optional>

#include "bot/understanding/dates.hpp"
#include "bot/understanding/stems.hpp"
#include "bot/understanding/word_classes.hpp"

namespace debrief::bot::understanding {
namespace {

constexpr std::size_t reach = 14;        // Words to look at on either side.
constexpr std::size_t helper_reach = 3;  // Words between "has" and "weighed".

bool is_boundary(const Token& t) {
    return t.after_newline || (t.kind == TokenKind::mark && (t.norm == "." || t.norm == ";" || t.norm == "!" ||
                                                             t.norm == "?" || t.norm == ":" || t.norm == "--"));
}

template <std::size_t N>
bool among(std::string_view word, const std::array<std::string_view, N>& list) {
    for (const std::string_view w : list) {
        if (w == word) return true;
    }
    return false;
}

// Verbs that speak of a later time even in the past tense: "they agreed on Friday", "moved it to June".
constexpr std::array<std::string_view, 29> intentions{
    "agre",   "promis", "decid",   "offer",   "want",  "need",   "plan",   "book",   "schedul", "set",
    "invit",  "mov",    "postpon", "confirm", "push",  "delai",  "delay",  "hop",    "intend",  "aim",
    "commit", "extend", "renew",   "fix",     "block", "reserv", "pencil", "arrang", "earmark"};

// Verbs that give a time to come: "the board gave them until Friday", "I froze the price until December".
constexpr std::array<std::string_view, 7> grants{"give", "grant", "allow", "leav", "hold", "freez", "move"};

std::optional<Tense> evidence(const std::vector<Token>& tokens, std::size_t i) {
    const Token& t = tokens[i];
    if (t.kind != TokenKind::word) return std::nullopt;
    if (is(t, WordClass::modal)) return t.norm == "could" || t.norm == "would" ? std::optional<Tense>{} : Tense::future;
    const std::string_view before = i > 0 ? std::string_view{tokens[i - 1].norm} : std::string_view{};
    const std::string_view two_before = i > 1 ? std::string_view{tokens[i - 2].norm} : std::string_view{};
    if (is_past_form(t.norm)) {
        if (t.norm == "read" || t.norm == "left" || t.norm == "meant") {
            if (before == "the" || before == "is" || before == "are") return std::nullopt;
        }
        if (before == "get" || before == "getting" || before == "gets") return Tense::future;
        if (t.norm == "run" || t.norm == "come" || t.norm == "become") return std::nullopt;
        // "is planned", "are frozen", "to be done" look ahead.
        if (before == "is" || before == "are" || before == "be" || before == "am" ||
            (before == "not" && (two_before == "is" || two_before == "are")))
            return Tense::future;
        // "They double booked the sea row in July" did so.
        if (among(t.stem, intentions) && before != "double") return Tense::future;
        return Tense::past;
    }
    if (t.norm == "was" || t.norm == "were" || t.norm == "had" || t.norm == "did") return Tense::past;
    if (t.norm == "is" || t.norm == "are" || t.norm == "am" || t.norm == "be" || t.norm == "due") return Tense::future;
    if (t.norm == "has" || t.norm == "have") return std::nullopt;  // The participle decides.
    // "before he goes on holiday": now, or to come.
    const bool led_by_one = before == "he" || before == "she" || before == "it";
    if (led_by_one && t.norm.size() > 2 && t.norm.back() == 's') return Tense::future;
    static constexpr std::array<std::string_view, 9> alike{
        "quit", "put", "set", "cut", "let", "hit", "shut", "split", "cost"};  // Past and present are spelt alike.
    if (among(t.norm, alike) && (before == "i" || before == "we")) return std::nullopt;  // "I put 30 June": a plan.
    if (among(t.norm, alike) &&
        (i == 0 || tokens[i - 1].kind == TokenKind::mark || is(tokens[i - 1], WordClass::conjunction)))
        return std::nullopt;
    if (among(t.norm, alike))
        return before == "to" || (i > 0 && is(tokens[i - 1], WordClass::modal)) ? Tense::future : Tense::past;
    if (t.norm.size() > 5 && t.norm.substr(t.norm.size() - 3) == "ing")
        return before == "is" || before == "are" || before == "be" || before == "am" ? std::optional{Tense::future}
                                                                                     : std::nullopt;
    if (is(t, WordClass::verb) || is(t, WordClass::say)) {
        // "order", "miss", "test" are nouns unless something stands before that makes them verbs.
        const bool led =
            i > 0 && (before == "to" || before == "not" || before == "they" || before == "we" || before == "i" ||
                      before == "you" || before == "who" || before == "people" || is(tokens[i - 1], WordClass::modal) ||
                      is(tokens[i - 1], WordClass::adverb) || (before.size() > 3 && before.back() == 's'));
        if (t.norm.back() != 's' && !led) return std::nullopt;
        if (t.norm.back() == 's' && i > 0 &&
            (is(tokens[i - 1], WordClass::number) || is(tokens[i - 1], WordClass::preposition) ||
             is(tokens[i - 1], WordClass::possessive) || is(tokens[i - 1], WordClass::our)))
            return std::nullopt;
        if (is(t, WordClass::determiner) || before == "the" || before == "a" || before == "an")
            return std::nullopt;  // A noun: "the order".
        return Tense::future;
    }
    return std::nullopt;
}

// True where the search for a verb before token `i` comes to an end.
bool ends_search(const std::vector<Token>& tokens, std::size_t i) {
    if (i < tokens.size() && tokens[i].after_newline) return true;
    if (i > 1 && tokens[i - 1].norm == "that" && is(tokens[i - 2], WordClass::say)) return true;
    return is_boundary(tokens[i - 1]) && !tokens[i - 1].after_newline;
}

// "he took over from 1 January", "it ran until May". "We have it weighed from the 10th" and "valid until June" look
// ahead, as most that begins or ends on a day does.
bool happened_before(const std::vector<Token>& tokens, std::size_t begin) {
    for (std::size_t i = begin, steps = 0; i > 0 && steps < reach && !ends_search(tokens, i); --i, ++steps) {
        if (tokens[i - 1].norm == ",") return false;
        const auto found = evidence(tokens, i - 1);
        if (!found) continue;
        const Token& verb = tokens[i - 1];
        if (found == Tense::future || is(verb, WordClass::say) || among(verb.stem, grants)) return false;
        if (verb.norm == "was" || verb.norm == "were" || verb.norm == "had" || verb.norm == "did") return true;
        for (std::size_t k = i - 1, back = 0; k > 0 && back < helper_reach; --k, ++back) {
            if (is(tokens[k - 1], WordClass::be) || is(tokens[k - 1], WordClass::have) || tokens[k - 1].norm == "'s")
                return false;
        }
        return is_past_form(verb.norm);
    }
    return false;
}

}  // namespace

namespace {

/// "…, and in March they had eleven": the date opens its clause, so that the verb is the one behind it.
bool opens_clause(const std::vector<Token>& tokens, std::size_t begin) {
    std::size_t at = begin;
    for (const std::string_view word : {"the", "in", "on", "at", "during", "early", "late", "only"}) {
        if (at > 0 && tokens[at - 1].norm == word) --at;
    }
    // "Nothing, in March" opens none: a word that joins clauses does.
    return at > 0 && at < begin && !tokens[at].after_newline &&
           (tokens[at - 1].norm == "and" || tokens[at - 1].norm == "but" || tokens[at - 1].norm == "because");
}

std::optional<Tense> tense_behind(const std::vector<Token>& tokens, std::size_t end) {
    for (std::size_t i = end, steps = 0; i < tokens.size() && steps < reach; ++i, ++steps) {
        if (is_boundary(tokens[i])) break;
        if (const auto found = evidence(tokens, i)) return found;
    }
    return std::nullopt;
}

}  // namespace

Tense tense_around(const std::vector<Token>& tokens, std::size_t begin, std::size_t end) {
    // "Moved to Tuesday the 24th": the weekday belongs to the day.
    static constexpr std::array<std::string_view, 7> weekdays{"monday", "tuesday",  "wednesday", "thursday",
                                                              "friday", "saturday", "sunday"};
    if (begin > 1 && among(tokens[begin - 1].norm, weekdays)) return tense_around(tokens, begin - 1, end);
    if (begin > 2 && tokens[begin - 1].norm == "the" && among(tokens[begin - 2].norm, weekdays))
        return tense_around(tokens, begin - 2, end);
    if (begin > 0) {
        const std::string_view before =
            tokens[begin - 1].norm == "the" && begin > 1 ? tokens[begin - 2].norm : tokens[begin - 1].norm;
        if (before == "since") return Tense::past;
        for (const std::string_view ahead : {"by", "before", "thru", "come", "due", "for", "to", "through"}) {
            if (before == ahead) return Tense::future;
        }
        if (before == "from" || before == "until") return happened_before(tokens, begin) ? Tense::past : Tense::future;
    }
    if (opens_clause(tokens, begin)) {
        if (const auto found = tense_behind(tokens, end)) return *found;
    }
    for (std::size_t i = begin, steps = 0; i > 0 && steps < reach; --i, ++steps) {
        if (ends_search(tokens, i)) break;
        if (const auto found = evidence(tokens, i - 1)) return *found;
    }
    return tense_behind(tokens, end).value_or(Tense::future);
}

}  // namespace debrief::bot::understanding
