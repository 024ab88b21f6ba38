// TLS for both ends: certificates and keys from files or text, as OpenSSL contexts that the rest of net/ passes on.
#pragma once

#include <memory>
#include <string>

#include "core/result.hpp"

namespace debrief::platform {

/// TLS 1.2 or newer, with the system's ciphers. Threads: any, once made.
class TlsContext;  // tls_context.hpp

/// A server's certificate (PEM, with the chain up to the authority) and its private key (PEM, not encrypted).
/// Errors: `denied` for a key that others may read, with the chmod to run; `invalid`, naming the file and what is wrong
/// with it.
core::Result<std::shared_ptr<TlsContext>> server_tls(const std::string& cert_file, const std::string& key_file);

/// A client that checks certificate and host name against the system's authorities, or against `ca` alone: PEM of one
/// or more certificates. Errors: `invalid` if `ca` holds no certificate.
core::Result<std::shared_ptr<TlsContext>> client_tls(const std::string& ca);

}  // namespace debrief::platform
