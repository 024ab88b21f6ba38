#include "platform/net/http_server.hpp"

#include <sys/socket.h>

#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "platform/net/http_session.hpp"
#include "platform/net/quiet.hpp"

namespace debrief::platform {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using tcp = asio::ip::tcp;

class Server final : public HttpServer, public std::enable_shared_from_this<Server> {
public:
    Server(asio::io_context& io, HttpServerConfig config, tcp::acceptor acceptor)
        : io_(io),
          tls_(config.tls),
          config_(std::make_shared<const HttpServerConfig>(std::move(config))),
          acceptor_(std::move(acceptor)),
          port_(acceptor_.local_endpoint().port()) {}

    [[nodiscard]] std::uint16_t port() const override { return port_; }
    [[nodiscard]] std::size_t connections() const override { return *open_; }
    [[nodiscard]] std::size_t newcomers() const override { return newcomers_->size(); }
    [[nodiscard]] std::uint64_t dropped() const override { return newcomers_->dropped(); }
    void use_tls(std::shared_ptr<TlsContext> tls) override { tls_ = std::move(tls); }
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
            if (error || *open_ >= config_->connections_max) {
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
        beast::error_code ignored;
        socket.set_option(tcp::no_delay(true), ignored);
        HttpPeer peer;
        const auto from = socket.remote_endpoint(ignored);
        peer.address = from.address().to_string();
        peer.port = from.port();
        peer.counted = std::make_shared<Counted>(open_);
        // The descriptor stays the same while the socket moves on, and the tickets end with it.
        const auto drop = [descriptor = socket.native_handle()] { ::shutdown(descriptor, SHUT_RDWR); };
        peer.arrive = [crowd = newcomers_, address = peer.address, drop] { return crowd->arrive(address, drop); };
        peer.read = [crowd = readers_, address = peer.address, drop] { return crowd->arrive(address, drop); };
        peer.newcomer = peer.arrive();
        beast::tcp_stream stream{std::move(socket)};
        if (tls_)
            co_await serve_tls(std::move(stream), std::move(peer), config_, tls_);
        else
            co_await serve_http(std::move(stream), std::move(peer), config_);
    }

    asio::io_context& io_;
    std::shared_ptr<TlsContext> tls_;
    std::shared_ptr<const HttpServerConfig> config_;
    tcp::acceptor acceptor_;
    std::uint16_t port_;
    std::shared_ptr<std::size_t> open_ = std::make_shared<std::size_t>(0);
    std::shared_ptr<Newcomers> newcomers_ = std::make_shared<Newcomers>(config_->newcomers);
    std::shared_ptr<Newcomers> readers_ = std::make_shared<Newcomers>(config_->readers);
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
    [[nodiscard]] std::size_t newcomers() const override { return server_->newcomers(); }
    [[nodiscard]] std::uint64_t dropped() const override { return server_->dropped(); }
    void use_tls(std::shared_ptr<TlsContext> tls) override { server_->use_tls(std::move(tls)); }
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
