// Sentences taken apart into the clauses that each say one thing, with their subject and whoever is being quoted.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "bot/understanding/people.hpp"

namespace debrief::bot::understanding {

enum class Subject : std::uint8_t {
    none,      ///< No subject found.
    rep,       ///< The speaker's side, spoken or implied ("Asked for a date").
    person,    ///< Somebody on the customer's side.
    customer,  ///< They, the company, a group, or any thing of theirs.
};

struct Clause {
    std::size_t begin = 0, end = 0;            ///< Tokens, conjunctions and marks included.
    std::size_t core_begin = 0, core_end = 0;  ///< Without fillers and without "Sarah said".
    std::size_t sentence = 0;
    Subject subject = Subject::none;
    std::optional<std::size_t> person;    ///< Index into `People::list`, if the subject is a person.
    std::optional<std::size_t> reporter;  ///< Who is being quoted, where known.
    bool reported = false;                ///< Somebody on the customer's side is being quoted.
};

/// Cuts tokens [begin, end), one sentence, into clauses. `previous` is the last clause before it, if any: a sentence
/// without a subject goes on with that person.
std::vector<Clause> cut_clauses(const std::vector<Token>& tokens, std::size_t begin, std::size_t end,
                                std::size_t sentence, const People& people, const Clause* previous);

}  // namespace debrief::bot::understanding
