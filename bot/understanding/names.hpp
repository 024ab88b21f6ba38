// First names with their gender, short forms, titles, and the words for people by function.
#pragma once

#include <cstdint>
#include <string_view>

namespace debrief::bot::understanding {

enum class Gender : std::uint8_t { unknown, female, male };

/// True if the folded word is a first name that we know.
bool is_first_name(std::string_view folded);
Gender gender_of(std::string_view folded);
/// True if both may stand for one first name: "bill" and "william".
bool same_first_name(std::string_view a, std::string_view b);
bool is_title(std::string_view folded);
Gender gender_of_title(std::string_view folded);
/// True for names that are ordinary English words as well: mark, will, grace.
bool is_word_too(std::string_view folded);

/// True for a word that designates one person by function, in the singular: "boss", "controller".
bool is_role_word(std::string_view folded);
/// Words that may follow "chief" or "vice", or stand before a role without being part of a name.
bool is_plain_adjective(std::string_view folded);
/// Countries, languages, cities and technical terms that are written with a capital and name nobody.
bool is_capital_word(std::string_view folded);

}  // namespace debrief::bot::understanding
