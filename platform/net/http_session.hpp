// What the server says over one connection until it is a WebSocket, with TLS and without. Internal to platform/net: it
// brings in Beast.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/span_body.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include "platform/net/http_server.hpp"
#include "platform/net/tls.hpp"
#include "platform/net/websocket_link.hpp"

namespace debrief::platform {

using HttpRequest = boost::beast::http::request<boost::beast::http::string_body>;

/// What is written: a message over bytes that others may be reading at the same time.
struct HttpReply {
    boost::beast::http::response<boost::beast::http::span_body<const char>> message;
    std::shared_ptr<const std::string> body;
};

/// From the last word of the peer to its next request, all of it.
inline constexpr std::chrono::seconds request_limit{10};
/// Who is sent more than this reads for a while.
inline constexpr std::size_t reader_bytes = 16U << 10U;
/// How long a peer may take over so many bytes: a phone in a train gets the app, who reads nothing is let go.
constexpr std::chrono::seconds reading_limit(std::size_t bytes) {
    return request_limit + std::chrono::seconds{bytes >> 13U};
}

/// One peer, until it is a link.
struct HttpPeer {
    std::string address;
    std::uint16_t port = 0;
    std::shared_ptr<void> counted;   ///< Among the open connections.
    std::shared_ptr<void> newcomer;  ///< Among those who have not shown who they are.
    /// Places for this peer: as a newcomer, and as somebody who reads an answer.
    std::function<std::shared_ptr<void>()> arrive, read;
};

/// With the headers that keep a page safe. `secure`: over TLS.
HttpReply respond(const HttpRequest& request, HttpAnswer answer, bool keep_alive, bool secure);
/// The answer to bytes that are no request; nothing if the peer has just gone.
std::optional<HttpAnswer> answer_to(const boost::beast::error_code& error);
/// The answer to a request that is no upgrade.
HttpAnswer answer_to(const HttpRequest& request, const HttpPeer& peer, const HttpServerConfig& config);
/// Why this upgrade is refused, or nothing.
std::optional<HttpAnswer> refuse(const HttpRequest& request, const HttpPeer& peer, const HttpServerConfig& config);
/// The subprotocol to speak, from the client's list; empty if we share none.
std::string_view chosen_protocol(const HttpRequest& request);

template <typename Stream>
boost::asio::awaitable<void> upgrade(Stream stream, const HttpRequest& request, HttpPeer peer,
                                     std::shared_ptr<const HttpServerConfig> config) {
    namespace beast = boost::beast;
    const std::string_view protocol = config->speaks_sync ? chosen_protocol(request) : std::string_view{};
    WebSocketOver<Stream> socket{std::move(stream)};
    prepare(socket);
    if (config->speaks_sync) {
        socket.set_option(
            beast::websocket::stream_base::decorator([protocol](beast::websocket::response_type& response) {
                response.set(beast::http::field::sec_websocket_protocol,
                             beast::string_view(protocol.data(), protocol.size()));
            }));
    }
    const auto [error] = co_await socket.async_accept(request, boost::asio::as_tuple(boost::asio::use_awaitable));
    if (error) co_return;
    config->accepted(make_link(std::move(socket), {.text = protocol == subprotocol_json || !config->speaks_sync,
                                                   .peer = std::move(peer.address),
                                                   .companion = std::move(peer.counted),
                                                   .newcomer = std::move(peer.newcomer),
                                                   .stranger_message_max = config->stranger_message_max,
                                                   .settled_message_max = config->settled_message_max}));
}

/// Answers requests until the peer leaves, errs or becomes a link.
template <typename Stream>
boost::asio::awaitable<void> serve_http(Stream stream, HttpPeer peer, std::shared_ptr<const HttpServerConfig> config) {
    namespace beast = boost::beast;
    namespace http = boost::beast::http;
    constexpr auto quiet = boost::asio::as_tuple(boost::asio::use_awaitable);
    beast::flat_buffer buffer;
    for (;;) {
        // Who asks is the newest again: a crowd drops those who have said nothing for longest.
        peer.newcomer.reset();
        peer.newcomer = peer.arrive();
        http::request_parser<http::string_body> parser;
        parser.header_limit(16U << 10U);
        parser.body_limit(64U << 10U);
        beast::get_lowest_layer(stream).expires_after(request_limit);
        const auto [error, size] = co_await http::async_read(stream, buffer, parser, quiet);
        std::optional<HttpAnswer> last_word;
        if (error) last_word = answer_to(error);
        if (error && !last_word) co_return;
        const HttpRequest request = error ? HttpRequest{} : parser.release();
        const bool wants_socket = !error && beast::websocket::is_upgrade(request);
        if (wants_socket) last_word = refuse(request, peer, *config);
        if (wants_socket && !last_word) {
            beast::get_lowest_layer(stream).expires_never();
            co_await upgrade(std::move(stream), request, std::move(peer), std::move(config));
            co_return;
        }
        const bool secure = config->tls != nullptr;
        const auto reply = last_word
                               ? respond(request, std::move(*last_word), false, secure)
                               : respond(request, answer_to(request, peer, *config), request.keep_alive(), secure);
        const auto size_to_read = reply.message.body().size();
        beast::get_lowest_layer(stream).expires_after(reading_limit(size_to_read));
        // Colleagues behind one address must not cut each other's download short.
        std::shared_ptr<void> reader;
        if (size_to_read > reader_bytes) {
            reader = peer.read();
            peer.newcomer.reset();
        }
        const auto [write_error, written] = co_await http::async_write(stream, reply.message, quiet);
        if (write_error || !reply.message.keep_alive()) co_return;
    }
}

/// The same behind a TLS handshake: tls_server.cpp.
boost::asio::awaitable<void> serve_tls(boost::beast::tcp_stream stream, HttpPeer peer,
                                       std::shared_ptr<const HttpServerConfig> config, std::shared_ptr<TlsContext> tls);

}  // namespace debrief::platform
