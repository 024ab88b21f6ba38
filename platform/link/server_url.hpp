// Where a server is.
#pragma once

#include <string>

#include "core/result.hpp"

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

}  // namespace debrief::platform
