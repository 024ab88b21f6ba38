// What a careful colleague would say about a plan: whose world it is about, what it leaves out.
#pragma once

#include <string>

#include "bot/plan/plan.hpp"

namespace debrief::bot {

/// Sets `focus` and `findings` of a plan that is otherwise complete. `text`: what else people wrote into it.
void judge(CallPlan& plan, const core::Journey& journey, const PlanContext& context, const std::string& text);

}  // namespace debrief::bot
