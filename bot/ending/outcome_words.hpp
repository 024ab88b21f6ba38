// How an opportunity ended, in the customer's terms, out of what a rep says: "they went with the people from Ulm",
// "sie bleiben bei ihren Listen". English and German, by words alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace debrief::bot::ending {

/// One of the catalogue's words but `open`: bought, elsewhere, stayed, undecided, withdrew; `not_bought` where the line
/// says only that they did not buy. Nothing if it says nothing of the kind. What is said first holds.
std::optional<std::string> outcome_said(std::string_view line);

/// The line says little else: it may take an earlier outcome's place wherever it stands.
bool merely_outcome(std::string_view line);

/// "they bought elsewhere": as a part of a sentence. Empty for `open`.
std::string outcome_words(std::string_view outcome, std::string_view language);

/// What follows "because" in a line, to its end; empty if there is no such word.
std::string reason_within(std::string_view line);

}  // namespace debrief::bot::ending
