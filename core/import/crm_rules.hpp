// What the rows of a CRM export mean together: who owns an account, who else serves it, what never got decided.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "core/import/crm_data.hpp"

namespace debrief::core::intake {

struct CrmDuty {
    /// The agent of the opportunity that was engaged last; of several on one day, the one with the lowest id. Nobody if
    /// the account has no opportunity.
    std::optional<std::size_t> owner;
    /// Agents other than the owner with an open opportunity here. Ascending.
    std::vector<std::size_t> others;
    std::size_t touched_by = 0;  ///< Agents that any opportunity here names.
};

struct CrmRules {
    std::vector<CrmDuty> duties;            ///< One an account.
    std::vector<bool> undecided;            ///< One an opportunity: open for longer than any decided one took.
    std::vector<bool> has_opportunity;      ///< One an agent.
    std::chrono::days longest_decision{0};  ///< Of the decided ones; 0 if there are none.
    std::optional<std::chrono::sys_days> newest_day;  ///< In the file: what "today" is to it.
    std::vector<std::size_t> equal_rows;              ///< Opportunities that equal an earlier one in all but their id.
};

/// Pure.
CrmRules apply_rules(const CrmData& data);

}  // namespace debrief::core::intake
