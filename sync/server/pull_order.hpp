// What a device needs first: names, then what is its user's own, then the accounts of today's meetings.
#pragma once

#include <map>

#include "core/catalogue/scope.hpp"
#include "core/result.hpp"
#include "core/store/store.hpp"

namespace debrief::sync {

/// Lower comes first.
using Urgency = int;

/// Accounts with a meeting near `now` and how urgent they are; the others come after them.
/// From 12 hours ago to 24 hours ahead first, then up to 7 days.
core::Result<std::map<core::Uuid, Urgency>> urgent_accounts(core::Store& store, core::Instant now);
Urgency urgency_of(const core::Scope& scope, const std::map<core::Uuid, Urgency>& accounts);

}  // namespace debrief::sync
