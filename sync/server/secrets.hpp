// Secrets are kept as hashes and compared in constant time.
#pragma once

#include "core/bytes.hpp"
#include "core/sources.hpp"

namespace debrief::sync {

inline constexpr std::size_t secret_bytes = 32;

core::Bytes make_secret(core::RandomSource& random);
/// SHA-256: the secrets are 256 random bits, so nothing slower is needed.
core::Bytes hash_of(core::ByteView secret);
bool same_secret(core::ByteView a, core::ByteView b);

}  // namespace debrief::sync
