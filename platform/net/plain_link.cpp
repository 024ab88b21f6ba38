#include "platform/net/websocket_link_body.hpp"

namespace debrief::platform {

std::shared_ptr<Link> make_link(WebSocket socket, LinkParts parts) {
    return std::make_shared<WebSocketLink<WebSocket>>(std::move(socket), std::move(parts));
}

}  // namespace debrief::platform
