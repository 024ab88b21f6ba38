#include "platform/app/team.hpp"

#include <algorithm>
#include <set>

#include "sync/server/access.hpp"

namespace debrief::platform {

using core::Uuid;

std::string name_of_user(const sync::Directory& directory, const Uuid& user) {
    const auto found = directory.users.find(user);
    return found == directory.users.end() ? std::string{} : found->second.name;
}

std::map<Uuid, Uuid> reps_of(const std::vector<core::Record>& accounts, const sync::Directory& directory) {
    std::map<Uuid, Uuid> reps;
    for (const bool owners : {true, false}) {
        for (const auto& [account, assignments] : directory.assignments) {
            for (const auto& assignment : assignments) {
                if (assignment.user && assignment.owner == owners) reps.emplace(account, *assignment.user);
            }
        }
    }
    for (const auto& account : accounts) {
        if (const auto owner = account.ref("owner")) reps[account.id] = *owner;
    }
    return reps;
}

std::vector<core::NamedId> coached_by(const sync::Directory& directory, const Uuid& manager,
                                      const std::map<Uuid, Uuid>& reps) {
    std::set<Uuid> found;
    for (const auto& [user, value] : directory.users) {
        if (user != manager && value.active && sync::direct_managers(directory, user).contains(manager))
            found.insert(user);
    }
    if (found.empty() && directory.teams.empty()) {
        for (const auto& [account, rep] : reps) {
            if (rep != manager) found.insert(rep);
        }
    }
    std::vector<core::NamedId> people;
    for (const auto& user : found) people.push_back({user, name_of_user(directory, user)});
    std::sort(people.begin(), people.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return people;
}

}  // namespace debrief::platform
