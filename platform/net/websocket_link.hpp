// A Link over a Beast WebSocket, for both ends. Internal to platform/net: it brings in Beast.
#pragma once

#include <deque>
#include <memory>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/websocket/stream.hpp>

#include "platform/net/link.hpp"

namespace debrief::platform {

using WebSocket = boost::beast::websocket::stream<boost::beast::tcp_stream>;

/// Sets limits and time-outs of our own choosing; call before the handshake.
void prepare(WebSocket& socket);

class WebSocketLink final : public Link, public std::enable_shared_from_this<WebSocketLink> {
public:
    /// `companion` lives as long as the link.
    WebSocketLink(WebSocket socket, bool text, std::string peer, std::shared_ptr<void> companion = nullptr);

    void start(Events events) override;
    void send(SharedBytes message, bool urgent) override;
    void close(std::string_view reason) override;
    void abort() override;
    [[nodiscard]] std::size_t queued_bytes() const override { return queued_bytes_; }
    [[nodiscard]] bool is_text() const override { return text_; }
    [[nodiscard]] const std::string& peer() const override { return peer_; }

private:
    boost::asio::awaitable<void> read();
    boost::asio::awaitable<void> write();
    void end(LinkEnd::Kind kind, std::string detail);

    WebSocket socket_;
    bool text_;
    std::string peer_;
    std::shared_ptr<void> companion_;
    Events events_;
    std::deque<SharedBytes> queue_;
    std::size_t queued_bytes_ = 0;
    bool writing_ = false;
    bool closing_ = false;
    bool ended_ = false;
    std::string close_reason_;
};

}  // namespace debrief::platform
