#include "platform/server/admin.hpp"

#include <nlohmann/json.hpp>

#include "platform/app/sources.hpp"
#include "platform/server/admin_commands.hpp"
#include "platform/server/admin_socket.hpp"
#include "platform/server/serve.hpp"
#include "platform/server/workspace_host.hpp"

namespace debrief::platform {
namespace {

/// Where invitations lead when no server runs: where the last one listened, else where the next one will by default.
std::string last_address(core::Store& store) {
    const auto kept = store.setting("listen_address");
    if (kept && *kept) return **kept;
    return "http://" + ServeOptions{}.listen;
}

}  // namespace

core::Result<nlohmann::json> admin(const std::string& data_dir, const std::vector<std::string>& words,
                                   const AdminWatch& watch) {
    if (auto answer = ask_server(admin_socket_path(data_dir), words, watch)) return *std::move(answer);
    AppClock clock;
    AppRandom random;
    auto host = open_workspace(data_dir, clock, random);
    if (!host) return host.error();
    const AdminContext context{*host->store, last_address(host->store->records()), {}, watch};
    auto result = run_admin(context, words);
    if (result && host->store->has_work()) {
        const auto committed = host->store->commit();
        if (!committed) return committed.error();
    }
    return result;
}

}  // namespace debrief::platform
