// The unexpected questions of this account: from its worries, from who doubts it, from what else they could do.
#pragma once

#include <vector>

#include "bot/plan/plan.hpp"

namespace debrief::bot {

inline constexpr std::size_t contingencies_max = 5;

/// The hardest first; what if we do nothing is always among them. Without answers.
std::vector<Contingency> hard_questions(const core::Journey& journey, const PlanContext& context,
                                        const core::Uuid& plan);

}  // namespace debrief::bot
