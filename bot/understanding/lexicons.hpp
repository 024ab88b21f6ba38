// The phrases that the rules know, as data. Form: patterns.hpp.
#pragma once

#include <string_view>

namespace debrief::bot::understanding {

/// What a clause is about: one label for each dimension, named as in core/journey/words.hpp.
std::string_view dimension_phrases();
/// Whose world it is (`seller`, `helping`, `logistics`), and what kind of answer (`mood`, `empty`, `admits`, `skip`).
std::string_view focus_phrases();
/// Where a person stands (`champion` … `blocker`), and what is nobody's business (`private`, with `business` against
/// it).
std::string_view people_phrases();

}  // namespace debrief::bot::understanding
