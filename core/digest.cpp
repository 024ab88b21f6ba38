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
    std::string text(bytes.size() * 2, '0');
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        text[2 * at] = digits[bytes[at] >> 4U];
        text[2 * at + 1] = digits[bytes[at] & 15U];
    }
    return text;
}

}  // namespace debrief::core
