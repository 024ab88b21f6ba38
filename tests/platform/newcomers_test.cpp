#include <catch2/catch.hpp>

#include <vector>

#include "platform/net/newcomers.hpp"

using namespace debrief::platform;

SCENARIO("of too many newcomers the oldest makes room", "[net][limits]") {
    auto newcomers = std::make_shared<Newcomers>(Newcomers::Limits{3, 5});
    std::vector<std::string> ended;
    const auto arrive = [&](const std::string& address, const std::string& name) {
        return newcomers->arrive(address, [&ended, name] { ended.push_back(name); });
    };
    std::vector<Newcomers::Ticket> tickets;
    for (const char* name : {"a1", "a2", "a3"}) tickets.push_back(arrive("a", name));
    CHECK(ended.empty());

    WHEN("one address sends another one") {
        const auto fourth = arrive("a", "a4");
        CHECK(ended == std::vector<std::string>{"a1"});
        CHECK(newcomers->size() == 3);
        THEN("the one that was ended may let go of its ticket, and changes nothing by it") {
            tickets.erase(tickets.begin());
            CHECK(newcomers->size() == 3);
            const auto fifth = arrive("a", "a5");
            CHECK(ended == std::vector<std::string>{"a1", "a2"});
        }
    }
    WHEN("many addresses come") {
        const auto b = arrive("b", "b1");
        const auto c = arrive("c", "c1");
        CHECK(ended.empty());
        const auto d = arrive("d", "d1");
        THEN("the oldest of all goes") {
            CHECK(ended == std::vector<std::string>{"a1"});
        }
    }
    WHEN("those who have signed in let go of their tickets") {
        tickets.clear();
        CHECK(newcomers->size() == 0);
        for (const char* name : {"a4", "a5", "a6"}) tickets.push_back(arrive("a", name));
        CHECK(ended.empty());
        CHECK(newcomers->dropped() == 0);
    }
    WHEN("tickets outlive the list") {
        newcomers.reset();
        tickets.clear();
        CHECK(ended.empty());
    }
}
