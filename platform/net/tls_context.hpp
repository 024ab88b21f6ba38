// What a TlsContext is. Internal to platform/net: it brings in OpenSSL.
#pragma once

#include <boost/asio/ssl/context.hpp>

#include "platform/net/tls.hpp"

namespace debrief::platform {

class TlsContext {
public:
    explicit TlsContext(boost::asio::ssl::context::method method) : context(method) {}
    boost::asio::ssl::context context;
};

}  // namespace debrief::platform
