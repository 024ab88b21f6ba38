// Phrases as data, and the matcher that finds them in a tokenised text in one pass.
//
// A lexicon is text, one group a line: `label weight: phrase; phrase; …`. A phrase is a row of elements:
//   word      a base form, with any ending; a word with an ending only as written ("backs" is not "back")
//   =word     exactly this form
//   wor*      anything that begins so         @class  a word class (word_classes.hpp)
//   a|b       one or the other                x?      may be missing
//   ~         up to three words between, within the clause
//   ^         only at the start of a clause
// The first element must not be a gap or optional.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bot/understanding/word_classes.hpp"

namespace debrief::bot::understanding {

struct PhraseHit {
    std::uint16_t label = 0;  ///< Index into `Lexicon::labels()`.
    float weight = 0;
    std::size_t begin = 0, end = 0;  ///< Tokens, `end` excluded.
};

class Lexicon {
public:
    /// Builds the index. A malformed line is our own bug and stops the program.
    explicit Lexicon(std::string_view text);

    [[nodiscard]] const std::vector<std::string>& labels() const { return labels_; }
    /// The number of a label, or 0xFFFF.
    [[nodiscard]] std::uint16_t label(std::string_view name) const;

    /// Every hit within tokens [begin, end), in order of `begin`. A phrase never crosses the range.
    [[nodiscard]] std::vector<PhraseHit> find(const std::vector<Token>& tokens, std::size_t begin,
                                              std::size_t end) const;

private:
    enum class Kind : std::uint8_t { stem, exact, prefix, word_class, gap };
    struct Choice {
        Kind kind;
        std::string text;
        std::uint64_t classes = 0;
    };
    struct Element {
        std::vector<Choice> choices;
        bool optional = false;
        bool gap = false;
    };
    struct Phrase {
        std::uint16_t label;
        float weight;
        bool at_start;
        std::vector<Element> elements;
    };

    void add(std::uint16_t label, float weight, std::string_view phrase);
    void index(std::size_t phrase);
    [[nodiscard]] std::size_t match(const Phrase& phrase, std::size_t element, const std::vector<Token>& tokens,
                                    std::size_t at, std::size_t end) const;
    static bool fits(const Choice& choice, const Token& token);

    std::vector<std::string> labels_;
    std::vector<Phrase> phrases_;
    std::unordered_map<std::string, std::vector<std::uint32_t>> by_stem_, by_word_, by_prefix_;
    std::vector<std::pair<std::uint64_t, std::uint32_t>> by_class_;
};

}  // namespace debrief::bot::understanding
