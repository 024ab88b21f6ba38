// One port: HTTP answers, and WebSockets under one path.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/io_context.hpp>

#include "core/result.hpp"
#include "platform/net/link.hpp"
#include "platform/net/newcomers.hpp"
#include "platform/net/tls.hpp"

namespace debrief::platform {

/// A request, as far as an answer may hang on it. Header fields are as they were sent, and empty where they were not.
struct HttpAsk {
    std::string path;                        ///< Without the query, nothing decoded.
    std::string host;                        ///< Whom it is meant for, with the port.
    std::optional<std::string> origin = {};  ///< The page that a browser runs; programs name none.
    std::string accept_encoding = {};
    std::string if_none_match = {};
    std::string address = {};  ///< The peer's.
    std::uint16_t port = 0;    ///< The peer's.
    bool wants_socket = false;
};

struct HttpAnswer {
    unsigned status = 200;
    std::string type = "text/plain; charset=utf-8";
    std::string body;
    std::string_view speaks = {};  ///< Subprotocols, where the client offered none of them: it is older or newer.
    std::shared_ptr<const std::string> file = nullptr;  ///< In place of `body`: one copy for everybody who reads it.
    std::string_view cache = "no-store";
    std::string etag = {};           ///< With its quotes; empty: none.
    std::string_view encoding = {};  ///< Of the file's bytes: `br`, `gzip`; empty: as they are.
    bool varies = false;             ///< Who accepts another encoding gets other bytes.
};

struct HttpServerConfig {
    std::string host = "127.0.0.1";
    std::uint16_t port = 0;  ///< 0: any free one.
    std::size_t connections_max = 19'000;
    Newcomers::Limits newcomers{};
    Newcomers::Limits readers{.address_max = 512, .all_max = 8'192};  ///< Who are being sent a file.
    std::shared_ptr<TlsContext> tls = nullptr;                        ///< Without one: plain HTTP.
    /// Answers GET and HEAD. A status of 404 is as good an answer as any.
    std::function<HttpAnswer(const HttpAsk&)> answer;
    /// Asked first, of files and of sockets: why nobody gets an answer to this, or nothing.
    std::function<std::optional<HttpAnswer>(const HttpAsk&)> turn_away = {};
    std::string socket_path = "/sync";
    /// What sockets speak: one of ours, which the peer must offer. False: text, and nothing is offered.
    bool speaks_sync = true;
    /// Whether a page of this origin may open a socket. Empty: the page's host must be the one that is asked.
    std::function<bool(const HttpAsk&)> own_page = {};
    /// The longest message of a peer that has not shown who it is, and of one that has (Link::settle).
    std::size_t stranger_message_max = message_bytes_max;
    std::size_t settled_message_max = message_bytes_max;
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
