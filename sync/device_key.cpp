#include "sync/device_key.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

#include "core/result.hpp"

namespace debrief::sync {
namespace {

static_assert(seed_bytes == crypto_sign_SEEDBYTES && key_bytes == crypto_sign_PUBLICKEYBYTES &&
              signature_bytes == crypto_sign_BYTES);
constexpr std::string_view context = "debrief.prove.v1";

/// Both halves; the secret one is wiped when it is done with.
struct KeyPair {
    explicit KeyPair(core::ByteView seed) {
        DEBRIEF_CHECK(seed.size() == seed_bytes);
        crypto_sign_seed_keypair(open.data(), secret.data(), seed.data());
    }
    ~KeyPair() { sodium_memzero(secret.data(), secret.size()); }
    KeyPair(const KeyPair&) = delete;
    KeyPair& operator=(const KeyPair&) = delete;

    std::array<std::uint8_t, key_bytes> open{};
    std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret{};
};

}  // namespace

core::Bytes public_key(core::ByteView seed) {
    const KeyPair pair{seed};
    return {pair.open.begin(), pair.open.end()};
}

core::Bytes proof_message(const core::Uuid& server, const core::Uuid& device, std::uint64_t incarnation,
                          core::ByteView nonce) {
    core::Bytes message{context.begin(), context.end()};
    // One by one: gcc 12 takes an insertion at the end for one that overlaps.
    const auto add = [&message](core::ByteView bytes) {
        std::copy(bytes.begin(), bytes.end(), std::back_inserter(message));
    };
    add(server.view());
    add(device.view());
    for (unsigned shift = 64; shift > 0; shift -= 8)
        message.push_back(static_cast<std::uint8_t>((incarnation >> (shift - 8U)) & 0xFFU));
    add(nonce);
    return message;
}

core::Bytes sign(core::ByteView seed, core::ByteView message) {
    const KeyPair pair{seed};
    core::Bytes signature(signature_bytes);
    crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), pair.secret.data());
    return signature;
}

bool verify(core::ByteView key, core::ByteView message, core::ByteView signature) {
    if (key.size() != key_bytes || signature.size() != signature_bytes) return false;
    return crypto_sign_verify_detached(signature.data(), message.data(), message.size(), key.data()) == 0;
}

}  // namespace debrief::sync
