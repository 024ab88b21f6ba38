// The client's side of TLS: who answers, and may we speak to them.
#include <openssl/x509v3.h>

#include <boost/asio/ip/address.hpp>
#include <boost/beast/websocket/ssl.hpp>

#include "platform/net/client_attempt.hpp"
#include "platform/net/tls_context.hpp"

namespace debrief::platform {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
constexpr std::chrono::seconds handshake_limit{10};

/// OpenSSL itself compares name and certificate, so that its verdict says which of the two was wrong.
bool expect(SSL* ssl, const std::string& host) {
    beast::error_code no_address;
    asio::ip::make_address(host, no_address);
    if (!no_address) return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host.c_str()) == 1;
    SSL_set_hostflags(ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    return SSL_set1_host(ssl, host.c_str()) == 1 && SSL_set_tlsext_host_name(ssl, host.c_str()) == 1;
}

LinkEnd end_of_handshake(const beast::error_code& error, long verdict) {
    using Kind = LinkEnd::Kind;
    if (error == beast::error::timeout) return {Kind::timed_out, "no answer within ten seconds"};
    const std::string said = X509_verify_cert_error_string(verdict);
    switch (verdict) {
        case X509_V_OK:
            break;
        case X509_V_ERR_CERT_HAS_EXPIRED:
        case X509_V_ERR_CERT_NOT_YET_VALID:
            return {Kind::expired, said};
        case X509_V_ERR_HOSTNAME_MISMATCH:
        case X509_V_ERR_IP_ADDRESS_MISMATCH:
            return {Kind::wrong_name, said};
        default:
            return {Kind::untrusted, said};
    }
    return {Kind::no_tls, error.message()};
}

}  // namespace

asio::awaitable<void> upgrade_tls(std::shared_ptr<ClientAttempt> attempt, beast::tcp_stream stream, ServerUrl url,
                                  std::shared_ptr<TlsContext> tls) {
    TlsStream secure{std::move(stream), tls->context};
    attempt->drop = [&secure] {
        beast::error_code ignored;
        beast::get_lowest_layer(secure).socket().close(ignored);
    };
    if (!expect(secure.native_handle(), url.host)) {
        attempt->tell(nullptr, {LinkEnd::Kind::no_tls, "OpenSSL cannot check the name " + url.host});
        co_return;
    }
    beast::get_lowest_layer(secure).expires_after(handshake_limit);
    const auto [error] =
        co_await secure.async_handshake(asio::ssl::stream_base::client, asio::as_tuple(asio::use_awaitable));
    if (error) {
        attempt->tell(nullptr, end_of_handshake(error, SSL_get_verify_result(secure.native_handle())));
        co_return;
    }
    co_await upgrade(attempt, std::move(secure), std::move(url));
}

}  // namespace debrief::platform
