#include "sync/server/access.hpp"

#include <algorithm>

#include "core/catalogue/catalogue.hpp"

namespace debrief::sync {
namespace {

using core::ScopeKind;
using core::ScopeRule;
using core::Uuid;

bool is_active(const Directory& directory, const Uuid& user) {
    const auto found = directory.users.find(user);
    return found != directory.users.end() && found->second.active;
}

bool is_member(const Directory& directory, const Uuid& user, const Uuid& team) {
    const auto found = directory.teams_of.find(user);
    return found != directory.teams_of.end() && found->second.count(team) != 0;
}

// Teams around teams; a circle made by mistake ends the walk.
template <typename Visit>
bool any_team_upward(const Directory& directory, const Uuid& first, const Visit& visit) {
    std::set<Uuid> seen;
    for (auto at = directory.teams.find(first); at != directory.teams.end() && seen.insert(at->first).second;) {
        if (visit(at->second)) return true;
        if (!at->second.parent) return false;
        at = directory.teams.find(*at->second.parent);
    }
    return false;
}

bool leads_upward(const Directory& directory, const Uuid& manager, const Uuid& team) {
    return any_team_upward(directory, team, [&](const DirectoryTeam& at) { return at.manager == manager; });
}

bool may_read_account(const Directory& directory, const Uuid& user, const Uuid& account) {
    const auto found = directory.assignments.find(account);
    if (found == directory.assignments.end()) return false;
    return std::any_of(found->second.begin(), found->second.end(), [&](const Assignment& assignment) {
        if (assignment.user && (*assignment.user == user || manages(directory, user, *assignment.user))) return true;
        return assignment.team &&
               (is_member(directory, user, *assignment.team) || leads_upward(directory, user, *assignment.team));
    });
}

}  // namespace

bool manages(const Directory& directory, const Uuid& manager, const Uuid& user) {
    const auto teams = directory.teams_of.find(user);
    if (teams == directory.teams_of.end()) return false;
    return std::any_of(teams->second.begin(), teams->second.end(),
                       [&](const Uuid& team) { return leads_upward(directory, manager, team); });
}

std::set<Uuid> direct_managers(const Directory& directory, const Uuid& user) {
    std::set<Uuid> managers;
    const auto look_from = [&](const Uuid& team) {
        any_team_upward(directory, team, [&](const DirectoryTeam& at) {
            if (!at.manager || *at.manager == user) return false;  // Nobody, or the user: ask the team around it.
            managers.insert(*at.manager);
            return true;
        });
    };
    if (const auto teams = directory.teams_of.find(user); teams != directory.teams_of.end()) {
        for (const auto& team : teams->second) look_from(team);
    }
    for (const auto& [id, team] : directory.teams) {
        if (team.manager == user) look_from(id);
    }
    return managers;
}

bool may_read(const Directory& directory, const Uuid& user, const core::Scope& scope) {
    if (!is_active(directory, user)) return false;
    switch (scope.kind) {
        case ScopeKind::workspace:
            return true;
        case ScopeKind::team:
            return is_member(directory, user, scope.first) || leads_upward(directory, user, scope.first);
        case ScopeKind::account:
            return may_read_account(directory, user, scope.first);
        case ScopeKind::user:
            return scope.first == user;
        case ScopeKind::private_account:
            return scope.first == user && may_read_account(directory, user, scope.second);
        case ScopeKind::coaching: {
            if (scope.first != user && scope.second != user) return false;
            // The manager must still be there for the rep to read on, and the other way round.
            return direct_managers(directory, scope.first).count(scope.second) != 0;
        }
    }
    return false;
}

bool may_write(const Directory& directory, const Uuid& user, const core::Scope& scope, std::string_view table) {
    const auto* known = core::catalogue().table(table);
    if (known != nullptr && known->scope == ScopeRule::directory) return false;
    if (!may_read(directory, user, scope)) return false;
    if (scope.kind == ScopeKind::team) return false;  // Nothing lives there yet.
    if (scope.kind == ScopeKind::workspace) {
        return known != nullptr && known->scope == ScopeRule::workspace && directory.users.at(user).role == "admin";
    }
    // A table of a newer version of the program is carried wherever its writer may write.
    if (known == nullptr) return true;
    switch (known->scope) {
        case ScopeRule::workspace:
        case ScopeRule::directory:
            return false;
        case ScopeRule::account:
            return scope.kind == ScopeKind::account;
        case ScopeRule::account_or_user:
            return scope.kind == ScopeKind::account || scope.kind == ScopeKind::user;
        case ScopeRule::observation:
            return scope.kind == ScopeKind::account || scope.kind == ScopeKind::private_account;
        // Reviews, and what was shared, live with the account.
        case ScopeRule::private_account:
            return scope.kind == ScopeKind::private_account || scope.kind == ScopeKind::user ||
                   scope.kind == ScopeKind::account || scope.kind == ScopeKind::coaching;
        case ScopeRule::user:
            return scope.kind == ScopeKind::user;
        case ScopeRule::coaching:
            return scope.kind == ScopeKind::coaching || scope.kind == ScopeKind::user;
        case ScopeRule::room:
            return true;
    }
    return false;
}

Duty duty_of(const Directory& directory, const Uuid& user) {
    if (!is_active(directory, user)) return Duty::none;
    const auto& role = directory.users.at(user).role;
    return role == "admin" ? Duty::all : role == "manager" ? Duty::filing : Duty::none;
}

core::Error not_an_administrator() {
    return {core::Errc::denied, "Only an administrator may do this.", {}, "Ask your administrator."};
}

bool may_file(const Directory& directory, const Uuid& user, std::string_view scope) {
    const auto duty = duty_of(directory, user);
    if (duty != Duty::filing) return duty == Duty::all;
    const auto parsed = core::parse_scope(scope);
    if (!parsed) return false;
    if (parsed->kind == ScopeKind::account) return may_read_account(directory, user, parsed->first);
    return parsed->kind == ScopeKind::private_account && may_read_account(directory, user, parsed->second);
}

std::set<std::string> scopes_of(const Directory& directory, const Uuid& user) {
    std::set<std::string> scopes;
    if (!is_active(directory, user)) return scopes;
    scopes.insert(std::string{core::workspace_scope});
    scopes.insert(core::user_scope(user));
    for (const auto& [team, value] : directory.teams) {
        const core::Scope scope{ScopeKind::team, team, {}};
        if (may_read(directory, user, scope)) scopes.insert(core::text_of(scope));
    }
    // Whom the user leads is asked once, not once an account: a directory holds thousands of these.
    std::set<Uuid> people{user};
    for (const auto& [other, teams] : directory.teams_of) {
        if (manages(directory, user, other)) people.insert(other);
    }
    std::set<Uuid> teams;
    for (const auto& [team, value] : directory.teams) {
        if (is_member(directory, user, team) || leads_upward(directory, user, team)) teams.insert(team);
    }
    for (const auto& [account, assigned] : directory.assignments) {
        const bool serves = std::any_of(assigned.begin(), assigned.end(), [&](const Assignment& at) {
            return (at.user && people.count(*at.user) != 0) || (at.team && teams.count(*at.team) != 0);
        });
        if (!serves) continue;
        scopes.insert(core::account_scope(account));
        scopes.insert(core::private_scope(user, account));
    }
    for (const auto& manager : direct_managers(directory, user)) {
        scopes.insert(core::text_of({ScopeKind::coaching, user, manager}));
    }
    for (const auto& [other, value] : directory.users) {
        if (other != user && direct_managers(directory, other).count(user) != 0) {
            scopes.insert(core::text_of({ScopeKind::coaching, other, user}));
        }
    }
    return scopes;
}

}  // namespace debrief::sync
