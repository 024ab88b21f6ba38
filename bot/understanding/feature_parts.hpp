// What features are made of: words and their neighbours, counts, cues. Each puts its own into the features of one
// model.
#pragma once

#include <string_view>
#include <vector>

#include "bot/understanding/features.hpp"

namespace debrief::bot::understanding {

/// A word as the models see it: names, days and figures stand for their kind, inflected forms for their stem.
std::string_view unit(const Token& token);

struct WordUnit {
    std::string_view text;
    std::size_t begin, end;  ///< Tokens.
};
/// The units of tokens [begin, end): one for each name, day or row of figures.
std::vector<WordUnit> units(const Reading& reading, std::size_t begin, std::size_t end);
bool is_word(const WordUnit& unit);

/// Single units, pairs and triples, each under its own name; an empty name leaves those out.
void add_ngrams(Features& out, const std::vector<WordUnit>& row, std::string_view one, std::string_view two,
                std::string_view three);
/// The first unit, and the first two.
void add_opening(Features& out, const std::vector<WordUnit>& row);
/// What a slip of the pen leaves of a word: its beginning and its end.
void add_spelling(Features& out, const Reading& reading, std::size_t begin, std::size_t end);
/// Words that a negation shortly before them turns round.
void add_negated(Features& out, const Reading& reading, std::size_t begin, std::size_t end, std::string_view kind);
void add_cues(Features& out, const Cues& cues, std::string_view kind);
void add_subject(Features& out, const Clause& clause, std::string_view kind);
/// Which classes of words are there at all.
void add_classes(Features& out, const Reading& reading, std::size_t begin, std::size_t end, std::string_view kind);

// Figures in steps, and names of what is one of a few.
std::string_view bucket(double value);
std::string_view count(std::size_t n);
std::string_view name(Subject subject);
std::string_view name(const std::optional<Dimension>& dimension);

}  // namespace debrief::bot::understanding
