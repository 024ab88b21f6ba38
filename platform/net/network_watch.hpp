// Tells when the machine's network has become another one: an address or a route came or went.
#pragma once

#include <functional>
#include <memory>

#include <boost/asio/io_context.hpp>

namespace debrief::platform {

/// Threads: the io_context's. Ends with its destruction.
class NetworkWatch {
public:
    virtual ~NetworkWatch() = default;
    /// `changed` is called a moment after the last of several changes. Nothing where the system does not tell: links
    /// then come back by their own timers. Linux: a netlink route socket.
    static std::unique_ptr<NetworkWatch> start(boost::asio::io_context& io, std::function<void()> changed);
};

}  // namespace debrief::platform
