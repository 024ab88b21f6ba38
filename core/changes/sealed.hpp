// A changeset that only the workspace's server can read: what a device keeps of work in a place that it lost, until the
// server has taken it over. Source: libsodium, sealed boxes (X25519, XSalsa20-Poly1305, a sender nobody knows).
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace debrief::core {

inline constexpr std::size_t seal_seed_bytes = 32;  ///< What the server keeps: a secret, never logged, never sent.
inline constexpr std::size_t seal_key_bytes = 32;   ///< What it tells its devices.

/// As it is kept and pushed in place of the changeset. Only `box` is secret.
struct Sealed {
    std::uint64_t n = 0;
    Bytes hash;  ///< By which the changeset within is known (`known_hash`): the box is another one each time.
    Bytes box;
};

/// The public half of the pair that a seed makes.
Bytes seal_key(ByteView seed);
/// `chance`: 32 unpredictable bytes, used for this box and forgotten. Errors: `invalid` for what is no key.
Result<Bytes> seal(ByteView payload, std::uint64_t n, ByteView hash, ByteView key, ByteView chance);
/// These bytes are, or want to be, a sealed changeset. No changeset is.
bool is_sealed(ByteView payload);
/// Errors: `corrupt`.
Result<Sealed> read_sealed(ByteView payload);
/// The changeset within. Errors: `denied` if it was sealed to another key, or changed since.
Result<Bytes> unseal(const Sealed& sealed, ByteView seed);

}  // namespace debrief::core
