// Opens a Link to a server.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include <boost/asio/io_context.hpp>

#include "core/result.hpp"
#include "platform/link/server_url.hpp"
#include "platform/net/link.hpp"

namespace debrief::platform {

/// Tells `done` once: a link that is not started yet, or why there is none. Gives up after ten seconds a step.
/// Without TLS only this very machine is spoken to; with it nothing is said before certificate and host name are right.
/// Destroying the returned handle gives up at once and tells nobody.
class Connecting {
public:
    virtual ~Connecting() = default;
};
std::unique_ptr<Connecting> connect(boost::asio::io_context& io, const ServerUrl& url,
                                    std::function<void(std::shared_ptr<Link>, LinkEnd)> done);

}  // namespace debrief::platform
