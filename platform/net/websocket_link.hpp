// A Link over a Beast WebSocket, for both ends, with TLS and without. Internal to platform/net: it brings in Beast.
#pragma once

#include <memory>
#include <string>

#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/beast/websocket/stream.hpp>

#include "platform/net/link.hpp"

namespace debrief::platform {

using TlsStream = boost::beast::ssl_stream<boost::beast::tcp_stream>;
template <typename Stream>
using WebSocketOver = boost::beast::websocket::stream<Stream>;
using WebSocket = WebSocketOver<boost::beast::tcp_stream>;
using TlsWebSocket = WebSocketOver<TlsStream>;

/// Sets limits and time-outs of our own choosing; call before the handshake.
template <typename Stream>
void prepare(WebSocketOver<Stream>& socket) {
    namespace websocket = boost::beast::websocket;
    // Our own ping finds a dead peer sooner than Beast's; its time-out stays for the handshake and for closing.
    socket.set_option(websocket::stream_base::timeout{std::chrono::seconds(10), websocket::stream_base::none(), false});
    socket.read_message_max(message_bytes_max);
    socket.auto_fragment(false);
    // Beast's deflate holds its window a connection for ever; off.
    websocket::permessage_deflate deflate;
    deflate.client_enable = false;
    deflate.server_enable = false;
    socket.set_option(deflate);
}

/// What a link is made of, beside its socket.
struct LinkParts {
    bool text = false;                                     ///< Speaks debrief.1.json.
    std::string peer;                                      ///< The address.
    std::shared_ptr<void> companion = nullptr;             ///< Lives as long as the link.
    std::shared_ptr<void> newcomer = nullptr;              ///< Let go when the link is settled, or has ended.
    std::size_t stranger_message_max = message_bytes_max;  ///< Until it is settled.
    std::size_t settled_message_max = message_bytes_max;
};
/// One each in plain_link.cpp and tls_link.cpp.
std::shared_ptr<Link> make_link(WebSocket socket, LinkParts parts);
std::shared_ptr<Link> make_link(TlsWebSocket socket, LinkParts parts);

}  // namespace debrief::platform
