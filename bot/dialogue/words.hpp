// Small tools over typed words, shared by the rooms of the dialogue. ASCII letters are folded, others kept: enough for
// commands and for finding a stored fact again; names are compared by the understanding.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace debrief::bot {

std::string lower_case(std::string_view text);  ///< ASCII letters, and Ä Ö Ü.
std::string trimmed(std::string_view text);
std::string capitalised(std::string text);  ///< The first letter, if it is an ASCII one.
/// Lower case, without punctuation at its ends, inner white space single: for comparing whole lines.
std::string plain_line(std::string_view text);
std::vector<std::string> plain_words(std::string_view text);
/// Words that carry content, cut to a stem, for finding what speaks of the same thing.
std::vector<std::string> content_stems(std::string_view text);
/// How many of `wanted` are in `text`.
std::size_t shared_stems(const std::vector<std::string>& wanted, const std::vector<std::string>& in);
bool has(const std::vector<std::string>& list, std::string_view value);
bool contains_phrase(std::string_view plain, std::string_view phrase);  ///< At word borders.
/// At most `bytes_max` bytes, cut between characters. What is cut off is marked only if `mark` is given.
std::string clipped(std::string_view text, std::size_t bytes_max, std::string_view mark = {});
/// At most `words_max` words, with an ellipsis if shortened; white space and an end mark are tidied.
std::string shortened(std::string_view text, std::size_t words_max);
/// As `shortened`, with the middle left out: the end of a sentence often holds its date.
std::string shortened_inside(std::string_view text, std::size_t words_max);
/// The part in which two texts differ, of each at most `words_max` words and `lead_max` (of the second: one) of those
/// before that both share.
std::pair<std::string, std::string> where_they_differ(std::string_view one, std::string_view two, std::size_t words_max,
                                                      std::size_t lead_max);
/// "a", "a and b", "a, b and c".
std::string joined(const std::vector<std::string>& parts, std::string_view language);
std::string either(const std::vector<std::string>& parts, std::string_view language);  ///< "a, b or c"
void replace_all(std::string& text, std::string_view from, std::string_view to);

}  // namespace debrief::bot
