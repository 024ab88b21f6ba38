// What `debrief admin` does, as plain functions. Users, teams and accounts are given by id or by unique name.
// Errors of all: `not_found`, `ambiguous` (listing the candidates), `invalid`, and those of a write.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "sync/server/server_store.hpp"

namespace debrief::sync {

struct UserSpec {
    std::string name;
    std::string role = "rep";         ///< rep, manager, admin.
    std::optional<std::string> team;  ///< Joined, beside those that the user is in.
    std::string language;             ///< Empty: as it is, or "en".
    std::string external_key;         ///< Of an import; empty if none.
};
struct TeamSpec {
    std::string name;
    std::optional<std::string> manager;
    std::optional<std::string> parent;
    std::string external_key;
};

/// Makes a user, or updates the one of this name.
core::Result<core::Uuid> add_user(ServerStore& store, const UserSpec& spec);
/// The user's sessions end and none begins, until `add_user` says the name again. What they wrote stays.
core::Status disable_user(ServerStore& store, std::string_view user);
/// Makes a team, or updates the one of this name.
core::Result<core::Uuid> add_team(ServerStore& store, const TeamSpec& spec);
/// Takes a user out of a team: what they read through it alone leaves their devices.
core::Status leave_team(ServerStore& store, std::string_view team, std::string_view user);
/// A user or a team serves an account; doing it twice changes nothing.
core::Status assign(ServerStore& store, std::string_view account, std::string_view user_or_team, bool owner = false);
core::Status unassign(ServerStore& store, std::string_view account, std::string_view user_or_team);
/// The secret of a single-use invitation.
core::Result<core::Bytes> invite(ServerStore& store, std::string_view user);
/// By id or by name if unique among the devices that are not revoked.
core::Status revoke_device(ServerStore& store, std::string_view device);
core::Result<core::Uuid> find_account(ServerStore& store, std::string_view name_or_id);

}  // namespace debrief::sync
