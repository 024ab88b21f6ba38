// Small closed classes of words that the patterns may name with @.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "bot/understanding/tokens.hpp"

namespace debrief::bot::understanding {

enum class WordClass : std::uint8_t {
    rep,         ///< I, we, us: the speaker's side, unless somebody is being quoted.
    our,         ///< my, our.
    third,       ///< he, she, they: somebody on the customer's side.
    it,          ///< it, this, that.
    possessive,  ///< his, her, their, its.
    determiner,  ///< the, a, every ...
    negation,
    be,
    have,
    modal,
    preposition,
    conjunction,
    question,  ///< who, what, when, how, whether.
    say,       ///< Verbs that report speech or thought.
    verb,      ///< Other verbs that are common in notes, by stem.
    adverb,    ///< Fillers and adverbs that may stand before a subject.
    money,
    unit,   ///< Hours, tonnes, percent.
    role,   ///< boss, owner, controller: one person by function.
    group,  ///< board, committee, clerks.
    number,
    date,     ///< Inside a date expression.
    person,   ///< Inside the mention of a person.
    company,  ///< The account itself, "the company", "the customer".
    vendor,   ///< A name that is neither a person nor the account.
};

constexpr std::uint64_t bit(WordClass c) {
    return std::uint64_t{1} << static_cast<unsigned>(c);
}
inline bool is(const Token& t, WordClass c) {
    return (t.classes & bit(c)) != 0;
}
inline void mark(Token& t, WordClass c) {
    t.classes |= bit(c);
}

std::optional<WordClass> class_named(std::string_view name);

/// Sets the classes that depend on the word alone.
void classify(std::vector<Token>& tokens);

/// True for a common English word, so that an unknown word of that form is not taken for a slip of the pen.
bool is_common_word(std::string_view norm);

}  // namespace debrief::bot::understanding
