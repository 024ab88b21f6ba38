#include "core/changes/sealed.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

#include "core/cbor.hpp"
#include "core/changes/changeset.hpp"

namespace debrief::core {
namespace {

static_assert(seal_seed_bytes == crypto_box_SEEDBYTES && seal_key_bytes == crypto_box_PUBLICKEYBYTES);

// A map of three whose first key is `b`: a changeset has more keys, and its first is `c`.
constexpr std::array<std::uint8_t, 3> mark{0xA3, 0x61, 'b'};

/// Both halves; the secret one is wiped when it is done with.
struct Pair {
    explicit Pair(ByteView seed) {
        DEBRIEF_CHECK(seed.size() == seal_seed_bytes);
        crypto_box_seed_keypair(open.data(), secret.data(), seed.data());
    }
    ~Pair() { sodium_memzero(secret.data(), secret.size()); }
    Pair(const Pair&) = delete;
    Pair& operator=(const Pair&) = delete;

    std::array<std::uint8_t, seal_key_bytes> open{};
    std::array<std::uint8_t, crypto_box_SECRETKEYBYTES> secret{};
};

/// As crypto_box_seal has it, which draws its own chance: here chance is handed in.
Bytes nonce_of(ByteView sender, ByteView receiver) {
    Bytes both{sender.begin(), sender.end()};
    std::copy(receiver.begin(), receiver.end(), std::back_inserter(both));
    Bytes nonce(crypto_box_NONCEBYTES);
    crypto_generichash(nonce.data(), nonce.size(), both.data(), both.size(), nullptr, 0);
    return nonce;
}

}  // namespace

Bytes seal_key(ByteView seed) {
    const Pair pair{seed};
    return {pair.open.begin(), pair.open.end()};
}

Result<Bytes> seal(ByteView payload, std::uint64_t n, ByteView hash, ByteView key, ByteView chance) {
    DEBRIEF_CHECK(hash.size() == hash_bytes);
    const Error no_key{Errc::invalid, "Nothing can be sealed to this key.", {}, {}};
    if (key.size() != seal_key_bytes) return no_key;
    const Pair sender{chance};
    Bytes box(sender.open.begin(), sender.open.end());
    box.resize(payload.size() + crypto_box_SEALBYTES);
    const auto nonce = nonce_of(sender.open, key);
    if (crypto_box_easy(box.data() + sender.open.size(), payload.data(), payload.size(), nonce.data(), key.data(),
                        sender.secret.data()) != 0)
        return no_key;
    CborWriter out;
    out.map(3);
    out.text("b");
    out.bytes(box);
    out.text("h");
    out.bytes(hash);
    out.text("n");
    out.unsigned_integer(n);
    return out.take();
}

bool is_sealed(ByteView payload) {
    return payload.size() > mark.size() && std::equal(mark.begin(), mark.end(), payload.begin());
}

Result<Sealed> read_sealed(ByteView payload) {
    CborLimits limits;
    limits.depth = 2;
    limits.bytes = changeset_bytes_max + crypto_box_SEALBYTES;
    DEBRIEF_TRY(validate_cbor(payload, limits));
    CborReader in{payload};
    Sealed sealed;
    const auto bytes_of = [&](std::string_view name) {
        if (in.text() != name) in.fail();
        const auto bytes = in.bytes();
        return Bytes(bytes.begin(), bytes.end());
    };
    if (in.map() != 3) in.fail();
    sealed.box = bytes_of("b");
    sealed.hash = bytes_of("h");
    if (in.text() != "n") in.fail();
    sealed.n = in.unsigned_integer();
    if (sealed.hash.size() != hash_bytes || sealed.n == 0) in.fail();
    if (!in.ok()) return in.error("a sealed changeset");
    return sealed;
}

Result<Bytes> unseal(const Sealed& sealed, ByteView seed) {
    const Error closed{Errc::denied, "It was not sealed to this key, or changed since.", {}, {}};
    if (sealed.box.size() < crypto_box_SEALBYTES) return closed;
    const Pair pair{seed};
    Bytes payload(sealed.box.size() - crypto_box_SEALBYTES);
    if (crypto_box_seal_open(payload.data(), sealed.box.data(), sealed.box.size(), pair.open.data(),
                             pair.secret.data()) != 0)
        return closed;
    return payload;
}

}  // namespace debrief::core
