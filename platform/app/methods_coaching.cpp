// goal.*, coaching.list, focus.get: the rep is the manager's customer.
#include <array>
#include <map>

#include <nlohmann/json.hpp>

#include "core/catalogue/scope.hpp"
#include "core/device/acts.hpp"
#include "platform/app/coaching_service.hpp"
#include "platform/app/context.hpp"
#include "platform/app/focus.hpp"
#include "platform/app/json_codec.hpp"
#include "platform/app/names.hpp"
#include "platform/app/registry.hpp"
#include "platform/app/team.hpp"
#include "sync/server/access.hpp"

namespace debrief::platform {
namespace {

using core::Record;
using core::Uuid;
using nlohmann::json;

json shared_goal_json(const SharedGoal& goal, const std::string& rep) {
    return {{"id", goal.id.text()},
            {"rep", named_json({goal.rep, rep})},
            {"text", goal.text},
            {"since", text_or_null(goal.since)},
            {"done", goal.done}};
}

core::Result<json> goal_list(Context& context, const json&) {
    auto& store = context.store();
    const auto records = all_records(store, "goal");
    if (!records) return records.error();
    json own = json::array();
    for (const auto& goal : *records) {
        if (goal.scope != core::user_scope(context.identity().user)) continue;
        own.push_back({{"id", goal.id.text()},
                       {"text", goal.text("text")},
                       {"since", text_or_null(goal.text("since"))},
                       {"shared", goal.flag("shared")},
                       {"done", goal.flag("done")}});
    }
    const auto shared = goals_shared_with_me(context);
    if (!shared) return shared.error();
    json others = json::array();
    for (const auto& goal : *shared) others.push_back(shared_goal_json(goal, name_in(store, "user", goal.rep)));
    return json{{"own", std::move(own)}, {"shared_with_me", std::move(others)}};
}

core::Result<json> goal_share(Context& context, const json& params) {
    const auto act = core::Acts{*context.device}.perform(
        "goal.share", [&] { return share_goal(context, *id_param(params, "goal"), params.value("shared", true)); });
    if (!act) return act.error();
    return with_act(json::object(), *act);
}
core::Result<json> goal_done(Context& context, const json& params) {
    const auto act = core::Acts{*context.device}.perform(
        "goal.done", [&] { return finish_goal(context, *id_param(params, "goal"), params.value("done", true)); });
    if (!act) return act.error();
    return with_act(json::object(), *act);
}

json need_json(const bot::coaching::Need& need) {
    json reasons = json::array();
    for (const auto& reason : need.reasons) {
        reasons.push_back({{"code", reason.code},
                           {"points", reason.points},
                           {"text", reason.text},
                           {"evidence", ids_json(reason.evidence)},
                           {"lowers", reason.lowers}});
    }
    return {{"account", need.account.id.text()},
            {"name", need.account.name},
            {"points", need.points},
            {"reasons", std::move(reasons)}};
}

json note_json(const Record& note, bool shared) {
    return {
        {"id", note.id.text()}, {"text", note.text("text")}, {"on", text_or_null(note.text("on"))}, {"shared", shared}};
}

core::Result<json> rep_json(Context& context, const core::NamedId& rep, const std::vector<SharedGoal>& goals,
                            const std::vector<Record>& notes, const std::map<Uuid, FocusMonths>& focus) {
    const auto needs = needs_of_rep(context, rep.id);
    if (!needs) return needs.error();
    json row{{"user", rep.id.text()}, {"name", rep.name}};
    int points = 0;
    row["needs"] = json::array();
    for (const auto& need : *needs) {
        row["needs"].push_back(need_json(need));
        points = std::max(points, need.points);
    }
    row["points"] = points;
    row["goals"] = json::array();
    for (const auto& goal : goals) {
        if (goal.rep == rep.id) row["goals"].push_back(shared_goal_json(goal, rep.name));
    }
    row["notes"] = json::array();
    for (const auto& note : notes) {
        const auto scope = core::parse_scope(note.scope);
        if (!scope || note.ref("rep") != rep.id) continue;
        const bool own = scope->kind == core::ScopeKind::user && scope->first == context.identity().user;
        const bool shared = scope->kind == core::ScopeKind::coaching && scope->first == rep.id &&
                            scope->second == context.identity().user;
        if (own || shared) row["notes"].push_back(note_json(note, shared));
    }
    const auto promises = open_promises(context, rep.id);
    if (!promises) return promises.error();
    row["promises"] = json::array();
    for (const auto& task : *promises) {
        row["promises"].push_back(
            {{"id", task.id.text()}, {"text", task.text("text")}, {"due", text_or_null(task.text("due"))}});
    }
    const auto months = focus.find(rep.id);
    row["focus_trend"] = months == focus.end() ? json::array() : months_json(months->second);
    return row;
}

core::Result<json> coaching_list(Context& context, const json&) {
    auto& store = context.store();
    const auto people = people_coached(context);
    if (!people) return people.error();
    const auto goals = goals_shared_with_me(context);
    if (!goals) return goals.error();
    const auto notes = all_records(store, "coaching_note");
    if (!notes) return notes.error();
    const auto focus = shared_focus(context);
    if (!focus) return focus.error();
    json reps = json::array();
    for (const auto& rep : *people) {
        auto row = rep_json(context, rep, *goals, *notes, *focus);
        if (!row) return row.error();
        reps.push_back(std::move(*row));
    }
    // Where somebody is needed most comes first.
    std::stable_sort(reps.begin(), reps.end(),
                     [](const json& a, const json& b) { return a["points"].get<int>() > b["points"].get<int>(); });
    // What was shared with this user as somebody who is coached.
    json received = json::array();
    for (const auto& note : *notes) {
        const auto scope = core::parse_scope(note.scope);
        if (!scope || scope->kind != core::ScopeKind::coaching || scope->first != context.identity().user) continue;
        json view = note_json(note, true);
        view["by"] = named_json({scope->second, name_in(store, "user", scope->second)});
        received.push_back(std::move(view));
    }
    return json{{"reps", std::move(reps)}, {"received", std::move(received)}};
}

core::Result<json> focus_get(Context& context, const json&) {
    // What a manager sees is brought up to date first, so that both read the same.
    DEBRIEF_TRY(share_focus(context));
    const auto debriefs = focus_talks(context, "debrief");
    if (!debriefs) return debriefs.error();
    const auto talks = focus_talks(context, "coaching");
    if (!talks) return talks.error();
    const auto directory = sync::load_directory(context.store());
    if (!directory) return directory.error();
    json readers = json::array();
    for (const auto& manager : sync::direct_managers(*directory, context.identity().user))
        readers.push_back(named_json({manager, name_of_user(*directory, manager)}));
    auto effect = focus_effect(context, *debriefs);
    if (!effect) return effect.error();
    return json{{"months", months_json(by_month(*debriefs))},
                {"shared_with", std::move(readers)},
                {"one_to_ones", months_json(by_month(*talks))},
                {"effect", std::move(*effect)}};
}

}  // namespace

std::span<const Method> coaching_methods() {
    static constexpr std::array methods{Method{"goal.list", goal_list}, Method{"goal.share", goal_share},
                                        Method{"goal.done", goal_done}, Method{"coaching.list", coaching_list},
                                        Method{"focus.get", focus_get}};
    return methods;
}

}  // namespace debrief::platform
