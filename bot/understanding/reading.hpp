// The stages of reading a note, in order: sentences, tokens, dates, people, clauses, cues, facts, focus, stances,
// flags. Each stage sees what the earlier ones found; any of them can be replaced.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "bot/understanding/cues.hpp"
#include "bot/understanding/dates.hpp"
#include "bot/understanding/people.hpp"
#include "bot/understanding/word_classes.hpp"

namespace debrief::bot::understanding {

/// What a clause is about, as the model has it; without a label: about nothing that counts as a fact.
struct Topic {
    std::optional<Dimension> label;
    double margin = 0;
    std::size_t why_begin = 0, why_end = 0;  ///< Tokens that spoke most for it.
    std::vector<double> logits;              ///< One a dimension, and one for nothing.
};

/// The encoder's vector of some words, in 4096ths.
using Meaning = std::vector<std::int16_t>;
using MeaningOf = std::function<Meaning(std::string_view words)>;

/// Of one person, in order: the clauses of which they are the subject, are quoted in or are named in, and the mentions.
struct Told {
    std::vector<std::size_t> clauses, mentions;
};

struct Reading {
    std::string_view text;
    const NoteContext* context = nullptr;
    std::vector<Span> sentences;
    std::vector<Token> tokens;
    std::vector<FoundDate> dates;
    People people;
    std::vector<Clause> clauses;
    std::vector<Told> told;                                                    ///< One for each of `people.list`.
    std::vector<Cues> cues;                                                    ///< One for each clause.
    std::vector<Meaning> clause_meanings, sentence_meanings, person_meanings;  ///< Empty without an encoder.
    std::vector<Topic> topics;                                                 ///< One for each clause.
    Understanding result;

    [[nodiscard]] std::string words(std::size_t begin, std::size_t end) const;  ///< Verbatim, tokens [begin, end).
    [[nodiscard]] Span span(std::size_t begin, std::size_t end) const;
};

/// Places of the sentences in the text: those given, else our own split.
std::vector<Span> place_sentences(std::string_view text, const std::vector<std::string>& given);
std::vector<Span> sentence_spans(std::string_view text);

/// True if the words are mostly those of another language.
bool is_other_language(const std::vector<Token>& tokens);

void find_private_remarks(Reading& reading);

}  // namespace debrief::bot::understanding
