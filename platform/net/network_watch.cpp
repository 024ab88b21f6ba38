#include "platform/net/network_watch.hpp"

#ifdef __linux__
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

namespace debrief::platform {
namespace {

namespace asio = boost::asio;

class RouteSocket final : public NetworkWatch {
public:
    RouteSocket(asio::io_context& io, int descriptor, std::function<void()> changed)
        : socket_(io, descriptor), pause_(io), changed_(std::move(changed)) {
        read();
    }

private:
    // What exactly has changed does not matter: whoever waits tries again. Too much to read (ENOBUFS) is a change too.
    void read() {
        socket_.async_read_some(asio::buffer(news_), [this](const boost::system::error_code& error, std::size_t) {
            if (error == asio::error::operation_aborted || error == asio::error::eof) return;
            pause_.expires_after(std::chrono::milliseconds(200));
            pause_.async_wait([this](const boost::system::error_code& broken_off) {
                if (!broken_off) changed_();
            });
            read();
        });
    }

    asio::posix::stream_descriptor socket_;
    asio::steady_timer pause_;
    std::function<void()> changed_;
    std::array<std::uint8_t, 8192> news_{};
};

}  // namespace

std::unique_ptr<NetworkWatch> NetworkWatch::start(asio::io_context& io, std::function<void()> changed) {
    const int descriptor = ::socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, NETLINK_ROUTE);
    if (descriptor < 0) return nullptr;
    ::sockaddr_nl address{};
    address.nl_family = AF_NETLINK;
    address.nl_groups = RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_IPV4_ROUTE | RTMGRP_IPV6_ROUTE;
    if (::bind(descriptor, reinterpret_cast<const ::sockaddr*>(&address), sizeof address) != 0) {
        ::close(descriptor);
        return nullptr;
    }
    return std::make_unique<RouteSocket>(io, descriptor, std::move(changed));
}

}  // namespace debrief::platform

#else

namespace debrief::platform {
std::unique_ptr<NetworkWatch> NetworkWatch::start(boost::asio::io_context&, std::function<void()>) {
    return nullptr;
}
}  // namespace debrief::platform

#endif
