// Names of records, users, devices: UUID version 7, so that newer ones sort later.
// Source: RFC 9562.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/bytes.hpp"
#include "core/sources.hpp"

namespace debrief::core {

struct Uuid {
    std::array<std::uint8_t, 16> bytes{};

    auto operator<=>(const Uuid&) const = default;
    [[nodiscard]] bool is_nil() const { return *this == Uuid{}; }
    [[nodiscard]] std::string text() const;  ///< Lower case, with hyphens.
    [[nodiscard]] ByteView view() const { return bytes; }
};

/// Accepts the 36-character form only, in either case.
std::optional<Uuid> parse_uuid(std::string_view text);
/// 16 bytes, or nothing.
std::optional<Uuid> uuid_from_bytes(ByteView bytes);
/// A version 7 UUID for `now`.
Uuid make_uuid(Instant now, RandomSource& random);
/// A version 8 UUID that is the same on every device for the same words: SHA-256 over `domain`, a zero byte and `name`,
/// cut. Used where two devices must name one thing alike (a bot's prompt, a copy of a record in another scope).
Uuid derive_uuid(std::string_view domain, std::string_view name);

}  // namespace debrief::core
