// The server's side of TLS.
#include <boost/beast/websocket/ssl.hpp>

#include "platform/net/http_session.hpp"
#include "platform/net/tls_context.hpp"

namespace debrief::platform {

namespace asio = boost::asio;

asio::awaitable<void> serve_tls(boost::beast::tcp_stream stream, HttpPeer peer,
                                std::shared_ptr<const HttpServerConfig> config, std::shared_ptr<TlsContext> tls) {
    TlsStream secure{std::move(stream), tls->context};
    boost::beast::get_lowest_layer(secure).expires_after(request_limit);
    const auto [error] =
        co_await secure.async_handshake(asio::ssl::stream_base::server, asio::as_tuple(asio::use_awaitable));
    if (error) co_return;
    co_await serve_http(std::move(secure), std::move(peer), std::move(config));
}

}  // namespace debrief::platform
