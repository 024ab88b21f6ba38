// What an administrator can say, carried out on an open workspace.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/result.hpp"
#include "core/uuid.hpp"
#include "platform/server/admin.hpp"
#include "sync/server/server_store.hpp"

namespace debrief::platform {

struct AdminContext {
    sync::ServerStore& store;
    std::string address;               ///< http://host:port that invitations name.
    std::optional<core::Uuid> user{};  ///< Whose device asks; nothing: the owner of the server's folder, who may all.
    AdminWatch watch{};
};

/// The command that these words name ("user add"), empty if none.
std::string admin_command_in(const std::vector<std::string>& words);

/// One command, given as its words; what stands after `--` is no option. The result has `text` for people beside the
/// data. Errors: `denied` if the user may not say this; `invalid` with the right words in the hint; and those of the
/// command. Nothing is changed then.
core::Result<nlohmann::json> run_admin(const AdminContext& context, const std::vector<std::string>& words);

}  // namespace debrief::platform
