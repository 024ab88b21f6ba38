// A device's own key. A token is good for an hour; after that a device shows who it is by signing what the server drew.
// Source: Ed25519, RFC 8032, as libsodium has it.
#pragma once

#include <cstdint>

#include "core/bytes.hpp"
#include "core/uuid.hpp"

namespace debrief::sync {

inline constexpr std::size_t seed_bytes = 32;   ///< A secret: drawn at enrolment, kept in the device's store.
inline constexpr std::size_t key_bytes = 32;    ///< Public: the server's copy.
inline constexpr std::size_t nonce_bytes = 32;  ///< Drawn by the server, good for one answer.
inline constexpr std::size_t signature_bytes = 64;

/// `seed` has `seed_bytes`.
core::Bytes public_key(core::ByteView seed);

/// What is signed: 16 bytes "debrief.prove.v1", the server's id, the device's id, the incarnation (8 bytes,
/// big-endian), the nonce. The server is the one that the device was enrolled with: a proof is of no use to any other.
core::Bytes proof_message(const core::Uuid& server, const core::Uuid& device, std::uint64_t incarnation,
                          core::ByteView nonce);
core::Bytes sign(core::ByteView seed, core::ByteView message);
/// Does the same work whether it holds or not; false for a key or signature of another length.
bool verify(core::ByteView key, core::ByteView message, core::ByteView signature);

}  // namespace debrief::sync
