// What a call should find out: one question for each thing that is missing, open, contradictory or old.
#pragma once

#include <vector>

#include "bot/plan/plan.hpp"

namespace debrief::bot {

struct Candidate {
    PlanQuestion question;
    int value = 0;  ///< How much the answer would change what is known.
};

/// Every question that the journey raises, the most telling first; ties by dimension, then id.
std::vector<Candidate> candidates(const core::Journey& journey, const PlanContext& context, const core::Uuid& plan);

}  // namespace debrief::bot
