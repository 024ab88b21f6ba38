// Who is named in a note: known contacts in any form of their name, new people, and people by their function.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bot/understanding/names.hpp"
#include "bot/understanding/tokens.hpp"

namespace debrief::bot::understanding {

struct Mention {
    std::size_t begin = 0, end = 0;  ///< Tokens, `end` excluded.
    std::size_t person = 0;          ///< Index into `People::list`.
};

struct People {
    std::vector<Person> list;  ///< In order of first mention; those whom only a pronoun names come after `named`.
    std::vector<Gender> genders;
    std::vector<Mention> mentions;  ///< In order.
    std::size_t named = 0;  ///< How many of `list` the text names; the rest are contacts that a pronoun may mean.
    [[nodiscard]] const Mention* at(std::size_t token) const;
};

/// Finds people and marks their tokens with `WordClass::person`; other names get `vendor`, the account `company`.
People find_people(std::string_view text, std::vector<Token>& tokens, const NoteContext& context);

/// Whom the pronoun at `token` means: the last person mentioned before it that fits, else the only contact that fits.
std::optional<std::size_t> meant_by(const People& people, const std::vector<Token>& tokens, std::size_t token);

}  // namespace debrief::bot::understanding
