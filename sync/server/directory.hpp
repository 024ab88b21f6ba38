// Who is who and who serves whom: a plain value read from the `user team member assignment` records.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/result.hpp"
#include "core/store/store.hpp"
#include "core/uuid.hpp"

namespace debrief::sync {

struct DirectoryUser {
    core::Uuid id;
    std::string name;
    std::string role;      ///< rep, manager, admin.
    std::string language;  ///< May be empty.
    bool active = true;
};

struct DirectoryTeam {
    core::Uuid id;
    std::string name;
    std::optional<core::Uuid> manager;
    std::optional<core::Uuid> parent;
};

/// One user or one team serves an account.
struct Assignment {
    core::Uuid record;
    std::optional<core::Uuid> user;
    std::optional<core::Uuid> team;
    bool owner = false;
};

struct Directory {
    std::map<core::Uuid, DirectoryUser> users;
    std::map<core::Uuid, DirectoryTeam> teams;
    std::map<core::Uuid, std::set<core::Uuid>> teams_of;              ///< User to teams.
    std::map<core::Uuid, std::set<core::Uuid>> members_of;            ///< Team to users.
    std::map<std::pair<core::Uuid, core::Uuid>, core::Uuid> members;  ///< (team, user) to the record that says so.
    std::map<core::Uuid, std::vector<Assignment>> assignments;        ///< Account to those who serve it.
};

core::Result<Directory> load_directory(core::Store& store);

/// By id or by name, letter case ignored. Errors: `not_found`; `ambiguous`, listing the candidates.
core::Result<core::Uuid> find_user(const Directory& directory, std::string_view name_or_id);
core::Result<core::Uuid> find_team(const Directory& directory, std::string_view name_or_id);

}  // namespace debrief::sync
