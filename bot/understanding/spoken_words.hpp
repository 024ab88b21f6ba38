// Words that stand for others: slips of phones and haste, numbers and ordinals written out.
#pragma once

#include <optional>
#include <string_view>

namespace debrief::bot::understanding {

/// What a usual slip means, folded in and out; it may be two words. Nothing if `written` is none.
std::optional<std::string_view> meant_by(std::string_view written);
std::optional<int> number_word(std::string_view word);   ///< "twelve" is 12.
std::optional<int> ordinal_word(std::string_view word);  ///< "third" is 3.

}  // namespace debrief::bot::understanding
