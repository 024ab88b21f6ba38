// The running server: sockets in front of the sessions, one commit for all that arrived together.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include <boost/asio/io_context.hpp>

#include "core/result.hpp"
#include "core/sources.hpp"
#include "platform/net/tls.hpp"
#include "sync/server/server_store.hpp"
#include "sync/server/session_hub.hpp"

namespace debrief::platform {

/// Threads: the io_context's.
class ServerLoop {
public:
    struct Config {
        std::string host = "127.0.0.1";
        std::uint16_t port = 0;
        std::shared_ptr<TlsContext> tls = nullptr;  ///< Without one: plain HTTP.
        std::string web = {};                       ///< The folder of the web app's files; there may be none.
        std::string origin =
            {};  ///< Of the address that browsers know, where that is another than the one listened on.
    };
    /// Errors: as HttpServer::listen.
    static core::Result<std::unique_ptr<ServerLoop>> start(boost::asio::io_context& io, sync::ServerStore& store,
                                                           core::ClockSource& clock, core::RandomSource& random,
                                                           const Config& config);
    virtual ~ServerLoop() = default;

    [[nodiscard]] virtual std::string address() const = 0;  ///< http(s)://host:port
    /// Something was written besides the sessions (an admin command): sessions are told with the next commit.
    virtual void store_changed() = 0;
    /// Carries out what devices order: sync/server/session_hub.hpp.
    virtual void on_admin(sync::SessionHub::Administer run) = 0;
    /// A renewed certificate, for whoever connects from now on.
    virtual void use_tls(std::shared_ptr<TlsContext> tls) = 0;
    /// Accepts nobody new, says goodbye to everybody, and calls `done` when all are gone or five seconds have passed.
    virtual void drain(std::function<void()> done) = 0;
};

}  // namespace debrief::platform
