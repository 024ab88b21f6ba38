#include "core/import/crm_rules.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace debrief::core::intake {
namespace {

std::vector<CrmDuty> duties_of(const CrmData& data) {
    std::vector<CrmDuty> duties(data.accounts.size());
    std::vector<const CrmOpportunity*> latest(data.accounts.size(), nullptr);
    std::vector<std::set<std::size_t>> touching(data.accounts.size());
    std::vector<std::set<std::size_t>> serving(data.accounts.size());
    for (const CrmOpportunity& row : data.opportunities) {
        if (!row.account) continue;
        touching[*row.account].insert(row.agent);
        if (row.is_open()) serving[*row.account].insert(row.agent);
        const CrmOpportunity*& best = latest[*row.account];
        const bool later = best == nullptr || row.engaged > best->engaged;  // Never engaged comes before any day.
        if (later || (row.engaged == best->engaged && row.id < best->id)) best = &row;
    }
    for (std::size_t i = 0; i < duties.size(); ++i) {
        if (latest[i] == nullptr) continue;
        duties[i].owner = latest[i]->agent;
        duties[i].touched_by = touching[i].size();
        serving[i].erase(latest[i]->agent);
        duties[i].others.assign(serving[i].begin(), serving[i].end());
    }
    return duties;
}

std::vector<std::size_t> equal_rows_of(const CrmData& data) {
    const auto content = [](const CrmOpportunity& row) {
        return std::tie(row.agent, row.account, row.product, row.stage, row.engaged, row.closed, row.amount);
    };
    const auto less = [&](std::size_t a, std::size_t b) {
        return content(data.opportunities[a]) < content(data.opportunities[b]);
    };
    std::set<std::size_t, decltype(less)> seen{less};
    std::vector<std::size_t> equal;
    for (std::size_t i = 0; i < data.opportunities.size(); ++i) {
        if (!seen.insert(i).second) equal.push_back(i);
    }
    return equal;
}

}  // namespace

CrmRules apply_rules(const CrmData& data) {
    CrmRules rules;
    rules.duties = duties_of(data);
    rules.equal_rows = equal_rows_of(data);
    rules.has_opportunity.assign(data.agents.size(), false);
    for (const CrmOpportunity& row : data.opportunities) {
        rules.has_opportunity[row.agent] = true;
        rules.newest_day = std::max({rules.newest_day, row.engaged, row.closed});
        if (!row.is_open() && row.engaged && row.closed) {
            rules.longest_decision = std::max(rules.longest_decision, *row.closed - *row.engaged);
        }
    }
    rules.undecided.reserve(data.opportunities.size());
    for (const CrmOpportunity& row : data.opportunities) {
        // Without a decided one there is nothing to measure by, so nothing is inferred.
        const bool measurable = row.is_open() && row.engaged && rules.longest_decision > std::chrono::days{0};
        rules.undecided.push_back(measurable && *rules.newest_day - *row.engaged > rules.longest_decision);
    }
    return rules;
}

}  // namespace debrief::core::intake
