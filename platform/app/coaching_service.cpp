#include "platform/app/coaching_service.hpp"

#include <algorithm>
#include <set>

#include "core/catalogue/scope.hpp"
#include "core/civil_date.hpp"
#include "platform/app/account_views.hpp"
#include "platform/app/context.hpp"
#include "platform/app/names.hpp"
#include "platform/app/team.hpp"
#include "sync/server/access.hpp"

namespace debrief::platform {
namespace {

using core::Errc;
using core::Error;
using core::Record;
using core::Uuid;

core::Result<Record> own_goal(Context& context, const Uuid& goal) {
    auto record = need_record(context.store(), "goal", goal, "goal");
    if (!record) return record.error();
    if (record->scope != core::user_scope(context.identity().user)) {
        return Error{Errc::denied, "This goal is somebody else's.", "goal", "goal.list shows yours."};
    }
    return record;
}

/// Where a manager reads a goal: the copy that stands there, or the id that a new one gets.
struct Copy {
    Uuid id;
    std::string scope;
    bool stands = false;
};
core::Result<std::vector<Copy>> copies_of(Context& context, const Uuid& goal) {
    const auto directory = sync::load_directory(context.store());
    if (!directory) return directory.error();
    const auto& me = context.identity().user;
    std::vector<Copy> copies;
    for (const auto& manager : sync::direct_managers(*directory, me)) {
        auto scope = core::text_of({core::ScopeKind::coaching, me, manager});
        // One that was taken back stays deleted; shared again, the goal gets the next.
        for (int n = 0;; ++n) {
            Copy copy{core::derive_uuid("shared", goal.text() + "/" + scope + "/" + std::to_string(n)), scope, false};
            const auto known = context.store().get("goal", copy.id);
            if (!known) return known.error();
            const auto place = context.store().place(copy.id);
            if (!place) return place.error();
            copy.stands = known->has_value();
            if (!copy.stands && place->has_value()) continue;
            copies.push_back(std::move(copy));
            break;
        }
    }
    return copies;
}

}  // namespace

core::Result<std::vector<SharedGoal>> goals_shared_with_me(Context& context) {
    const auto records = all_records(context.store(), "goal");
    if (!records) return records.error();
    std::vector<SharedGoal> goals;
    for (const auto& record : *records) {
        const auto scope = core::parse_scope(record.scope);
        if (!scope || scope->kind != core::ScopeKind::coaching || scope->second != context.identity().user) continue;
        goals.push_back({record.id, scope->first, record.text("text"), record.text("since"), record.flag("done")});
    }
    std::stable_sort(goals.begin(), goals.end(), [](const SharedGoal& a, const SharedGoal& b) {
        return std::tie(a.rep, a.since) < std::tie(b.rep, b.since);
    });
    return goals;
}

core::Result<std::vector<core::NamedId>> people_coached(Context& context) {
    const auto accounts = all_records(context.store(), "account");
    if (!accounts) return accounts.error();
    const auto directory = sync::load_directory(context.store());
    if (!directory) return directory.error();
    return coached_by(*directory, context.identity().user, reps_of(*accounts, *directory));
}

core::Result<std::vector<bot::coaching::Need>> needs_of_rep(Context& context, const Uuid& rep) {
    const auto accounts = all_records(context.store(), "account");
    if (!accounts) return accounts.error();
    const auto directory = sync::load_directory(context.store());
    if (!directory) return directory.error();
    const auto reps = reps_of(*accounts, *directory);
    std::vector<bot::coaching::AccountState> states;
    for (const auto& account : *accounts) {
        const auto found = reps.find(account.id);
        if (found == reps.end() || found->second != rep) continue;
        const auto view = context.views->of(context, account.id);
        if (!view) return view.error();
        states.push_back({{account.id, account.text("name")},
                          (*view)->risk,
                          (*view)->score_30,
                          (*view)->last_heard,
                          (*view)->overdue});
    }
    return bot::coaching::needs_of(states, context.today(), context.language());
}

core::Result<std::vector<Record>> open_promises(Context& context, const Uuid& rep) {
    const auto rooms = all_records(context.store(), "room");
    if (!rooms) return rooms.error();
    std::set<Uuid> talks;
    for (const auto& room : *rooms) {
        if (room.text("kind") == "coaching" && room.ref("rep") == rep && room.ref("owner") == context.identity().user)
            talks.insert(room.id);
    }
    if (talks.empty()) return std::vector<Record>{};
    const auto messages = all_records(context.store(), "message");
    if (!messages) return messages.error();
    std::set<Uuid> promised;
    for (const auto& message : *messages) {
        const auto room = message.ref("room");
        if (!room || !talks.contains(*room)) continue;
        // As bot/coaching names the tasks that a line becomes.
        for (std::size_t place = 0; place < 20; ++place)
            promised.insert(core::derive_uuid("coaching-task", message.id.text() + "/" + std::to_string(place)));
    }
    auto tasks = all_records(context.store(), "task");
    if (!tasks) return tasks.error();
    std::erase_if(*tasks, [&](const Record& task) {
        return !promised.contains(task.id) || task.text("state") == "done" || task.text("state") == "dropped";
    });
    return tasks;
}

core::Result<bot::coaching::Pack> coaching_pack(Context& context, const Uuid& rep) {
    const auto goals = goals_shared_with_me(context);
    if (!goals) return goals.error();
    bot::coaching::Pack pack;
    for (const auto& goal : *goals) {
        if (goal.rep == rep && !goal.done) pack.goals.push_back(goal.id);
    }
    auto needs = needs_of_rep(context, rep);
    if (!needs) return needs.error();
    pack.needs = std::move(*needs);
    const auto promises = open_promises(context, rep);
    if (!promises) return promises.error();
    for (const auto& task : *promises) pack.commitments.push_back(task.text("text"));
    return pack;
}

namespace {

/// The heaviest reason, then what has been waiting: silence and the customer's overdue promises.
std::string stuck_words(const bot::coaching::Need& need) {
    constexpr std::size_t reasons_told = 4;
    std::string words = need.account.name + ":";
    std::size_t told = 0;
    for (const auto& reason : need.reasons) {
        const bool waiting = reason.code == "silent" || reason.code == "stuck" || reason.code == "rising";
        if (told > 0 && !waiting) continue;
        words += " " + reason.text;
        if (++told == reasons_told) break;
    }
    return words;
}

}  // namespace

std::string with_references(Context& context, const Uuid& rep, std::string text) {
    const bool german = context.language() == "de";
    std::optional<std::vector<bot::coaching::Need>> needs;
    for (std::size_t at = text.find('{'); at != std::string::npos; at = text.find('{', at + 1)) {
        constexpr std::size_t id_length = 36;
        const auto space = text.find(' ', at);
        if (space == std::string::npos || space + 1 + id_length >= text.size() || text[space + 1 + id_length] != '}')
            continue;
        const auto what = std::string_view{text}.substr(at + 1, space - at - 1);
        const auto id = core::parse_uuid(text.substr(space + 1, id_length));
        if (!id || (what != bot::coaching::goal_reference && what != bot::coaching::stuck_reference)) continue;
        std::string words;
        if (what == bot::coaching::goal_reference) {
            const auto goal = context.store().get("goal", *id);
            if (goal && *goal) words = (german ? "„" : "“") + (*goal)->text("text") + (german ? "“" : "”");
        } else {
            if (!needs) {
                auto found = needs_of_rep(context, rep);
                needs = found ? std::move(*found) : std::vector<bot::coaching::Need>{};
            }
            for (const auto& need : *needs) {
                if (need.account.id != *id) continue;
                words = stuck_words(need);
            }
        }
        if (words.empty()) words = german ? "(nicht mehr zu lesen)" : "(no longer yours to read)";
        text.replace(at, space + 2 + id_length - at, words);
        at += words.size() - 1;
    }
    return text;
}

core::Status share_goal(Context& context, const Uuid& goal, bool shared) {
    const auto own = own_goal(context, goal);
    if (!own) return own.error();
    const auto copies = copies_of(context, goal);
    if (!copies) return copies.error();
    if (shared && copies->empty()) {
        return Error{Errc::unavailable, "There is no manager with whom this goal could be shared.", "goal",
                     "It stays yours. A team with a manager is set up by your administrator."};
    }
    std::vector<core::Edit> edits{core::Put{"goal", goal, {{"shared", shared}}, {}}};
    for (const auto& copy : *copies) {
        if (!shared) {
            if (copy.stands) edits.emplace_back(core::Delete{"goal", copy.id});
            continue;
        }
        core::Put put{
            "goal", copy.id, {{"text", own->text("text")}, {"shared", true}, {"done", own->flag("done")}}, {}};
        if (const auto since = own->text("since"); !since.empty()) put.fields["since"] = since;
        if (!copy.stands) put.scope = copy.scope;
        edits.emplace_back(std::move(put));
    }
    const auto written = context.store().write(edits);
    return written ? core::Status{core::Ok{}} : core::Status{written.error()};
}

core::Status finish_goal(Context& context, const Uuid& goal, bool done) {
    const auto own = own_goal(context, goal);
    if (!own) return own.error();
    std::vector<core::Edit> edits{core::Put{"goal", goal, {{"done", done}}, {}}};
    const auto copies = copies_of(context, goal);
    if (!copies) return copies.error();
    for (const auto& copy : *copies) {
        if (copy.stands) edits.emplace_back(core::Put{"goal", copy.id, {{"done", done}}, {}});
    }
    const auto written = context.store().write(edits);
    return written ? core::Status{core::Ok{}} : core::Status{written.error()};
}

}  // namespace debrief::platform
