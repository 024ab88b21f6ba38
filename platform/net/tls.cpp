#include "platform/net/tls.hpp"

#include <sys/stat.h>

#include <boost/asio/buffer.hpp>

#include "platform/net/tls_context.hpp"

namespace debrief::platform {
namespace {

namespace ssl = boost::asio::ssl;
using boost::system::error_code;
using core::Errc;
using core::Error;

core::Status only_new_versions(ssl::context& context) {
    error_code error;
    context.set_options(ssl::context::default_workarounds | ssl::context::no_compression, error);
    if (error || SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION) != 1)
        return Error{Errc::internal, "OpenSSL refuses TLS 1.2.", {}, {}};
    // A peer must not make us compute keys again and again, nor may a buffer be kept for each that is idle.
    SSL_CTX_set_options(context.native_handle(), SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_mode(context.native_handle(), SSL_MODE_RELEASE_BUFFERS);
    return core::Ok{};
}

core::Status private_file(const std::string& path) {
    struct ::stat found {};
    if (::stat(path.c_str(), &found) != 0 || !S_ISREG(found.st_mode)) {
        return Error{Errc::invalid, "There is no key file " + path + ".", "tls-key",
                     "Give the private key of the certificate: --tls-key FILE."};
    }
    if ((found.st_mode & 077U) != 0) {
        return Error{Errc::denied, "Others may read the private key " + path + ".", "tls-key",
                     "Run: chmod 600 '" + path + "'"};
    }
    return core::Ok{};
}

}  // namespace

core::Result<std::shared_ptr<TlsContext>> server_tls(const std::string& cert_file, const std::string& key_file) {
    DEBRIEF_TRY(private_file(key_file));
    auto tls = std::make_shared<TlsContext>(ssl::context::tls_server);
    auto& context = tls->context;
    DEBRIEF_TRY(only_new_versions(context));
    error_code error;
    // Nobody is there to type it.
    context.set_password_callback([](std::size_t, ssl::context::password_purpose) { return std::string(); }, error);
    context.use_certificate_chain_file(cert_file, error);
    if (error) {
        return Error{Errc::invalid, "Cannot use the certificate " + cert_file + ": " + error.message() + ".",
                     "tls-cert",
                     "It must be PEM: the server's certificate first, then those that lead to its authority."};
    }
    context.use_private_key_file(key_file, ssl::context::pem, error);
    if (error || SSL_CTX_check_private_key(context.native_handle()) != 1) {
        return Error{Errc::invalid,
                     "The private key " + key_file + " cannot be used with the certificate " + cert_file + ".",
                     "tls-key", "It must be PEM, without a password, and belong to the certificate."};
    }
    return tls;
}

core::Result<std::shared_ptr<TlsContext>> client_tls(const std::string& ca) {
    auto tls = std::make_shared<TlsContext>(ssl::context::tls_client);
    auto& context = tls->context;
    DEBRIEF_TRY(only_new_versions(context));
    error_code error;
    context.set_verify_mode(ssl::verify_peer, error);
    if (!error && ca.empty()) {
        context.set_default_verify_paths(error);
        if (error) return Error{Errc::io, "The system's certificate authorities cannot be read.", {}, {}};
        return tls;
    }
    if (!error) context.add_certificate_authority(boost::asio::buffer(ca), error);
    if (error) {
        return Error{Errc::invalid, "The certificate authority cannot be read: " + error.message() + ".", "ca",
                     "Give a PEM file with the certificate of the authority that signed the server's."};
    }
    return tls;
}

}  // namespace debrief::platform
