#include "platform/net/websocket_client.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/fields.hpp>

#include "platform/net/websocket_link.hpp"

namespace debrief::platform {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
using tcp = asio::ip::tcp;
constexpr auto quiet = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::seconds connect_limit{10};

using Done = std::function<void(std::shared_ptr<Link>, LinkEnd)>;

/// What the coroutine and the handle share: whoever holds the handle may stop listening.
struct Attempt {
    explicit Attempt(asio::io_context& io) : resolver(io), socket(io) {}
    tcp::resolver resolver;
    WebSocket socket;
    Done done;

    void tell(std::shared_ptr<Link> link, LinkEnd end) {
        if (const Done told = std::exchange(done, nullptr)) told(std::move(link), std::move(end));
    }
};

LinkEnd end_of(const beast::error_code& error, const websocket::response_type& answer) {
    if (error == websocket::error::upgrade_declined) {
        const auto status = answer.result_int();
        const std::string said = "the server answered " + std::to_string(status);
        if (status == 401 || status == 403) return {LinkEnd::Kind::not_allowed, said};
        if (status == 429 || status == 503) return {LinkEnd::Kind::busy, said};
        return {LinkEnd::Kind::not_debrief, said};
    }
    if (error == beast::error::timeout) return {LinkEnd::Kind::lost, "no answer within ten seconds"};
    return {LinkEnd::Kind::not_debrief, error.message()};
}

asio::awaitable<void> run(std::shared_ptr<Attempt> attempt, ServerUrl url) {
    const auto [resolve_error, endpoints] = co_await attempt->resolver.async_resolve(url.host, url.port, quiet);
    if (resolve_error) {
        attempt->tell(nullptr, {LinkEnd::Kind::refused, resolve_error.message()});
        co_return;
    }
    auto& lowest = beast::get_lowest_layer(attempt->socket);
    lowest.expires_after(connect_limit);
    const auto [connect_error, endpoint] = co_await lowest.async_connect(endpoints, quiet);
    if (connect_error) {
        attempt->tell(nullptr, {LinkEnd::Kind::refused, connect_error.message()});
        co_return;
    }
    lowest.expires_never();
    beast::error_code ignored;
    lowest.socket().set_option(tcp::no_delay(true), ignored);
    prepare(attempt->socket);
    attempt->socket.set_option(websocket::stream_base::decorator([](websocket::request_type& request) {
        request.set(beast::http::field::sec_websocket_protocol,
                    beast::string_view(subprotocol_binary.data(), subprotocol_binary.size()));
    }));
    const bool bracketed = url.host.find(':') != std::string::npos;
    const std::string host = (bracketed ? "[" + url.host + "]" : url.host) + ":" + url.port;
    websocket::response_type answer;
    const auto [error] = co_await attempt->socket.async_handshake(answer, host, url.path, quiet);
    if (error) {
        attempt->tell(nullptr, end_of(error, answer));
        co_return;
    }
    if (answer[beast::http::field::sec_websocket_protocol] !=
        beast::string_view(subprotocol_binary.data(), subprotocol_binary.size())) {
        attempt->tell(nullptr,
                      {LinkEnd::Kind::not_debrief, "the server does not speak " + std::string(subprotocol_binary)});
        co_return;
    }
    attempt->tell(std::make_shared<WebSocketLink>(std::move(attempt->socket), false, host), {});
}

class Handle final : public Connecting {
public:
    explicit Handle(std::shared_ptr<Attempt> attempt) : attempt_(std::move(attempt)) {}
    ~Handle() override {
        if (!attempt_->done) return;
        attempt_->done = nullptr;
        attempt_->resolver.cancel();
        beast::error_code ignored;
        beast::get_lowest_layer(attempt_->socket).socket().close(ignored);
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;

private:
    std::shared_ptr<Attempt> attempt_;
};

}  // namespace

std::unique_ptr<Connecting> connect(asio::io_context& io, const ServerUrl& url, Done done) {
    auto attempt = std::make_shared<Attempt>(io);
    attempt->done = std::move(done);
    asio::co_spawn(io, run(attempt, url), asio::detached);
    return std::make_unique<Handle>(attempt);
}

}  // namespace debrief::platform
