// Fits the few words of a correction into the words that it corrects, so that what is kept reads as a sentence of its
// own.
#pragma once

#include <optional>
#include <string>

namespace debrief::bot {

/// "it is 60,000" -> "60,000". English and German.
std::string without_it_is(std::string text);

/// "60,000" into "Every stop costs 40,000", where both hold one number; "three times a month" into "The line stops two
/// times a month", where both end alike and a word or two before that changes places. Nothing where it does not fit.
std::optional<std::string> with_fragment(const std::string& old, const std::string& fragment);

/// "it goes down every Friday" after "the ERP goes down every Monday": a pronoun gives way to the words that stand
/// before the same verb. `fresh` itself where there are none.
std::string with_subject_of(const std::string& old, const std::string& fresh);

}  // namespace debrief::bot
