#include "platform/server/workspace_host.hpp"

#include <utility>

namespace debrief::platform {

std::string database_path(const std::string& folder) {
    return folder + "/workspace.db";
}
std::string admin_socket_path(const std::string& folder) {
    return folder + "/admin.sock";
}

core::Result<WorkspaceHost> open_workspace(const std::string& folder, core::ClockSource& clock,
                                           core::RandomSource& random) {
    DEBRIEF_TRY(prepare_folder(folder));
    auto lock = FileLock::try_lock(folder + "/serve.lock");
    if (!lock) return lock.error();
    if (!lock->has_value()) {
        return core::Error{
            core::Errc::busy, "Another process holds " + folder + ".", "data",
            "If 'debrief serve' runs on it, its admin commands go through that server; else wait for it to end."};
    }
    DEBRIEF_TRY(check_kept(database_path(folder)));
    core::Store::Config config;
    config.path = database_path(folder);
    config.search = false;
    auto store = sync::ServerStore::open(config, clock, random);
    if (!store) return store.error();
    DEBRIEF_TRY(mark_kept(database_path(folder)));
    return WorkspaceHost{std::move(**lock), std::move(*store)};
}

}  // namespace debrief::platform
