#include "platform/net/websocket_link.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace debrief::platform {
namespace {

namespace asio = boost::asio;
namespace websocket = boost::beast::websocket;
constexpr auto quiet = asio::as_tuple(asio::use_awaitable);

}  // namespace

void prepare(WebSocket& socket) {
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

WebSocketLink::WebSocketLink(WebSocket socket, bool text, std::string peer, std::shared_ptr<void> companion)
    : socket_(std::move(socket)), text_(text), peer_(std::move(peer)), companion_(std::move(companion)) {
    socket_.binary(!text_);
}

void WebSocketLink::start(Events events) {
    events_ = std::move(events);
    asio::co_spawn(
        socket_.get_executor(), [self = shared_from_this()] { return self->read(); }, asio::detached);
    if (!queue_.empty() || closing_) {
        writing_ = true;
        asio::co_spawn(
            socket_.get_executor(), [self = shared_from_this()] { return self->write(); }, asio::detached);
    }
}

void WebSocketLink::send(SharedBytes message, bool urgent) {
    if (ended_ || closing_) return;
    queued_bytes_ += message->size();
    // The message at the front may be on its way already; it must stay where it is.
    if (urgent && !queue_.empty()) {
        queue_.insert(queue_.begin() + (writing_ ? 1 : 0), std::move(message));
    } else {
        queue_.push_back(std::move(message));
    }
    if (writing_ || !events_.message) return;
    writing_ = true;
    asio::co_spawn(
        socket_.get_executor(), [self = shared_from_this()] { return self->write(); }, asio::detached);
}

void WebSocketLink::close(std::string_view reason) {
    if (ended_ || closing_) return;
    closing_ = true;
    close_reason_ = std::string(reason.substr(0, 120));
    if (writing_ || !events_.message) return;
    writing_ = true;
    asio::co_spawn(
        socket_.get_executor(), [self = shared_from_this()] { return self->write(); }, asio::detached);
}

void WebSocketLink::abort() {
    boost::beast::error_code ignored;
    boost::beast::get_lowest_layer(socket_).socket().close(ignored);
    end(LinkEnd::Kind::lost, "dropped here");
}

asio::awaitable<void> WebSocketLink::read() {
    const auto self = shared_from_this();
    boost::beast::flat_buffer buffer;
    while (!ended_) {
        const auto [error, size] = co_await socket_.async_read(buffer, quiet);
        if (error) {
            const bool orderly = error == websocket::error::closed || closing_;
            const std::string said{socket_.reason().reason.data(), socket_.reason().reason.size()};
            end(orderly ? LinkEnd::Kind::closed : LinkEnd::Kind::lost,
                orderly && !said.empty() ? said : error.message());
            co_return;
        }
        const auto data = buffer.cdata();
        if (events_.message) events_.message({static_cast<const std::uint8_t*>(data.data()), size});
        buffer.consume(buffer.size());
    }
}

asio::awaitable<void> WebSocketLink::write() {
    const auto self = shared_from_this();
    while (!ended_ && !queue_.empty()) {
        const SharedBytes message = queue_.front();
        const auto [error, written] = co_await socket_.async_write(asio::buffer(*message), quiet);
        if (ended_) co_return;
        queued_bytes_ -= message->size();
        queue_.pop_front();
        if (error) {
            boost::beast::error_code ignored;
            boost::beast::get_lowest_layer(socket_).socket().close(ignored);
            end(LinkEnd::Kind::lost, error.message());
            co_return;
        }
        if (queue_.empty() && events_.drained) events_.drained();
    }
    if (closing_ && !ended_) {
        websocket::close_reason reason{websocket::close_code::normal};
        reason.reason.assign(close_reason_.data(), close_reason_.size());
        co_await socket_.async_close(reason, quiet);
        end(LinkEnd::Kind::closed, close_reason_);
    }
    writing_ = false;
}

void WebSocketLink::end(LinkEnd::Kind kind, std::string detail) {
    if (ended_) return;
    ended_ = true;
    queue_.clear();
    queued_bytes_ = 0;
    // The listener may let go of this link, and of what it captured, while it is told.
    const auto self = shared_from_this();
    const Events events = std::exchange(events_, {});
    if (events.closed) events.closed({kind, std::move(detail)});
}

}  // namespace debrief::platform
