// One attempt to open a WebSocket, over TLS or not. Internal to platform/net: it brings in Beast.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/fields.hpp>

#include "platform/net/tls.hpp"
#include "platform/net/websocket_client.hpp"
#include "platform/net/websocket_link.hpp"

namespace debrief::platform {

/// What the coroutine and the handle share: whoever holds the handle may stop listening.
struct ClientAttempt {
    explicit ClientAttempt(boost::asio::io_context& io) : resolver(io) {}
    boost::asio::ip::tcp::resolver resolver;
    std::function<void()> drop;  ///< Closes the socket as far as there is one.
    std::function<void(std::shared_ptr<Link>, LinkEnd)> done;

    void tell(std::shared_ptr<Link> link, LinkEnd end) {
        drop = nullptr;
        if (const auto told = std::exchange(done, nullptr)) told(std::move(link), std::move(end));
    }
};

/// What an answer to our upgrade means that is no 101.
LinkEnd end_of_upgrade(const boost::beast::error_code& error, const boost::beast::websocket::response_type& answer);
/// host:port, an IPv6 host in brackets.
std::string host_field(const ServerUrl& url);

/// The part that is the same for both kinds: from a stream that is connected to a link.
template <typename Stream>
boost::asio::awaitable<void> upgrade(std::shared_ptr<ClientAttempt> attempt, Stream stream, ServerUrl url) {
    namespace beast = boost::beast;
    const beast::string_view protocol{subprotocol_binary.data(), subprotocol_binary.size()};
    WebSocketOver<Stream> socket{std::move(stream)};
    attempt->drop = [&socket] {
        beast::error_code ignored;
        beast::get_lowest_layer(socket).socket().close(ignored);
    };
    beast::get_lowest_layer(socket).expires_never();
    prepare(socket);
    socket.set_option(beast::websocket::stream_base::decorator([protocol](beast::websocket::request_type& request) {
        request.set(beast::http::field::sec_websocket_protocol, protocol);
    }));
    const auto host = host_field(url);
    beast::websocket::response_type answer;
    const auto [error] =
        co_await socket.async_handshake(answer, host, url.path, boost::asio::as_tuple(boost::asio::use_awaitable));
    if (error) {
        attempt->tell(nullptr, end_of_upgrade(error, answer));
    } else if (answer[beast::http::field::sec_websocket_protocol] != protocol) {
        attempt->tell(nullptr,
                      {LinkEnd::Kind::not_debrief, "the server does not speak " + std::string(subprotocol_binary)});
    } else {
        attempt->tell(make_link(std::move(socket), {.peer = host}), {});
    }
}

/// From a connected socket through TLS to a link: tls_client.cpp.
boost::asio::awaitable<void> upgrade_tls(std::shared_ptr<ClientAttempt> attempt, boost::beast::tcp_stream stream,
                                         ServerUrl url, std::shared_ptr<TlsContext> tls);

}  // namespace debrief::platform
