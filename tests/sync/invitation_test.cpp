#include <catch2/catch.hpp>

#include "sync/invitation.hpp"

using namespace debrief;
using namespace debrief::sync;

TEST_CASE("an invitation survives being passed on", "[sync][invitation]") {
    core::Bytes secret(32);
    for (std::size_t i = 0; i < secret.size(); ++i) secret[i] = static_cast<std::uint8_t>(i * 37U + 5U);
    const auto url = invitation_url("https://sales.example:8443/", secret);
    const auto back = parse_invitation("  " + url + "\r\n");
    REQUIRE(back);
    CHECK(back->url == "wss://sales.example:8443/sync");
    CHECK(back->secret == secret);
    CHECK(parse_invitation(invitation_url("http://127.0.0.1:7000", secret))->url == "ws://127.0.0.1:7000/sync");
}

TEST_CASE("what is no invitation says what one looks like", "[sync][invitation]") {
    const std::string good = invitation_url("http://h:1", core::Bytes(32, 7));
    for (const std::string& bad :
         {std::string{}, std::string{"hello"}, std::string{"http://h:1/join"}, std::string{"http:///join#AAAA"},
          good + "A", good.substr(0, good.size() - 1), "ftp" + good.substr(4),
          std::string{"http://u@h/join#"} + std::string(43, 'A'), good.substr(0, good.size() - 1) + "!",
          std::string{"http://h/join#"} + std::string(42, 'A') + "B",
          invitation_url("http://127.0.0.1:99999", core::Bytes(32, 7)), invitation_url("http://h:", core::Bytes(32, 7)),
          invitation_url("http://h:7x", core::Bytes(32, 7)), invitation_url("http://h:0", core::Bytes(32, 7)),
          invitation_url("http://[::1]:70000", core::Bytes(32, 7))}) {
        INFO(bad);
        const auto parsed = parse_invitation(bad);
        REQUIRE_FALSE(parsed);
        CHECK(parsed.error().code == core::Errc::invalid);
        CHECK(parsed.error().hint.find("#secret") != std::string::npos);
    }
}

TEST_CASE("base64url is one text for one value", "[sync][invitation]") {
    CHECK(base64url({}).empty());
    for (std::size_t length = 0; length < 20; ++length) {
        core::Bytes bytes(length);
        for (std::size_t i = 0; i < length; ++i) bytes[i] = static_cast<std::uint8_t>(255U - i * 11U);
        const auto text = base64url(bytes);
        CHECK(text.find('=') == std::string::npos);
        const auto back = parse_base64url(text);
        REQUIRE(back);
        CHECK(*back == bytes);
    }
    CHECK_FALSE(parse_base64url("A"));
    CHECK_FALSE(parse_base64url("AB"));
    CHECK_FALSE(parse_base64url("AA=="));
}
