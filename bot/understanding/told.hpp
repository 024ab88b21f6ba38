// Who is told of where: the clauses and mentions of each person, the clauses and tokens of each sentence. Looked up,
// not searched for: a pasted page has thousands of each.
#pragma once

#include <utility>

#include "bot/understanding/reading.hpp"

namespace debrief::bot::understanding {

/// Fills `reading.told`. Needs people and clauses.
void find_told(Reading& reading);

/// Whether the clause tells this person's view: they are its subject, or are quoted and nobody else is.
inline bool holds(const Clause& clause, std::size_t person) {
    return clause.person ? *clause.person == person : clause.reporter == person;
}
/// Whether the clause calls the person by name or function.
bool names(const Reading& reading, const Clause& clause, std::size_t person);
/// Whether the clause calls somebody else so.
bool names_another(const Reading& reading, const Clause& clause, std::size_t person);

/// Of a sentence: [first, last), of the clauses and of the tokens.
std::pair<std::size_t, std::size_t> clauses_of(const Reading& reading, std::size_t sentence);
std::pair<std::size_t, std::size_t> tokens_of(const Reading& reading, std::size_t sentence);

}  // namespace debrief::bot::understanding
