// The words that tell what an answer does, as data, English and German: who is spoken of, what is vague, what is
// absolute, what is promised.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace debrief::bot::rehearsal {

/// A sentence with the traces that the rules look at. The strings are cut from it as it was said.
struct SentenceWords {
    bool your = false;    ///< Something of theirs: "your shift".
    int you = 0;          ///< You, your.
    int ours = 0;         ///< Our, our product, our firm.
    int we = 0;           ///< We, I.
    bool step = false;    ///< An act that we do for them, or do together: "I will ask", "shall we".
    bool asks = false;    ///< An open question to them.
    bool pushes = false;  ///< Sign, order, decide for us.
    bool dont_know = false;
    bool conditional = false;  ///< If, unless, would have to: no promise.
    bool promises = false;     ///< A result that we claim: will save, get you, in use by.
    bool figure = false;       ///< A number, as digits or in words.
    bool day = false;          ///< A weekday, a month, "next week".
    std::string figure_said, day_said, step_said;
    std::string vague, absolute, away;  ///< The first such words; empty where there are none.
};

SentenceWords read_words(std::string_view sentence, std::string_view language);

/// "You told me that your line stops" -> "they told me that their line stops".
std::string in_third_person(std::string_view text);

}  // namespace debrief::bot::rehearsal
