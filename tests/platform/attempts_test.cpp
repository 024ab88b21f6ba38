#include <catch2/catch.hpp>

#include "platform/server/attempts.hpp"

using debrief::platform::Attempts;
using namespace std::chrono_literals;

SCENARIO("an address that guesses invitations is turned away for a while", "[server][attempts]") {
    Attempts attempts;
    const Attempts::Time start{};
    for (int i = 0; i < Attempts::failures_max; ++i) {
        REQUIRE(attempts.admits("10.0.0.1", start));
        attempts.failed("10.0.0.1", start);
    }
    CHECK_FALSE(attempts.admits("10.0.0.1", start + 1s));
    CHECK(attempts.admits("10.0.0.2", start + 1s));

    WHEN("it leaves the server alone") {
        THEN("one attempt comes back every six seconds, and all of them in a minute") {
            CHECK(attempts.admits("10.0.0.1", start + 7s));
            attempts.failed("10.0.0.1", start + 7s);
            CHECK_FALSE(attempts.admits("10.0.0.1", start + 8s));
            CHECK(attempts.admits("10.0.0.1", start + 120s));
        }
    }
}

TEST_CASE("a flood of addresses does not fill the memory", "[server][attempts]") {
    Attempts attempts;
    const Attempts::Time start{};
    attempts.failed("first", start);
    for (std::size_t i = 0; i < Attempts::addresses_max + 10; ++i) attempts.failed(std::to_string(i), start + 1s);
    CHECK(attempts.admits("first", start + 1s));
}
