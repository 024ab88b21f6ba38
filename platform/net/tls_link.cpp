#include <boost/beast/websocket/ssl.hpp>

#include "platform/net/websocket_link_body.hpp"

namespace debrief::platform {

std::shared_ptr<Link> make_link(TlsWebSocket socket, LinkParts parts) {
    return std::make_shared<WebSocketLink<TlsWebSocket>>(std::move(socket), std::move(parts));
}

}  // namespace debrief::platform
