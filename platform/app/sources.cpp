#include "platform/app/sources.hpp"

#include <sodium.h>

#include <chrono>

#include "core/result.hpp"

namespace debrief::platform {
namespace {

void add(crypto_hash_sha256_state& state, std::uint64_t number) {
    std::array<std::uint8_t, 8> bytes{};
    for (auto& byte : bytes) {
        byte = static_cast<std::uint8_t>(number & 0xffU);
        number >>= 8U;
    }
    crypto_hash_sha256_update(&state, bytes.data(), bytes.size());
}

}  // namespace

core::Instant AppClock::now() {
    if (fixed_) return core::Instant{at_.load()};
    return std::chrono::duration_cast<core::Instant>(std::chrono::system_clock::now().time_since_epoch());
}

AppRandom::AppRandom(std::optional<std::uint64_t> seed) : seed_(seed) {
    DEBRIEF_CHECK(sodium_init() >= 0);
    key({}, 0, 0);
}

void AppRandom::key(const core::Uuid& device, std::uint64_t incarnation, std::uint64_t run) {
    if (!seed_) return;
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    add(state, *seed_);
    crypto_hash_sha256_update(&state, device.bytes.data(), device.bytes.size());
    add(state, incarnation);
    add(state, run);
    crypto_hash_sha256_final(&state, key_.data());
    drawn_ = 0;
}

void AppRandom::fill(std::span<std::uint8_t> out) {
    if (!seed_) {
        randombytes_buf(out.data(), out.size());
        return;
    }
    std::array<std::uint8_t, randombytes_SEEDBYTES> once{};
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, key_.data(), key_.size());
    add(state, ++drawn_);
    crypto_hash_sha256_final(&state, once.data());
    randombytes_buf_deterministic(out.data(), out.size(), once.data());
}

}  // namespace debrief::platform
