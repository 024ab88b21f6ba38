// team.overview: where a manager is needed first.
#include <algorithm>
#include <array>
#include <map>

#include <nlohmann/json.hpp>

#include "bot/risk/risk.hpp"
#include "core/catalogue/scope.hpp"
#include "core/civil_date.hpp"
#include "core/journey/loader.hpp"
#include "platform/app/journey_view.hpp"
#include "platform/app/json_codec.hpp"
#include "platform/app/names.hpp"
#include "platform/app/registry.hpp"
#include "sync/client/inbox_memory.hpp"

namespace debrief::platform {
namespace {

using core::Record;
using core::Uuid;
using nlohmann::json;

constexpr std::chrono::days shifted_days{7};

/// Who answers for each account: its owner field, else the directory's owner, else the first who serves it.
core::Result<std::map<Uuid, Uuid>> reps_of(core::Store& store, const std::vector<Record>& accounts) {
    const auto assignments = all_records(store, "assignment");
    if (!assignments) return assignments.error();
    std::map<Uuid, Uuid> reps;
    for (const bool owners : {true, false}) {
        for (const auto& assignment : *assignments) {
            const auto account = assignment.ref("account");
            const auto user = assignment.ref("user");
            if (account && user && assignment.flag("owner") == owners) reps.emplace(*account, *user);
        }
    }
    for (const auto& account : accounts) {
        if (const auto owner = account.ref("owner")) reps[account.id] = *owner;
    }
    return reps;
}

core::Result<json> outcomes_of(core::Store& store) {
    const auto opportunities = all_records(store, "opportunity");
    if (!opportunities) return opportunities.error();
    std::map<std::string, int> recorded;
    std::map<std::string, int> inferred;
    for (const auto& opportunity : *opportunities) {
        const auto outcome = opportunity.text("outcome");
        ++recorded[outcome.empty() ? "open" : outcome];
        // What is only inferred is never mixed with what somebody recorded.
        if (const auto guess = opportunity.text("outcome_inferred"); !guess.empty()) ++inferred[guess];
    }
    return json{{"recorded", recorded}, {"inferred", inferred}};
}

struct Seen {
    json accounts = json::array();
    json shifted = json::array();
    std::map<Uuid, std::pair<int, json>> help;  // By rep: the most points, and what would help there.
};

core::Result<Seen> look_at(Context& context, const std::vector<Record>& accounts, const std::map<Uuid, Uuid>& reps) {
    auto& store = context.store();
    Seen seen;
    const auto today = context.today();
    for (const auto& account : accounts) {
        const auto evidence = core::load_evidence(store, account.id, {}, context.config.utc_offset);
        if (!evidence) return evidence.error();
        const auto journey = core::fold(*evidence, today);
        const auto risk = bot::no_decision_risk(journey, today, context.identity().language);
        const auto rep = reps.find(account.id);
        const auto rep_name = rep == reps.end() ? std::string{} : name_in(store, "user", rep->second);
        seen.accounts.push_back({{"account", account.id.text()},
                                 {"name", account.text("name")},
                                 {"rep", rep == reps.end() ? json(nullptr) : named_json({rep->second, rep_name})},
                                 {"risk", risk_view(risk)}});
        const bool heard_of = !evidence->items.empty() || !evidence->commitments.empty();
        if (rep != reps.end() && heard_of && !risk.reasons.empty()) {
            auto& help = seen.help[rep->second];
            if (risk.score > help.first)
                help = {risk.score, json{{"text", account.text("name") + ": " + risk.reasons.front().lowers},
                                         {"account", account.id.text()},
                                         {"evidence", ids_json(risk.reasons.front().evidence)}}};
        }
        auto changes = core::changes(*evidence, today - shifted_days, today);
        if (!changes.empty())
            seen.shifted.push_back(
                {{"account", account.id.text()}, {"name", account.text("name")}, {"changes", changes_view(changes)}});
    }
    // Where most speaks for no decision comes first.
    std::stable_sort(seen.accounts.begin(), seen.accounts.end(),
                     [](const json& a, const json& b) { return a["risk"]["score"] > b["risk"]["score"]; });
    return seen;
}

/// Work of people who lost an account before they synced, as the server last told it: it waits for a manager to file
/// it.
json handover_of(core::Store& store) {
    struct Waiting {
        std::uint64_t changes = 0;
        core::Instant since{};
    };
    std::map<std::pair<Uuid, Uuid>, Waiting> waiting;  // By account and author: what is private to them counts as well.
    for (const auto& item : sync::kept_inbox(store).items) {
        const auto scope = core::parse_scope(item.scope);
        const bool own = scope && scope->kind == core::ScopeKind::private_account;
        if (!scope || (!own && scope->kind != core::ScopeKind::account)) continue;
        auto [at, fresh] =
            waiting.try_emplace({own ? scope->second : scope->first, item.author}, Waiting{0, item.since});
        at->second.changes += item.changes;
        at->second.since = std::min(at->second.since, item.since);
    }
    json list = json::array();
    for (const auto& [who, found] : waiting) {
        const auto& [account, author] = who;
        list.push_back({{"account", account.text()},
                        {"name", text_or_null(name_in(store, "account", account))},
                        {"by", named_json({author, name_in(store, "user", author)})},
                        {"changes", found.changes},
                        {"since", core::instant_text(found.since)}});
    }
    return list;
}

core::Result<json> overview(Context& context, const json&) {
    auto& store = context.store();
    const auto accounts = all_records(store, "account");
    if (!accounts) return accounts.error();
    const auto reps = reps_of(store, *accounts);
    if (!reps) return reps.error();
    auto seen = look_at(context, *accounts, *reps);
    if (!seen) return seen.error();
    std::map<Uuid, bool> listed;
    for (const auto& [account, rep] : *reps) listed[rep] = true;
    json people = json::array();
    for (const auto& [rep, unused] : listed) {
        json help = json::array();
        if (const auto found = seen->help.find(rep); found != seen->help.end()) help.push_back(found->second.second);
        // The share of seller talk reaches a manager only through the coaching scope, which later versions fill.
        people.push_back({{"user", rep.text()},
                          {"name", name_in(store, "user", rep)},
                          {"focus_trend", json::array()},
                          {"help", std::move(help)}});
    }
    auto outcomes = outcomes_of(store);
    if (!outcomes) return outcomes.error();
    return json{{"accounts", std::move(seen->accounts)},
                {"reps", std::move(people)},
                {"outcomes", std::move(*outcomes)},
                {"shifted", std::move(seen->shifted)},
                {"handover", handover_of(store)}};
}

}  // namespace

std::span<const Method> team_methods() {
    static constexpr std::array methods{Method{"team.overview", overview}};
    return methods;
}

}  // namespace debrief::platform
