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
#include "core/result.hpp"
#include "core/uuid.hpp"
#include "sync/server/directory.hpp"

namespace debrief::sync {

bool may_read(const Directory& directory, const core::Uuid& user, const core::Scope& scope);
/// Whether `user` may write records of `table` in `scope`. Tables of the directory are never pushed by a device.
bool may_write(const Directory& directory, const core::Uuid& user, const core::Scope& scope, std::string_view table);
/// Every scope that `user` may read, as text, sorted.
std::set<std::string> scopes_of(const Directory& directory, const core::Uuid& user);

/// What a user's device may order the server to do, beside pushing records.
enum class Duty {
    none,    ///< A rep, or somebody who may not sign in.
    filing,  ///< A manager: what waits in the handover inbox for accounts that they may read.
    all,     ///< An administrator.
};
Duty duty_of(const Directory& directory, const core::Uuid& user);
/// What everybody hears who has not the duty, whatever they ordered.
core::Error not_an_administrator();
/// Whether `user` decides what becomes of work that was handed over in `scope`. Its words are another question:
/// `may_read`.
bool may_file(const Directory& directory, const core::Uuid& user, std::string_view scope);

/// `manager` leads a team that `user` is in, or a team around it.
bool manages(const Directory& directory, const core::Uuid& manager, const core::Uuid& user);
/// Those who lead `user`'s own teams; where `user` leads the team, who leads the one around it.
std::set<core::Uuid> direct_managers(const Directory& directory, const core::Uuid& user);

}  // namespace debrief::sync
