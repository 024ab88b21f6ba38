// Who is whose, as a device's directory says it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/journey/journey.hpp"
#include "core/store/store.hpp"
#include "platform/app/context.hpp"
#include "sync/server/directory.hpp"

namespace debrief::platform {

std::string name_of_user(const sync::Directory& directory, const core::Uuid& user);
/// Who answers for each account: its owner field, else the directory's owner, else the first who serves it.
std::map<core::Uuid, core::Uuid> reps_of(const std::vector<core::Record>& accounts, const sync::Directory& directory);
/// Whose direct manager this user is, by name. Where no team says it (a workspace of one), who answers for an account.
std::vector<core::NamedId> coached_by(const sync::Directory& directory, const core::Uuid& manager,
                                      const std::map<core::Uuid, core::Uuid>& reps);

}  // namespace debrief::platform
