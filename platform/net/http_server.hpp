// The server's one port: HTTP answers, and WebSockets under /sync.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include <boost/asio/io_context.hpp>

#include "core/result.hpp"
#include "platform/net/link.hpp"
#include "platform/net/newcomers.hpp"
#include "platform/net/tls.hpp"

namespace debrief::platform {

struct HttpAnswer {
    unsigned status = 200;
    std::string type = "text/plain; charset=utf-8";
    std::string body;
    std::string_view speaks = {};  ///< Subprotocols, where the client offered none of them: it is older or newer.
};

struct HttpServerConfig {
    std::string host = "127.0.0.1";
    std::uint16_t port = 0;  ///< 0: any free one.
    std::size_t connections_max = 19'000;
    Newcomers::Limits newcomers{};
    std::shared_ptr<TlsContext> tls = nullptr;  ///< Without one: plain HTTP.
    /// Answers GET and HEAD of `path` (without query). A status of 404 is as good an answer as any.
    std::function<HttpAnswer(const std::string& path)> answer;
    /// False: the upgrade is answered 429 (this address asked too often).
    std::function<bool(const std::string& address)> admit;
    std::function<void(std::shared_ptr<Link>)> accepted;
};

/// Threads: the io_context's.
class HttpServer {
public:
    /// Errors: `io` with what to do when the address is in use or not ours.
    static core::Result<std::unique_ptr<HttpServer>> listen(boost::asio::io_context& io, HttpServerConfig config);
    virtual ~HttpServer() = default;
    [[nodiscard]] virtual std::uint16_t port() const = 0;
    [[nodiscard]] virtual std::size_t connections() const = 0;
    [[nodiscard]] virtual std::size_t newcomers() const = 0;  ///< Of them, not settled yet.
    [[nodiscard]] virtual std::uint64_t dropped() const = 0;  ///< Newcomers that made room for others, so far.
    /// Who connects from now on gets this certificate; who is connected goes on with the one they know.
    virtual void use_tls(std::shared_ptr<TlsContext> tls) = 0;
    /// Accepts nobody any more.
    virtual void stop() = 0;
};

}  // namespace debrief::platform
