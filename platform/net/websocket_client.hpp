// Opens a Link to a server.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include <boost/asio/io_context.hpp>

#include "core/result.hpp"
#include "platform/net/link.hpp"

namespace debrief::platform {

struct ServerUrl {
    std::string host;
    std::string port;
    std::string path = "/sync";
    bool tls = false;
    std::string ca{};  ///< PEM of the authority to trust with TLS; empty: the system's own. Not in the text.
};
/// Of `http(s)://host[:port]/…` or `ws(s)://host[:port]/…`; path and fragment are not looked at.
/// Errors: `invalid`, saying what a right one looks like.
core::Result<ServerUrl> parse_server_url(const std::string& text);
/// As a browser names a page of this server: scheme, host, and the port where it is not the scheme's own.
std::string origin_of(const ServerUrl& url);
bool is_loopback(const std::string& host);

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
