#include "core/import/crm_explain.hpp"

#include <algorithm>
#include <set>

#include "core/civil_date.hpp"
#include "core/import/text.hpp"

namespace debrief::core::intake {
namespace {

std::string number(std::size_t n) {
    return with_commas(n);
}

void note_people(const CrmData& data, const CrmRules& rules, const CrmPeople& people, Findings& findings) {
    std::set<std::string> managers;
    for (std::size_t i = 0; i < data.agents.size(); ++i) {
        const CrmAgent& agent = data.agents[i];
        if (!agent.manager.empty() && !agent.office.empty() && managers.insert(agent.manager).second) {
            findings.note("managers_under_office", data.teams_file, agent.line);
        }
        if (agent.line == 0) findings.note("agent_without_team", data.pipeline_file, 0);
        if (!people.agents[i])
            findings.note("agent_unknown", agent.line != 0 ? data.teams_file : data.pipeline_file, agent.line);
        // A file of people alone says nothing about who sells.
        if (!data.pipeline_file.empty() && !rules.has_opportunity[i]) {
            findings.note("agent_without_opportunity", data.teams_file, agent.line);
        }
    }
}

void note_accounts(const CrmData& data, const CrmRules& rules, Findings& findings) {
    for (std::size_t i = 0; i < data.accounts.size(); ++i) {
        const CrmAccount& account = data.accounts[i];
        if (rules.duties[i].touched_by > 1) findings.note("many_agents", data.accounts_file, account.line);
        if (!data.pipeline_file.empty() && !rules.duties[i].owner) {
            findings.note("account_without_owner", data.accounts_file, account.line);
        }
        if (account.revenue) findings.note("units_assumed", data.accounts_file, account.line);
    }
}

void note_opportunities(const CrmData& data, const CrmRules& rules, Findings& findings) {
    for (std::size_t i = 0; i < data.opportunities.size(); ++i) {
        const CrmOpportunity& row = data.opportunities[i];
        if (row.stage == CrmStage::lost) findings.note("reason_unknown", data.pipeline_file, row.line);
        if (rules.undecided[i]) findings.note("undecided_inferred", data.pipeline_file, row.line);
        if (row.amount && *row.amount > 0) findings.note("currency_assumed", data.pipeline_file, row.line);
    }
    for (const std::size_t i : rules.equal_rows) {
        findings.note("equal_rows", data.pipeline_file, data.opportunities[i].line);
    }
}

std::string many_agents_sentence(const CrmRules& rules) {
    std::size_t fewest = 0, most = 0, others = 0;
    for (const CrmDuty& duty : rules.duties) {
        if (duty.touched_by < 2) continue;
        fewest = fewest == 0 ? duty.touched_by : std::min(fewest, duty.touched_by);
        most = std::max(most, duty.touched_by);
        others += duty.others.size();
    }
    const std::string range = fewest == most ? number(most) : number(fewest) + " to " + number(most);
    return range +
           " agents touched one account. Its owner is the agent of the opportunity engaged last (on one day: the "
           "lowest "
           "id); the others serve it only with an open opportunity there: " +
           number(others) + " duties beside the owners'.";
}

}  // namespace

void explain_crm(const CrmData& data, const CrmRules& rules, const CrmPeople& people, std::size_t kept_here,
                 Findings& findings) {
    note_people(data, rules, people, findings);
    note_accounts(data, rules, findings);
    note_opportunities(data, rules, findings);
    for (std::size_t i = 0; i < kept_here; ++i) findings.note("kept_here", data.pipeline_file, 0);

    findings.explain("misspelt_sector", "Sector written \"technolgy\": read as \"technology\".");
    findings.explain("misspelt_country", "Country written \"Philipines\": read as \"Philippines\".");
    findings.explain(
        "misspelt_product",
        "Product written otherwise than in the product list (\"GTXPro\"): read as the listed one (\"GTX Pro\").");
    findings.explain("product_not_listed", "Product that the product list does not have: kept as written.");
    findings.explain("account_not_listed", "Account named only in the pipeline: made with its name and nothing else.");
    findings.explain("parent_not_listed", "Parent company that is no account here: left out.");
    findings.explain("no_account",
                     "Opportunity without an account: kept in its agent's own scope as \"needs an account\"; which one "
                     "was not guessed.");
    findings.explain("equal_rows",
                     "Row equal to an earlier one in all but its opportunity_id: kept as an opportunity of its own.");
    findings.explain("many_agents", many_agents_sentence(rules));
    findings.explain("account_without_owner",
                     "Account without any opportunity: nobody serves it until somebody is assigned.");
    findings.explain("agent_without_opportunity", "Agent without any opportunity: made a user all the same.");
    findings.explain("agent_without_team", "Agent whom no team file names: made a user without a team.");
    findings.explain("agent_unknown",
                     "Agent who is no user here, and this device may not add one: the opportunity names no owner.");
    findings.explain("managers_under_office",
                     "Manager under an office: a team for each manager, below a team for each office.");
    findings.explain("reason_unknown",
                     "Lost, without a reason: recorded as not bought, reason unknown. Why is worth asking.");
    std::string undecided = "Open for longer than any decided one took";
    if (rules.newest_day) {
        undecided += " (" + number(static_cast<std::size_t>(rules.longest_decision.count())) + " days, counted to " +
                     civil_text(*rules.newest_day) + ", the newest day in the file)";
    }
    findings.explain("undecided_inferred",
                     undecided + ": stays open, shown as inferred undecided, never among recorded outcomes.");
    findings.explain("currency_assumed", "Amount without a currency: assumed to be US dollars.");
    findings.explain("units_assumed", "Revenue without unit or currency: assumed to be millions of US dollars.");
    findings.explain("kept_here", "Field that was changed here after an earlier import: what stands here was kept.");
    findings.explain("deleted_here", "Record that was deleted here, or whose account was: it stays deleted.");
    findings.explain("duty_removed", "Duty that this file does not support: taken away, as was asked for.");
    findings.explain("duty_taken_away_here",
                     "Duty that was taken away here: not given again. Assign it if it is wanted.");
    findings.explain(
        "duty_not_in_file",
        "Duty that this file does not support: left as it is. Take it away with 'debrief admin unassign', or "
        "import with --remove-missing if the file is the whole CRM.");
    findings.explain("file_not_used", "File with other columns than a CRM export has: not read.");
}

}  // namespace debrief::core::intake
