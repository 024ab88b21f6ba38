#include "platform/server/serve.hpp"

#include <csignal>
#include <cstdio>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <nlohmann/json.hpp>

#include "platform/app/sources.hpp"
#include "platform/log/log.hpp"
#include "platform/net/websocket_client.hpp"
#include "platform/server/admin_commands.hpp"
#include "platform/server/admin_socket.hpp"
#include "platform/server/server_loop.hpp"
#include "platform/server/workspace_host.hpp"

namespace debrief::platform {
namespace {

/// What went wrong, and what to do, on standard error; then the exit code.
int fail(const core::Error& error, int code, bool json) {
    if (json) {
        const nlohmann::json said{
            {"error", {{"reason", error.detail}, {"field", error.field}, {"hint", error.hint}, {"exit", code}}}};
        std::fprintf(stderr, "%s\n", said.dump().c_str());
    } else {
        // In the form of every other command's refusal.
        const char* const name = code == 1   ? "failed"
                                 : code == 2 ? "usage"
                                 : code == 4 ? "not_allowed"
                                 : code == 5 ? "network"
                                             : "store";
        std::fprintf(stderr, "debrief: %s\n", error.detail.c_str());
        if (!error.hint.empty()) std::fprintf(stderr, "  next  %s\n", error.hint.c_str());
        std::fprintf(stderr, "  code  %d %s (debrief help exit-codes)\n", code, name);
    }
    return code;
}

core::Result<ServerLoop::Config> parse_listen(const std::string& listen) {
    const bool port_only = listen.find_first_not_of("0123456789") == std::string::npos && !listen.empty();
    const std::string spelled = port_only ? "127.0.0.1:" + listen : listen;
    const auto colon = spelled.rfind(':');
    const bool any_port = colon != std::string::npos && spelled.substr(colon + 1) == "0";
    const auto url = parse_server_url("http://" + (any_port ? spelled.substr(0, colon) + ":1" : spelled));
    if (!url || colon == std::string::npos || spelled.find('/') != std::string::npos) {
        return core::Error{core::Errc::invalid, "'" + listen + "' is no address to listen on.", "listen",
                           "For example: --listen 127.0.0.1:7777"};
    }
    if (!is_loopback(url->host)) {
        return core::Error{core::Errc::unavailable,
                           "Only loopback addresses can be served without TLS, and TLS is not available yet.", "listen",
                           "Listen on 127.0.0.1 and put a proxy that ends TLS in front of it."};
    }
    return ServerLoop::Config{url->host,
                              any_port ? std::uint16_t{0} : static_cast<std::uint16_t>(std::stoul(url->port))};
}

void announce(const ServerLoop& loop, sync::ServerStore& store, const ServeOptions& options) {
    const std::string address = loop.address();
    if (options.json) {
        const nlohmann::json said{
            {"listening", address}, {"workspace", store.identity().workspace.text()}, {"data", options.data}};
        std::printf("%s\n", said.dump().c_str());
    } else {
        std::printf("Debrief is listening on %s (data in %s). Ctrl-C stops it.\n", address.c_str(),
                    options.data.c_str());
        if (store.directory().users.empty()) {
            std::printf("Nobody can sign in yet. Next: debrief admin --data '%s' user add NAME --role rep\n",
                        options.data.c_str());
        }
    }
    std::fflush(stdout);
}

}  // namespace

int serve(const ServeOptions& options) {
    if (!options.store.empty()) {
        return fail({core::Errc::unavailable, "PostgreSQL is not available yet.", "store",
                     "Leave --store away: one SQLite file in the data folder."},
                    1, options.json);
    }
    const auto config = parse_listen(options.listen);
    if (!config) return fail(config.error(), 2, options.json);
    AppClock clock{options.test_clock};
    AppRandom random;
    auto host = open_workspace(options.data, clock, random);
    if (!host) return fail(host.error(), host.error().code == core::Errc::denied ? 4 : 6, options.json);
    auto& store = *host->store;

    std::signal(SIGPIPE, SIG_IGN);
    boost::asio::io_context io{1};
    auto loop = ServerLoop::start(io, store, clock, random, *config);
    if (!loop) return fail(loop.error(), 5, options.json);
    const std::string address = (*loop)->address();
    if (const auto kept = store.records().set_setting("listen_address", address); !kept)
        return fail(kept.error(), 6, options.json);
    auto admin_door =
        AdminSocket::listen(io, admin_socket_path(options.data), [&](const std::vector<std::string>& words) {
            auto result = run_admin({store, address}, words);
            (*loop)->store_changed();
            return result;
        });
    if (!admin_door) return fail(admin_door.error(), 6, options.json);

    boost::asio::signal_set signals{io, SIGINT, SIGTERM};
    signals.async_wait([&](const boost::system::error_code& error, int number) {
        if (error) return;
        log(LogLevel::info, "draining", {{"signal", std::int64_t{number}}});
        (*loop)->drain([&io] { io.stop(); });
    });
    announce(**loop, store, options);
    log(LogLevel::info, "listening", {{"address", address}});
    io.run();
    log(LogLevel::info, "stopped");
    return 0;
}

}  // namespace debrief::platform
