// The words of a note as the rules see them: lower case, contractions taken apart, numbers read, each with its place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/understanding/understanding.hpp"

namespace debrief::bot::understanding {

enum class TokenKind : std::uint8_t { word, number, mark };

struct Token {
    Span span;
    std::string norm;  ///< Lower case, diacritics removed, usual slips of dictation repaired ("tmrw" is "tomorrow").
    std::string stem;  ///< What inflected forms share: "stopped", "stops" and "stop" have one stem.
    TokenKind kind = TokenKind::word;
    bool capital = false;  ///< Written with a capital where that says something: never in an all-capitals note.
    bool after_newline = false;
    bool spaced = false;  ///< White space stands before it.
    std::size_t sentence = 0;
    std::optional<double> number;  ///< "12", "1,200" and "twelve"; "8k" is 8000.
    std::optional<int> ordinal;    ///< "3rd" and "third".
    std::uint64_t classes = 0;     ///< Bits of `WordClass`, filled in as the reading goes on.
};

/// Takes a text apart. Linear in its length; a run of more than 64 bytes without a break is cut.
std::vector<Token> tokenise(std::string_view text);

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Lower case without diacritics: "Zoë" and "zoe" are one.
std::string fold(std::string_view word);

/// What inflected forms of an English word share. Not a word itself: "loses" and "lost" give "los".
std::string stem_of(std::string_view folded);

/// True if most letters of the text are capitals, so that a capital says nothing.
bool is_all_capitals(std::string_view text);
/// True if no word of the text starts with a capital, as in dictated notes.
bool is_lower_case(std::string_view text);

/// How many single-letter slips (wrong, missing, extra, swapped) lie between two words; more than `limit` reads as
/// limit + 1.
std::size_t slips_between(std::string_view a, std::string_view b, std::size_t limit);

}  // namespace debrief::bot::understanding
