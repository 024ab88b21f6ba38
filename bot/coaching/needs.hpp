// Where a manager is needed most: accounts in the order of what speaks for a decision that never comes, how long nobody
// has heard of them, and which of the customer's own steps are stuck. Points that order a list, each with its reason.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/risk/risk.hpp"
#include "core/journey/journey.hpp"

namespace debrief::bot::coaching {

/// What is known of one account that the rep serves.
struct AccountState {
    core::NamedId account;
    Risk risk;
    std::optional<int> score_before;  ///< 30 days ago.
    std::optional<std::chrono::sys_days> last_heard;
    std::vector<core::CommitmentView> overdue;  ///< The customer's.
};

struct NeedReason {
    std::string code;  ///< Of the risk's table, or `rising`, `silent`, `stuck`.
    int points = 0;
    std::string text;
    std::vector<core::Uuid> evidence;
    std::string lowers;  ///< Empty where nothing in particular would.
};
struct Need {
    core::NamedId account;
    int points = 0;
    std::vector<NeedReason> reasons;  ///< Most points first.
};

/// The accounts that need somebody, the neediest first; those of which nothing was ever heard come last and say so.
/// `language`: `en` or `de`. Pure.
std::vector<Need> needs_of(const std::vector<AccountState>& accounts, std::chrono::sys_days today,
                           std::string_view language);

}  // namespace debrief::bot::coaching
