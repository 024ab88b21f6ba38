// What speaks for each reading of a clause, by the phrases that we know. The models see these figures among others.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "bot/understanding/clauses.hpp"

namespace debrief::bot::understanding {

constexpr std::size_t dimension_count = core::dimension_names.size();
constexpr std::size_t stance_count = core::stance_names.size();

/// A figure and the words that earned most of it.
struct Weight {
    double value = 0;
    std::size_t begin = 0, end = 0;  ///< Tokens of the strongest cue.
    double strongest = 0;
    void add(double amount, std::size_t from, std::size_t to);
};

struct Cues {
    std::array<Weight, dimension_count> dimensions;
    std::array<Weight, stance_count> stances;
    Weight seller, helping, logistics, skip, mood, admits, rejects_sales, hollow, private_remark;
};

/// Weighs one clause.
Cues weigh(const std::vector<Token>& tokens, const Clause& clause);

/// The dimension that most speaks for, if anything does.
std::optional<Dimension> strongest(const Cues& cues);
/// Whether a negation stands in the clause.
bool denies(const std::vector<Token>& tokens, const Clause& clause);

/// The dimension that a question of the playbook asks for.
std::optional<Dimension> asked_dimension(std::string_view question_id);

}  // namespace debrief::bot::understanding
