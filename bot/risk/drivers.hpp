// The table of reasons: code, points, words. README.md beside this file explains each; a test holds the two together.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/journey/words.hpp"

namespace debrief::bot {

/// What somebody without it would not know: no fact of this dimension holds.
struct Gap {
    core::Dimension dimension;
    std::string_view code, stale_code;
    int points;        ///< If nothing holds.
    int points_stale;  ///< If what holds was last said too long ago.
};
std::span<const Gap> gaps();

/// A driver that is there to be seen. The first finding counts `points`, each further one `more`, up to `most`.
struct Driver {
    std::string_view code;
    int points, more, most;
};
const Driver& driver(std::string_view code);
std::span<const Driver> drivers();

/// Sentences for one code: `{it}` stands for what the evidence says, `{n}` for how many.
struct ReasonWords {
    std::string_view code, text_en, lowers_en, text_de, lowers_de;
};
const ReasonWords& reason_words(std::string_view code);

}  // namespace debrief::bot
