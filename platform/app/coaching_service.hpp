// What a manager prepares a one-to-one from: the rep's shared goals, and where the rep is stuck.
#pragma once

#include <string>
#include <vector>

#include "bot/coaching/one_to_one.hpp"
#include "core/result.hpp"
#include "core/uuid.hpp"

namespace debrief::platform {

struct Context;

struct SharedGoal {
    core::Uuid id, rep;
    std::string text, since;
    bool done = false;
};
/// Goals that reps have shared with this user, by rep, oldest first.
core::Result<std::vector<SharedGoal>> goals_shared_with_me(Context& context);

/// Whom this user coaches, by name. Errors: those of Store::list.
core::Result<std::vector<core::NamedId>> people_coached(Context& context);
/// The accounts for which the rep answers, the neediest first.
core::Result<std::vector<bot::coaching::Need>> needs_of_rep(Context& context, const core::Uuid& rep);
core::Result<bot::coaching::Pack> coaching_pack(Context& context, const core::Uuid& rep);

/// The own tasks that one-to-ones with the rep have left open.
core::Result<std::vector<core::Record>> open_promises(Context& context, const core::Uuid& rep);

/// A line of a one-to-one with what it refers to put in, as far as this user may read it now.
std::string with_references(Context& context, const core::Uuid& rep, std::string text);

/// Puts a copy of an own goal where each direct manager reads it, or takes the copies away. Errors: `not_found`;
/// `denied` for somebody else's goal; `unavailable` where there is no manager.
core::Status share_goal(Context& context, const core::Uuid& goal, bool shared);
/// Marks an own goal, and the copies of it. Errors: as share_goal.
core::Status finish_goal(Context& context, const core::Uuid& goal, bool done);

}  // namespace debrief::platform
