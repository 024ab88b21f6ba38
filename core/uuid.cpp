#include "core/uuid.hpp"

#include <algorithm>

#include "core/digest.hpp"

namespace debrief::core {
namespace {

constexpr std::size_t text_size = 36;
constexpr bool is_hyphen(std::size_t at) {
    return at == 8 || at == 13 || at == 18 || at == 23;
}

int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

void mark(Uuid& id, std::uint8_t version) {
    id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0FU) | (static_cast<unsigned>(version) << 4U));
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3FU) | 0x80U);
}

}  // namespace

std::string Uuid::text() const {
    const auto digits = hex(bytes);
    std::string out(text_size, '-');
    std::size_t digit = 0;
    for (std::size_t at = 0; at < text_size; ++at) {
        if (!is_hyphen(at)) out[at] = digits[digit++];
    }
    return out;
}

std::optional<Uuid> parse_uuid(std::string_view text) {
    if (text.size() != text_size) return std::nullopt;
    Uuid id;
    std::size_t nibble = 0;
    for (std::size_t at = 0; at < text_size; ++at) {
        if (is_hyphen(at)) {
            if (text[at] != '-') return std::nullopt;
            continue;
        }
        const int digit = digit_of(text[at]);
        if (digit < 0) return std::nullopt;
        auto& byte = id.bytes[nibble / 2];
        byte = static_cast<std::uint8_t>((static_cast<unsigned>(byte) << 4U) | static_cast<unsigned>(digit));
        ++nibble;
    }
    return id;
}

std::optional<Uuid> uuid_from_bytes(ByteView bytes) {
    Uuid id;
    if (bytes.size() != id.bytes.size()) return std::nullopt;
    std::copy(bytes.begin(), bytes.end(), id.bytes.begin());
    return id;
}

Uuid make_uuid(Instant now, RandomSource& random) {
    Uuid id;
    random.fill(id.bytes);
    const auto milliseconds = static_cast<std::uint64_t>(std::max<Instant::rep>(now.count(), 0));
    for (std::size_t at = 0; at < 6; ++at) {
        id.bytes[at] = static_cast<std::uint8_t>(milliseconds >> (8 * (5 - at)));
    }
    mark(id, 7);
    return id;
}

Uuid derive_uuid(std::string_view domain, std::string_view name) {
    std::string words{domain};
    words += '\0';
    words += name;
    const auto digest = sha256(as_bytes(words));
    Uuid id;
    std::copy_n(digest.begin(), id.bytes.size(), id.bytes.begin());
    mark(id, 8);
    return id;
}

}  // namespace debrief::core
