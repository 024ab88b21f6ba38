// team.overview: where a manager is needed first.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "core/catalogue/scope.hpp"
#include "core/civil_date.hpp"
#include "core/journey/endings.hpp"
#include "platform/app/account_views.hpp"
#include "platform/app/context.hpp"
#include "platform/app/focus.hpp"
#include "platform/app/journey_view.hpp"
#include "platform/app/json_codec.hpp"
#include "platform/app/names.hpp"
#include "platform/app/outcomes.hpp"
#include "platform/app/registry.hpp"
#include "platform/app/team.hpp"
#include "sync/client/inbox_memory.hpp"
#include "sync/server/directory.hpp"

namespace debrief::platform {
namespace {

using core::Record;
using core::Uuid;
using nlohmann::json;

/// Per cent of the dimensions that are heard of and still fresh, and how long ago each was heard.
json freshness_of(const AccountView& view) {
    json dimensions = json::object();
    int heard = 0, fresh = 0;
    for (std::size_t i = 0; i < view.heard.size(); ++i) {
        const auto dimension = static_cast<core::Dimension>(i);
        if (dimension == core::Dimension::unknown) continue;
        const auto& days = view.heard[i];
        const bool is_fresh = days && *days <= core::fresh_for(dimension);
        heard += days ? 1 : 0;
        fresh += is_fresh ? 1 : 0;
        dimensions[std::string{core::dimension_names[i]}] = {{"days", days ? json(days->count()) : json(nullptr)},
                                                             {"fresh", is_fresh}};
    }
    return {{"percent", heard == 0 ? json(nullptr) : json(100 * fresh / heard)},
            {"heard", heard},
            {"last_heard", view.last_heard ? json(core::civil_text(*view.last_heard)) : json(nullptr)},
            {"dimensions", std::move(dimensions)}};
}

/// Open field conflicts, by the account that they are about.
core::Result<std::map<Uuid, json>> conflicts_of(core::Store& store) {
    const auto found = store.conflicts();
    if (!found) return found.error();
    std::map<Uuid, json> by_account;
    for (const auto& conflict : *found) {
        const auto place = store.place(conflict.record);
        if (!place) return place.error();
        const auto scope = *place ? core::parse_scope((*place)->scope) : std::nullopt;
        if (!scope) continue;
        const bool own = scope->kind == core::ScopeKind::private_account;
        if (!own && scope->kind != core::ScopeKind::account) continue;
        auto& list = by_account.try_emplace(own ? scope->second : scope->first, json::array()).first->second;
        list.push_back({{"id", conflict.id},
                        {"table", conflict.table},
                        {"record", conflict.record.text()},
                        {"field", conflict.field}});
    }
    return by_account;
}

struct Seen {
    json accounts = json::array();
    json shifted = json::array();
    std::map<Uuid, std::pair<int, json>> help;  // By rep: the most points, and what would help there.
    std::map<Uuid, std::chrono::sys_days> last_heard;
};

json account_row(const Record& account, const AccountView& view) {
    json risk = risk_view(view.risk);
    const auto then = [](const std::optional<int>& score) { return score ? json(*score) : json(nullptr); };
    risk["trend"] = {{"now", view.risk.score}, {"days_30", then(view.score_30)}, {"days_90", then(view.score_90)}};
    return {{"account", account.id.text()},
            {"name", account.text("name")},
            {"risk", std::move(risk)},
            {"freshness", freshness_of(view)}};
}

core::Result<Seen> look_at(Context& context, const std::vector<Record>& accounts, const std::map<Uuid, Uuid>& reps,
                           const sync::Directory& directory) {
    auto conflicts = conflicts_of(context.store());
    if (!conflicts) return conflicts.error();
    DEBRIEF_TRY(context.views->warm(context, accounts));
    Seen seen;
    for (const auto& account : accounts) {
        const auto found = context.views->of(context, account.id);
        if (!found) return found.error();
        const AccountView& view = **found;
        const auto rep = reps.find(account.id);
        json row = account_row(account, view);
        row["rep"] =
            rep == reps.end() ? json(nullptr) : named_json({rep->second, name_of_user(directory, rep->second)});
        const auto open = conflicts->find(account.id);
        row["conflicts"] = open == conflicts->end() ? json::array() : std::move(open->second);
        seen.accounts.push_back(std::move(row));
        if (view.last_heard) seen.last_heard[account.id] = *view.last_heard;
        if (rep != reps.end() && view.heard_of && !view.risk.reasons.empty()) {
            const auto& reason = view.risk.reasons.front();
            auto& help = seen.help[rep->second];
            if (view.risk.score > help.first)
                help = {view.risk.score, json{{"text", account.text("name") + ": " + reason.lowers},
                                              {"account", account.id.text()},
                                              {"evidence", ids_json(reason.evidence)}}};
        }
        if (!view.shifted.empty())
            seen.shifted.push_back({{"account", account.id.text()},
                                    {"name", account.text("name")},
                                    {"changes", changes_view(view.shifted)}});
    }
    // Where most speaks for no decision comes first.
    std::stable_sort(seen.accounts.begin(), seen.accounts.end(), [](const json& a, const json& b) {
        return a["risk"]["score"].get<int>() > b["risk"]["score"].get<int>();
    });
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
    const auto directory = sync::load_directory(store);
    if (!directory) return directory.error();
    const auto reps = reps_of(*accounts, *directory);
    auto seen = look_at(context, *accounts, reps, *directory);
    if (!seen) return seen.error();
    const auto focus = shared_focus(context);
    if (!focus) return focus.error();
    std::set<Uuid> listed;
    for (const auto& [account, rep] : reps) listed.insert(rep);
    for (const auto& [rep, months] : *focus) listed.insert(rep);
    json people = json::array();
    for (const auto& rep : listed) {
        json help = json::array();
        if (const auto found = seen->help.find(rep); found != seen->help.end()) help.push_back(found->second.second);
        const auto months = focus->find(rep);
        people.push_back({{"user", rep.text()},
                          {"name", name_of_user(*directory, rep)},
                          {"focus_trend", months == focus->end() ? json::array() : months_json(months->second)},
                          {"help", std::move(help)}});
    }
    const auto endings = core::load_endings(store);
    if (!endings) return endings.error();
    auto outcomes = outcomes_json(*endings, *directory, context.today(), [&](const Uuid& account) {
        const auto found = seen->last_heard.find(account);
        return found == seen->last_heard.end() ? std::nullopt : std::optional{found->second};
    });
    return json{{"accounts", std::move(seen->accounts)},
                {"reps", std::move(people)},
                {"outcomes", std::move(outcomes)},
                {"shifted", std::move(seen->shifted)},
                {"handover", handover_of(store)}};
}

}  // namespace

std::span<const Method> team_methods() {
    static constexpr std::array methods{Method{"team.overview", overview}};
    return methods;
}

}  // namespace debrief::platform
