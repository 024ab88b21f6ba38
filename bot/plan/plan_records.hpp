// Call plans to the store and back.
#pragma once

#include <optional>
#include <vector>

#include "bot/plan/plan.hpp"
#include "core/store/store.hpp"

namespace debrief::bot {

/// What is stored of a plan. `plan` may be missing: then it is a new one. People are named as in `journey`.
StoredPlan stored_plan(const core::Uuid& id, const std::optional<core::Record>& plan,
                       const std::vector<core::Record>& questions, const std::vector<core::Record>& contingencies,
                       const core::Journey& journey);

/// Where a plan belongs. Nil ids for none.
struct PlanPlace {
    core::Uuid account, meeting, opportunity;
};
/// What to write so that the store holds `plan`, in one transaction: what is new or has another reason, and the removal
/// of what is obsolete. Nothing where nothing changed, so that looking at a plan writes nothing the second time.
std::vector<core::Edit> plan_edits(const CallPlan& plan, const StoredPlan& stored, const PlanPlace& place);

}  // namespace debrief::bot
