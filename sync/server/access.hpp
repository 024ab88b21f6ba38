// Who may see what, as pure functions of the directory. The only place where access is decided.
//   workspace      everybody reads; administrators write
//   team/T         its members, and the managers of T and of the teams around it
//   account/A      users assigned to A, members of assigned teams, and the managers above any of these
//   user/U         U
//   private/U/A    U, while U may read account/A
//   coaching/U/M   U and M, while M is U's direct manager
// Administrators administer: they do not read accounts that are not theirs. Inactive users see nothing.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "core/catalogue/scope.hpp"
#include "core/uuid.hpp"
#include "sync/server/directory.hpp"

namespace debrief::sync {

bool may_read(const Directory& directory, const core::Uuid& user, const core::Scope& scope);
/// Whether `user` may write records of `table` in `scope`. Tables of the directory are never pushed by a device.
bool may_write(const Directory& directory, const core::Uuid& user, const core::Scope& scope, std::string_view table);
/// Every scope that `user` may read, as text, sorted.
std::set<std::string> scopes_of(const Directory& directory, const core::Uuid& user);

/// `manager` leads a team that `user` is in, or a team around it.
bool manages(const Directory& directory, const core::Uuid& manager, const core::Uuid& user);
/// Those who lead `user`'s own teams; where `user` leads the team, who leads the one around it.
std::set<core::Uuid> direct_managers(const Directory& directory, const core::Uuid& user);

}  // namespace debrief::sync
