// `debrief admin`: users, teams, who serves which account, invitations, devices. Talks to the running server through a
// socket in its folder; without a server it opens the folder itself.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/result.hpp"

namespace debrief::platform {

/// What whoever waits for a long command (an import) hears of it, and how they break it off.
struct AdminWatch {
    std::function<void(std::size_t done, std::size_t total)> progress = {};
    std::function<bool()> stop = {};  ///< True ends the command with `cancelled`; whole records that went in stay.
};

/// Carries out one command, given as its words: {"user", "add", "Ama Boateng", "--role", "rep"}.
/// The first one on an empty folder makes the workspace. The result has a field `text` for people beside the data.
/// Errors: `invalid` for wrong words (with the right ones in the hint), `busy` if somebody else holds the folder, and
/// those of the command.
core::Result<nlohmann::json> admin(const std::string& data_dir, const std::vector<std::string>& words,
                                   const AdminWatch& watch = {});

/// The commands, one a line, for --help.
std::string admin_help();
/// "user add", "invite" …
std::vector<std::string> admin_command_names();

}  // namespace debrief::platform
