// Irregular forms and the endings that English adds to a word.
#pragma once

#include <string_view>

namespace debrief::bot::understanding {

/// The base form of an irregular verb or noun form ("lost" is "lose", "people" is "person"); empty if it is regular.
std::string_view irregular_base(std::string_view folded);

/// True for a past form, regular or not: "went", "agreed". Participles count.
bool is_past_form(std::string_view folded);

}  // namespace debrief::bot::understanding
