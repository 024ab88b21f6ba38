// A server's folder opened: the store, and the right to be the only one that writes to it.
#pragma once

#include <memory>
#include <string>

#include "core/result.hpp"
#include "core/sources.hpp"
#include "platform/files/folder.hpp"
#include "sync/server/server_store.hpp"

namespace debrief::platform {

struct WorkspaceHost {
    FileLock lock;
    std::unique_ptr<sync::ServerStore> store;
};

/// Makes the folder and the workspace if missing. Errors: `busy` if another process serves or administers this folder;
/// as prepare_folder and ServerStore::open.
core::Result<WorkspaceHost> open_workspace(const std::string& folder, core::ClockSource& clock,
                                           core::RandomSource& random);

std::string database_path(const std::string& folder);
std::string admin_socket_path(const std::string& folder);

}  // namespace debrief::platform
