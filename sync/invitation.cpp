#include "sync/invitation.hpp"

#include <array>
#include <charconv>

namespace debrief::sync {
namespace {

using core::Bytes;
using core::Errc;
using core::Error;

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::size_t secret_bytes = 32;

Error not_an_invitation() {
    return Error{Errc::invalid, "This is not an invitation.", "invitation",
                 "An invitation looks like http://host:port/join#secret. Ask your administrator for a new one."};
}

/// Whether what stands behind a host's colon, if there is one, is a port. An IPv6 address is in brackets.
bool port_can_be(std::string_view host) {
    const auto bracket = host.rfind(']');
    const auto colon = host.find(':', bracket == std::string_view::npos ? 0 : bracket);
    if (colon == std::string_view::npos) return true;
    const auto digits = host.substr(colon + 1);
    unsigned port = 0;
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    return failed == std::errc{} && end == digits.data() + digits.size() && port > 0 && port <= 65'535;
}

}  // namespace

std::string base64url(core::ByteView bytes) {
    std::string text;
    text.reserve((bytes.size() * 4 + 2) / 3);
    std::uint32_t bits = 0;
    int held = 0;
    for (const auto byte : bytes) {
        bits = (bits << 8U) | byte;
        for (held += 8; held >= 6; held -= 6) text += alphabet[(bits >> static_cast<unsigned>(held - 6)) & 63U];
    }
    if (held > 0) text += alphabet[(bits << static_cast<unsigned>(6 - held)) & 63U];
    return text;
}

core::Result<Bytes> parse_base64url(std::string_view text) {
    Bytes bytes;
    bytes.reserve(text.size() * 3 / 4);
    std::uint32_t bits = 0;
    int held = 0;
    for (const char sign : text) {
        const auto value = alphabet.find(sign);
        if (value == std::string_view::npos) return Error{Errc::invalid, "This is not base64url.", {}, {}};
        bits = ((bits << 6U) | static_cast<std::uint32_t>(value)) & 0xFFFFFFU;
        held += 6;
        if (held >= 8) {
            held -= 8;
            bytes.push_back(static_cast<std::uint8_t>((bits >> static_cast<unsigned>(held)) & 0xFFU));
        }
    }
    // One text for one value: what is left over must be too short for a byte, and zero.
    if (held >= 6 || (bits & ((1U << static_cast<unsigned>(held)) - 1U)) != 0) {
        return Error{Errc::invalid, "This is not base64url.", {}, {}};
    }
    return bytes;
}

std::string invitation_url(std::string_view base, core::ByteView secret) {
    while (!base.empty() && base.back() == '/') base.remove_suffix(1);
    return std::string{base} + "/join#" + base64url(secret);
}

core::Result<Invitation> parse_invitation(std::string_view url) {
    while (!url.empty() && (url.back() == ' ' || url.back() == '\n' || url.back() == '\r')) url.remove_suffix(1);
    while (!url.empty() && url.front() == ' ') url.remove_prefix(1);
    constexpr std::array<std::pair<std::string_view, std::string_view>, 2> schemes{
        {{"http://", "ws://"}, {"https://", "wss://"}}};
    for (const auto& [web, socket] : schemes) {
        if (url.substr(0, web.size()) != web) continue;
        const auto rest = url.substr(web.size());
        const auto end = rest.find("/join#");
        if (end == std::string_view::npos || end == 0) return not_an_invitation();
        const auto host = rest.substr(0, end);
        if (host.find_first_of(" \t?#@/") != std::string_view::npos || !port_can_be(host)) return not_an_invitation();
        const auto secret = parse_base64url(rest.substr(end + 6));
        if (!secret || secret->size() != secret_bytes) return not_an_invitation();
        return Invitation{std::string{socket} + std::string{host} + "/sync", *secret};
    }
    return not_an_invitation();
}

}  // namespace debrief::sync
