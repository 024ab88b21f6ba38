// "No, that was Tim, not Mo." "Make it May." A later word on what was just noted.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bot/dialogue/exchange.hpp"

namespace debrief::bot {

struct Correction {
    std::string new_words;  ///< "Tim", "May".
    std::string old_words;  ///< "Mo"; empty if not said.
};
/// Nothing if the line is no correction by its form.
std::optional<Correction> parse_correction(std::string_view line);

/// True if something was changed and the reply is made; false if the words name neither a person nor a date, so that
/// the line is to be taken as an answer.
bool take_correction(Exchange& exchange, const Correction& correction);

/// Takes back what the last line did.
void undo(Exchange& exchange);

}  // namespace debrief::bot
