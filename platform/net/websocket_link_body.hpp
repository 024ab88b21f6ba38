// The body of a WebSocketLink, for the two translation units that make one. Internal to platform/net.
#pragma once

#include <utility>
#include <vector>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include "platform/net/websocket_link.hpp"

namespace debrief::platform {

template <typename Socket>
class WebSocketLink final : public Link, public std::enable_shared_from_this<WebSocketLink<Socket>> {
public:
    WebSocketLink(Socket socket, LinkParts parts) : socket_(std::move(socket)), parts_(std::move(parts)) {
        socket_.binary(!parts_.text);
        socket_.read_message_max(parts_.stranger_message_max);
        // From now on Beast times the closing only.
        socket_.set_option(Base::timeout{close_limit, Base::none(), false});
    }

    void start(Events events) override {
        events_ = std::move(events);
        boost::asio::co_spawn(
            socket_.get_executor(), [self = this->shared_from_this()] { return self->read(); }, boost::asio::detached);
        if (!queue_.empty() || closing_) begin_writing();
    }

    void send(SharedBytes message, bool urgent) override {
        if (ended_ || closing_) return;
        queued_bytes_ += message->size();
        // The message at the front may be on its way already; it must stay where it is.
        if (urgent && !queue_.empty()) {
            queue_.insert(queue_.begin() + (writing_ ? 1 : 0), std::move(message));
        } else {
            queue_.push_back(std::move(message));
        }
        if (!writing_ && events_.message) begin_writing();
    }

    void close(std::uint16_t code, std::string_view reason) override {
        if (ended_ || closing_) return;
        closing_ = true;
        close_code_ = code;
        close_reason_ = std::string(reason.substr(0, 120));
        if (writing_) {
            // A peer that takes nothing does not take our leave either.
            boost::asio::co_spawn(
                socket_.get_executor(), [self = this->shared_from_this()] { return self->give_up(); },
                boost::asio::detached);
        } else if (events_.message) {
            begin_writing();
        }
    }

    void abort() override {
        drop();
        end(LinkEnd::Kind::lost, "dropped here");
    }

    void settle() override {
        parts_.newcomer.reset();
        socket_.read_message_max(parts_.settled_message_max);
    }
    [[nodiscard]] std::size_t queued_bytes() const override { return queued_bytes_; }
    [[nodiscard]] bool more_waits() const override {
        boost::beast::error_code ignored;
        return !ended_ && boost::beast::get_lowest_layer(socket_).socket().available(ignored) > 0;
    }
    [[nodiscard]] bool is_text() const override { return parts_.text; }
    [[nodiscard]] const std::string& peer() const override { return parts_.peer; }

private:
    using Base = boost::beast::websocket::stream_base;
    static constexpr auto quiet = boost::asio::as_tuple(boost::asio::use_awaitable);
    static constexpr std::chrono::seconds close_limit{2};
    static constexpr std::chrono::seconds leave_limit{5};  ///< For what was being written when we took leave.
    static constexpr std::size_t buffer_kept = 4U << 10U;  ///< What a session that once read more keeps.

    void begin_writing() {
        writing_ = true;
        go_on_writing();
    }

    // Callbacks and no coroutine: one change goes to thousands of sessions at the same time, and a coroutine for each
    // was more work than the writing.
    void go_on_writing() {
        if (!queue_.empty()) {
            const SharedBytes& message = queue_.front();
            socket_.async_write(boost::asio::buffer(*message),
                                [self = this->shared_from_this(), message](boost::beast::error_code error,
                                                                           std::size_t) { self->written(error); });
        } else if (closing_) {
            boost::asio::co_spawn(
                socket_.get_executor(), [self = this->shared_from_this()] { return self->take_leave(); },
                boost::asio::detached);
        } else {
            writing_ = false;
        }
    }

    void written(const boost::beast::error_code& error) {
        if (ended_) return;
        queued_bytes_ -= queue_.front()->size();
        queue_.erase(queue_.begin());
        if (error) {
            drop();
            end(LinkEnd::Kind::lost, error.message());
            return;
        }
        if (queue_.empty() && events_.drained) events_.drained();
        if (!ended_) go_on_writing();
    }

    boost::asio::awaitable<void> give_up() {
        const auto self = this->shared_from_this();
        boost::asio::steady_timer timer{socket_.get_executor(), leave_limit};
        co_await timer.async_wait(quiet);
        if (!ended_) abort();
    }

    void drop() {
        boost::beast::error_code ignored;
        boost::beast::get_lowest_layer(socket_).socket().close(ignored);
    }

    boost::asio::awaitable<void> read() {
        const auto self = this->shared_from_this();
        boost::beast::flat_buffer buffer;
        while (!ended_) {
            const auto [error, size] = co_await socket_.async_read(buffer, quiet);
            if (error) {
                const bool orderly = error == boost::beast::websocket::error::closed || closing_;
                const std::string said{socket_.reason().reason.data(), socket_.reason().reason.size()};
                end(orderly ? LinkEnd::Kind::closed : LinkEnd::Kind::lost,
                    orderly && !said.empty() ? said : error.message());
                co_return;
            }
            const auto data = buffer.cdata();
            if (events_.message) events_.message({static_cast<const std::uint8_t*>(data.data()), size});
            buffer.consume(buffer.size());
            if (buffer.capacity() > buffer_kept) buffer.shrink_to_fit();
        }
    }

    boost::asio::awaitable<void> take_leave() {
        const auto self = this->shared_from_this();
        if (ended_) co_return;
        boost::beast::websocket::close_reason reason{static_cast<boost::beast::websocket::close_code>(close_code_)};
        reason.reason.assign(close_reason_.data(), close_reason_.size());
        co_await socket_.async_close(reason, quiet);
        drop();
        end(LinkEnd::Kind::closed, close_reason_);
    }

    void end(LinkEnd::Kind kind, std::string detail) {
        if (ended_) return;
        ended_ = true;
        queue_.clear();
        queued_bytes_ = 0;
        settle();
        // The listener may let go of this link, and of what it captured, while it is told.
        const auto self = this->shared_from_this();
        const Events events = std::exchange(events_, {});
        if (events.closed) events.closed({kind, std::move(detail)});
    }

    Socket socket_;
    LinkParts parts_;
    Events events_;
    std::vector<SharedBytes> queue_;
    std::size_t queued_bytes_ = 0;
    bool writing_ = false;
    bool closing_ = false;
    bool ended_ = false;
    std::uint16_t close_code_ = 1000;
    std::string close_reason_;
};

}  // namespace debrief::platform
