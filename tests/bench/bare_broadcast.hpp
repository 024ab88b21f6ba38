// The raw limit of fan-out: Beast alone, one thread, and no opinion. What one connection says goes to all others, as
// bytes that they share; each connection has a queue, so that nobody waits for a slow one.
#pragma once

#include <deque>

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>

#include "tests/bench/bench_house.hpp"

namespace debrief::bench {

class BareServer {
public:
    explicit BareServer(boost::asio::io_context& io) : acceptor_(io, {boost::asio::ip::make_address("127.0.0.1"), 0}) {
        accept();
    }
    [[nodiscard]] std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

private:
    using Bytes = std::shared_ptr<const std::string>;

    class Session : public std::enable_shared_from_this<Session> {
    public:
        Session(BareServer& server, boost::asio::ip::tcp::socket socket) : server_(server), socket_(std::move(socket)) {
            boost::beast::get_lowest_layer(socket_).socket().set_option(boost::asio::ip::tcp::no_delay(true));
            socket_.binary(true);
            socket_.auto_fragment(false);
        }
        void start() {
            socket_.set_option(
                boost::beast::websocket::stream_base::decorator([](boost::beast::websocket::response_type& response) {
                    response.set(boost::beast::http::field::sec_websocket_protocol, "debrief.1");
                }));
            socket_.async_accept([self = shared_from_this()](boost::beast::error_code error) {
                if (error) return;
                self->server_.sessions_.push_back(self);
                self->read();
            });
        }
        void send(const Bytes& message) {
            queue_.push_back(message);
            if (queue_.size() == 1) write();
        }

    private:
        void read() {
            socket_.async_read(buffer_, [self = shared_from_this()](boost::beast::error_code error, std::size_t) {
                if (error) return;  // Nobody leaves before the bench ends.
                const auto message =
                    std::make_shared<const std::string>(boost::beast::buffers_to_string(self->buffer_.data()));
                self->buffer_.consume(self->buffer_.size());
                for (const auto& other : self->server_.sessions_) {
                    if (other != self) other->send(message);
                }
                self->read();
            });
        }
        void write() {
            socket_.async_write(boost::asio::buffer(*queue_.front()),
                                [self = shared_from_this()](boost::beast::error_code error, std::size_t) {
                                    if (error) return;
                                    self->queue_.pop_front();
                                    if (!self->queue_.empty()) self->write();
                                });
        }

        BareServer& server_;
        boost::beast::websocket::stream<boost::beast::tcp_stream> socket_;
        boost::beast::flat_buffer buffer_;
        std::deque<Bytes> queue_;
    };

    void accept() {
        acceptor_.async_accept([this](boost::beast::error_code error, boost::asio::ip::tcp::socket socket) {
            if (!error) std::make_shared<Session>(*this, std::move(socket))->start();
            accept();
        });
    }

    boost::asio::ip::tcp::acceptor acceptor_;
    std::vector<std::shared_ptr<Session>> sessions_;
};

}  // namespace debrief::bench
