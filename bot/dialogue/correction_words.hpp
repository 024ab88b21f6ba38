// How a line takes something back: "no, that was Tim, not Mo", "make it May", "correction: it is three times a month".
// By its form alone; whether there is anything to correct is another matter.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace debrief::bot {

struct Correction {
    std::string new_words;      ///< "Tim", "May", "140k".
    std::string old_words;      ///< "Mo"; empty if not said.
    std::string rest;           ///< What the line says besides, to be heard as ever.
    bool taken_back = false;    ///< It begins with "no", "sorry", "wrong" …
    bool put_so = false;        ///< "it was", "I meant", "make it" stands before the new words.
    bool unmistakable = false;  ///< "I meant", "make it", or "no, … not …": it cannot be an answer.
};
/// Nothing if the line is no correction by its form.
std::optional<Correction> parse_correction(std::string_view line);

/// What follows words that take something back for a fact to be put differently; nothing if the line does not begin
/// with such words, or if nothing follows. English and German.
std::optional<std::string> corrected_words(std::string_view line);

}  // namespace debrief::bot
