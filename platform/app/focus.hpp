// Whose world a user talks about, month by month: counted in sentences of finished conversations, on the user's own
// device. Of a rep's debriefs a manager gets these counts and nothing else; the rep reads the very same records.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/result.hpp"
#include "core/uuid.hpp"

namespace debrief::platform {

struct Context;

struct FocusCount {
    int customer = 0, seller = 0, neutral = 0;
    [[nodiscard]] int all() const { return customer + seller + neutral; }
};
using FocusMonths = std::map<std::string, FocusCount>;  ///< By month, `2025-03`.

/// A finished conversation of this user, by what it was about.
struct FocusTalk {
    std::optional<core::Uuid> account, opportunity;
    std::string day;  ///< Civil day on which it began.
    std::string month;
    FocusCount count;
};

/// This user's own finished conversations of a kind. Lines that were taken back or left out as private do not count.
core::Result<std::vector<FocusTalk>> focus_talks(Context& context, const std::string& kind);
FocusMonths by_month(const std::vector<FocusTalk>& talks);

/// Writes what has changed of the months of this user's debriefs into the scope that the user shares with each direct
/// manager. Nothing happens where there is none.
core::Status share_focus(Context& context);
/// What was shared by each rep, as far as this user may read it: with a rep the newest of several managers' alike.
core::Result<std::map<core::Uuid, FocusMonths>> shared_focus(Context& context);

/// `[{from, customer, seller, neutral, sentences}]`, in per cent, oldest first.
nlohmann::json months_json(const FocusMonths& months);

/// Ended opportunities of this user by whether the debriefs about them were more about the customer than usual. Says
/// nothing of a side with fewer than five, and never that one thing caused the other.
core::Result<nlohmann::json> focus_effect(Context& context, const std::vector<FocusTalk>& debriefs);

}  // namespace debrief::platform
