#include "core/digest.hpp"

#include <sodium.h>

namespace debrief::core {

Sha256 sha256(ByteView bytes) {
    Sha256 out{};
    crypto_hash_sha256(out.data(), bytes.data(), bytes.size());
    return out;
}

std::string hex(ByteView bytes) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const auto byte : bytes) {
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

}  // namespace debrief::core
