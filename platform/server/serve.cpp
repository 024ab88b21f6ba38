#include "platform/server/serve.hpp"

#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <nlohmann/json.hpp>

#include "core/error_names.hpp"
#include "platform/app/sources.hpp"
#include "platform/files/web_folder.hpp"
#include "platform/log/log.hpp"
#include "platform/net/websocket_client.hpp"
#include "platform/server/admin_commands.hpp"
#include "platform/server/admin_socket.hpp"
#include "platform/server/server_loop.hpp"
#include "platform/server/workspace_host.hpp"
#include "sync/invitation.hpp"
#include "sync/server/admin.hpp"

namespace debrief::platform {
namespace {

core::Result<ServerLoop::Config> parse_listen(const std::string& listen, bool tls) {
    const bool port_only = listen.find_first_not_of("0123456789") == std::string::npos && !listen.empty();
    const std::string spelled = port_only ? "127.0.0.1:" + listen : listen;
    const auto colon = spelled.rfind(':');
    const bool any_port = colon != std::string::npos && spelled.substr(colon + 1) == "0";
    const auto url = parse_server_url("http://" + (any_port ? spelled.substr(0, colon) + ":1" : spelled));
    if (!url || colon == std::string::npos || spelled.find('/') != std::string::npos) {
        return core::Error{core::Errc::invalid, "'" + listen + "' is no address to listen on.", "listen",
                           "For example: --listen 127.0.0.1:7777"};
    }
    if (!tls && !is_loopback(url->host)) {
        return core::Error{
            core::Errc::invalid, "'" + url->host + "' can be reached by others, and without TLS they could read along.",
            "listen", "Add --tls-cert FILE --tls-key FILE, or listen on 127.0.0.1 behind a proxy that ends TLS."};
    }
    return ServerLoop::Config{url->host,
                              any_port ? std::uint16_t{0} : static_cast<std::uint16_t>(std::stoul(url->port))};
}

core::Result<ServerLoop::Config> configure(const ServeOptions& options) {
    if (options.tls_cert.empty() != options.tls_key.empty()) {
        return core::Error{core::Errc::invalid, "TLS needs a certificate and its private key.",
                           options.tls_cert.empty() ? "tls-cert" : "tls-key",
                           "Give both: --tls-cert FILE --tls-key FILE"};
    }
    auto config = parse_listen(options.listen, !options.tls_cert.empty());
    if (!config) return config;
    if (!options.tls_cert.empty()) {
        auto tls = server_tls(options.tls_cert, options.tls_key);
        if (!tls) return tls.error();
        config->tls = std::move(*tls);
    }
    config->web = web_folder(options.web);
    if (options.url.empty()) return config;
    const auto url = parse_server_url(options.url);
    if (!url || (!url->tls && !is_loopback(url->host)) || options.url.find('#') != std::string::npos) {
        return core::Error{core::Errc::invalid, "'" + options.url + "' is no address for invitations.", "url",
                           "For example: --url https://debrief.example.com"};
    }
    config->origin = origin_of(*url);
    return config;
}

/// What invitations name. A wildcard address is nobody's name: the machine's own then stands for it.
std::string public_address(const ServerLoop& loop, const ServeOptions& options) {
    if (!options.url.empty()) return options.url;
    std::string address = loop.address();
    for (const std::string any : {"://0.0.0.0:", "://[::]:"}) {
        const auto at = address.find(any);
        std::array<char, 256> host{};
        if (at == std::string::npos || ::gethostname(host.data(), host.size() - 1) != 0) continue;
        address.replace(at, any.size(), "://" + std::string(host.data()) + ":");
    }
    return address;
}

/// One line of standard output: words for people, or an event for programs.
void say(const ServeOptions& options, const nlohmann::json& event, const std::string& words) {
    std::printf("%s\n", options.json ? event.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).c_str()
                                     : words.c_str());
    std::fflush(stdout);
}

void announce(const ServerLoop& loop, sync::ServerStore& store, const ServeOptions& options) {
    const std::string address = loop.address();
    say(options,
        {{"event", "listening"},
         {"listening", address},
         {"workspace", store.identity().workspace.text()},
         {"data", options.data}},
        "Debrief is listening on " + address + " (data in " + options.data + "). Ctrl-C stops it.");
}

/// What a device ordered. The log keeps who it was and what, not about whom.
core::Result<std::string> administer(const AdminContext& context, const std::vector<std::string>& words) {
    const auto result = run_admin(context, words);
    log(LogLevel::info, "administered",
        {{"by", context.user->text()},
         {"command", admin_command_in(words)},
         {"outcome", std::string{result ? "done" : core::name_of(result.error().code)}}});
    if (!result) return result.error();
    return result->dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// On SIGHUP certificate and key are read again: whoever renews them need not end everybody's connection for it. A pair
/// that cannot be used changes nothing.
void renew_on_hangup(boost::asio::signal_set& signals, ServerLoop& loop, const ServeOptions& options) {
    signals.async_wait([&signals, &loop, &options](const boost::system::error_code& error, int) {
        if (error) return;
        if (auto tls = server_tls(options.tls_cert, options.tls_key)) {
            loop.use_tls(std::move(*tls));
            log(LogLevel::info, "certificate_renewed", {{"file", options.tls_cert}});
        } else {
            log(LogLevel::error, "certificate_kept", {{"reason", tls.error().detail}, {"do", tls.error().hint}});
        }
        renew_on_hangup(signals, loop, options);
    });
}

/// A workspace without users gets its first administrator, who alone can be made without one.
core::Status first_administrator(sync::ServerStore& store, const std::string& address, const ServeOptions& options) {
    if (!store.directory().users.empty()) return core::Ok{};
    sync::UserSpec spec;
    spec.name = options.admin;
    spec.role = "admin";
    const auto made = sync::add_user(store, spec);
    if (!made) return made.error();
    const auto secret = store.invite(*made);
    if (!secret) return secret.error();
    const auto url = sync::invitation_url(address, *secret);
    say(options, {{"event", "invitation"}, {"user", spec.name}, {"role", spec.role}, {"invitation", url}},
        "The first administrator is " + spec.name +
            ". This invitation is shown once and works once, within 72 hours:\n  " + url +
            "\nFor another one: debrief admin --data '" + options.data + "' invite '" + spec.name + "'");
    return core::Ok{};
}

}  // namespace

std::optional<ServeFailure> serve(const ServeOptions& options) {
    if (!options.store.empty()) {
        return ServeFailure{{core::Errc::unavailable, "PostgreSQL is not available yet.", "store",
                             "Leave --store away: one SQLite file in the data folder."},
                            1};
    }
    const auto config = configure(options);
    if (!config) return ServeFailure{config.error(), config.error().code == core::Errc::denied ? 4 : 2};
    AppClock clock{options.test_clock};
    AppRandom random;
    auto host = open_workspace(options.data, clock, random);
    if (!host) return ServeFailure{host.error(), host.error().code == core::Errc::denied ? 4 : 6};
    auto& store = *host->store;

    std::signal(SIGPIPE, SIG_IGN);
    boost::asio::io_context io{1};
    auto loop = ServerLoop::start(io, store, clock, random, *config);
    if (!loop) return ServeFailure{loop.error(), 5};
    const std::string address = public_address(**loop, options);
    if (const auto kept = store.records().set_setting("listen_address", address); !kept)
        return ServeFailure{kept.error(), 6};
    auto admin_door = AdminSocket::listen(io, admin_socket_path(options.data),
                                          [&](const std::vector<std::string>& words, const AdminWatch& watch) {
                                              auto result = run_admin({store, address, {}, watch}, words);
                                              (*loop)->store_changed();
                                              return result;
                                          });
    if (!admin_door) return ServeFailure{admin_door.error(), 6};
    (*loop)->on_admin([&](const core::Uuid& user, const std::vector<std::string>& words) {
        return administer({store, address, user, {}}, words);
    });

    boost::asio::signal_set signals{io, SIGINT, SIGTERM};
    signals.async_wait([&](const boost::system::error_code& error, int number) {
        if (error) return;
        log(LogLevel::info, "draining", {{"signal", std::int64_t{number}}});
        (*loop)->drain([&io] { io.stop(); });
    });
    boost::asio::signal_set renewals{io};
    if (config->tls) {
        renewals.add(SIGHUP);
        renew_on_hangup(renewals, **loop, options);
    }
    announce(**loop, store, options);
    if (const auto made = first_administrator(store, address, options); !made) {
        return ServeFailure{made.error(), made.error().code == core::Errc::invalid ? 2 : 6};
    }
    log(LogLevel::info, "listening", {{"address", address}});
    io.run();
    log(LogLevel::info, "stopped");
    if (options.json) say(options, {{"event", "stopped"}}, {});
    return std::nullopt;
}

}  // namespace debrief::platform
