// What an administrator can say, carried out on an open workspace.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/result.hpp"
#include "sync/server/server_store.hpp"

namespace debrief::platform {

struct AdminContext {
    sync::ServerStore& store;
    std::string address;  ///< http://host:port that invitations name.
};

/// One command, given as its words. The result has `text` for people beside the data.
/// Errors: `invalid` with the right words in the hint, and those of the command. Nothing is changed then.
core::Result<nlohmann::json> run_admin(const AdminContext& context, const std::vector<std::string>& words);

}  // namespace debrief::platform
