#include "platform/net/http_server.hpp"

#include <optional>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include "platform/net/websocket_link.hpp"

namespace debrief::platform {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;
constexpr auto quiet = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::seconds request_limit{10};

using Request = http::request<http::string_body>;
using Response = http::response<http::string_body>;

/// A browser names the page that it runs; only a page of this very server may open a socket. Programs name none.
bool same_origin(const Request& request) {
    const auto origin = request[http::field::origin];
    if (origin.empty()) return request.find(http::field::origin) == request.end();
    const auto scheme = origin.find("://");
    return scheme != beast::string_view::npos && origin.substr(scheme + 3) == request[http::field::host];
}

/// The subprotocol to speak, from the client's list; empty if we share none.
std::string_view chosen_protocol(const Request& request) {
    const auto field = request[http::field::sec_websocket_protocol];
    std::string_view offered{field.data(), field.size()};
    while (!offered.empty()) {
        const auto comma = offered.find(',');
        auto one = offered.substr(0, comma);
        while (!one.empty() && one.front() == ' ') one.remove_prefix(1);
        while (!one.empty() && one.back() == ' ') one.remove_suffix(1);
        if (one == subprotocol_binary) return subprotocol_binary;
        if (one == subprotocol_json) return subprotocol_json;
        if (comma == std::string_view::npos) break;
        offered.remove_prefix(comma + 1);
    }
    return {};
}

Response respond(const Request& request, const HttpAnswer& answer, bool keep_alive) {
    Response response{static_cast<http::status>(answer.status), request.version()};
    response.set(http::field::content_type, answer.type);
    response.set("X-Content-Type-Options", "nosniff");
    response.set("Referrer-Policy", "no-referrer");
    response.set(http::field::cache_control, "no-store");
    response.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    response.keep_alive(keep_alive);
    response.body() = answer.body;
    response.prepare_payload();
    if (request.method() == http::verb::head) response.body().clear();
    return response;
}

class Server final : public HttpServer, public std::enable_shared_from_this<Server> {
public:
    Server(asio::io_context& io, HttpServerConfig config, tcp::acceptor acceptor)
        : io_(io),
          config_(std::move(config)),
          acceptor_(std::move(acceptor)),
          port_(acceptor_.local_endpoint().port()) {}

    [[nodiscard]] std::uint16_t port() const override { return port_; }
    [[nodiscard]] std::size_t connections() const override { return *open_; }
    void stop() override {
        beast::error_code ignored;
        acceptor_.close(ignored);
    }

    asio::awaitable<void> accept() {
        const auto self = shared_from_this();
        asio::steady_timer pause{io_};
        for (;;) {
            auto [error, socket] = co_await acceptor_.async_accept(quiet);
            if (!acceptor_.is_open()) co_return;
            if (error || *open_ >= config_.connections_max) {
                // Out of descriptors: those who are connected go on, newcomers wait.
                pause.expires_after(std::chrono::milliseconds(50));
                co_await pause.async_wait(quiet);
                continue;
            }
            asio::co_spawn(io_, serve(std::move(socket)), asio::detached);
        }
    }

private:
    /// Counts a connection for as long as it lives.
    struct Counted {
        explicit Counted(std::shared_ptr<std::size_t> count) : count_(std::move(count)) { ++*count_; }
        ~Counted() { --*count_; }
        Counted(const Counted&) = delete;
        Counted& operator=(const Counted&) = delete;
        std::shared_ptr<std::size_t> count_;
    };

    asio::awaitable<void> serve(tcp::socket socket) {
        const auto self = shared_from_this();
        // A socket that is upgraded takes its place in the count along.
        const auto counted = std::make_shared<Counted>(open_);
        beast::error_code ignored;
        socket.set_option(tcp::no_delay(true), ignored);
        const auto remote = socket.remote_endpoint(ignored);
        const std::string address = remote.address().to_string();
        beast::tcp_stream stream{std::move(socket)};
        beast::flat_buffer buffer;
        for (;;) {
            http::request_parser<http::string_body> parser;
            parser.header_limit(16U << 10U);
            parser.body_limit(64U << 10U);
            stream.expires_after(request_limit);
            const auto [error, size] = co_await http::async_read(stream, buffer, parser, quiet);
            if (error) co_return;
            const Request request = parser.release();
            if (beast::websocket::is_upgrade(request)) {
                const auto refusal = refuse(request, address);
                if (!refusal) {
                    stream.expires_never();
                    co_await upgrade(std::move(stream), request, address, counted);
                    co_return;
                }
                const auto response = respond(request, *refusal, false);
                co_await http::async_write(stream, response, quiet);
                co_return;
            }
            const auto response = respond(request, answer(request), request.keep_alive());
            const auto [write_error, written] = co_await http::async_write(stream, response, quiet);
            if (write_error || !response.keep_alive()) co_return;
        }
    }

    HttpAnswer answer(const Request& request) {
        if (request.method() != http::verb::get && request.method() != http::verb::head) {
            return {405, "text/plain; charset=utf-8", "Only GET and HEAD.\n"};
        }
        const auto target = request.target();
        return config_.answer(std::string(target.data(), std::min(target.find('?'), target.size())));
    }

    std::optional<HttpAnswer> refuse(const Request& request, const std::string& address) {
        const std::string type = "text/plain; charset=utf-8";
        if (request.target() != "/sync") return HttpAnswer{404, type, "There is no socket here. Try /sync.\n"};
        if (!same_origin(request)) return HttpAnswer{403, type, "Pages of other sites may not connect.\n"};
        if (chosen_protocol(request).empty())
            return HttpAnswer{400, type, "Offer the subprotocol debrief.1 or debrief.1.json.\n"};
        if (!config_.admit(address)) return HttpAnswer{429, type, "Too many attempts. Try again in a minute.\n"};
        return std::nullopt;
    }

    asio::awaitable<void> upgrade(beast::tcp_stream stream, const Request& request, const std::string& address,
                                  std::shared_ptr<void> counted) {
        const std::string_view protocol = chosen_protocol(request);
        WebSocket socket{std::move(stream)};
        prepare(socket);
        socket.set_option(
            beast::websocket::stream_base::decorator([protocol](beast::websocket::response_type& response) {
                response.set(http::field::sec_websocket_protocol, beast::string_view(protocol.data(), protocol.size()));
            }));
        const auto [error] = co_await socket.async_accept(request, quiet);
        if (error) co_return;
        config_.accepted(std::make_shared<WebSocketLink>(std::move(socket), protocol == subprotocol_json, address,
                                                         std::move(counted)));
    }

    asio::io_context& io_;
    HttpServerConfig config_;
    tcp::acceptor acceptor_;
    std::uint16_t port_;
    std::shared_ptr<std::size_t> open_ = std::make_shared<std::size_t>(0);
};

/// Keeps the server alive for its coroutines, and stops it when the owner lets go.
class Owner final : public HttpServer {
public:
    explicit Owner(std::shared_ptr<Server> server) : server_(std::move(server)) {}
    ~Owner() override { server_->stop(); }
    Owner(const Owner&) = delete;
    Owner& operator=(const Owner&) = delete;
    [[nodiscard]] std::uint16_t port() const override { return server_->port(); }
    [[nodiscard]] std::size_t connections() const override { return server_->connections(); }
    void stop() override { server_->stop(); }

private:
    std::shared_ptr<Server> server_;
};

}  // namespace

core::Result<std::unique_ptr<HttpServer>> HttpServer::listen(asio::io_context& io, HttpServerConfig config) {
    beast::error_code error;
    const auto address = asio::ip::make_address(config.host == "localhost" ? "127.0.0.1" : config.host, error);
    if (error) {
        return core::Error{core::Errc::invalid, "'" + config.host + "' is not an address of this machine.", "listen",
                           "Give numbers, such as --listen 127.0.0.1:7777."};
    }
    const tcp::endpoint endpoint{address, config.port};
    tcp::acceptor acceptor{io};
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error) {
        const std::string where = config.host + ":" + std::to_string(config.port);
        const bool taken = error == asio::error::address_in_use;
        return core::Error{core::Errc::io,
                           taken ? "Port " + std::to_string(config.port) + " is in use by another program."
                                 : "Cannot listen on " + where + ": " + error.message() + ".",
                           "listen", "Choose another one, for example --listen 127.0.0.1:0 for any free port."};
    }
    auto server = std::make_shared<Server>(io, std::move(config), std::move(acceptor));
    asio::co_spawn(
        io, [server] { return server->accept(); }, asio::detached);
    return std::unique_ptr<HttpServer>{std::make_unique<Owner>(std::move(server))};
}

}  // namespace debrief::platform
