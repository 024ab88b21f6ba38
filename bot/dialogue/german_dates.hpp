// Days in German words: "bis Mittwoch", "am 3. Juli", "nächste Woche", "Ende Mai". The understanding reads English;
// each phrase is put to it in English, so that both languages count by the same rules.
#pragma once

#include <string_view>
#include <vector>

#include "bot/understanding/understanding.hpp"

namespace debrief::bot {

/// Those alone that only German words name. Spans are of `text`; values count from the context's meeting.
std::vector<DateMention> german_dates_in(std::string_view text, const NoteContext& context);

/// The dates of a line in either language, in the order of the text.
std::vector<DateMention> dates_said(std::string_view text, const NoteContext& context);

}  // namespace debrief::bot
