#include <catch2/catch.hpp>

#include "tests/core/journey_world.hpp"

using namespace debrief::core;
using namespace debrief::core::testing;

SCENARIO("people stand where they were last said to stand", "[core][journey]") {
    GIVEN("Sarah, who turned from supporter to skeptic, and Tom, of whom nothing is known") {
        Evidence evidence;
        evidence.contacts = {met(tom, "Quality", "2025-02-01"), met(sarah, "CFO", "2025-01-05")};
        evidence.stances = {
            stance(3, sarah, Stance::skeptic, "2025-03-10"), stance(1, sarah, Stance::supporter, "2025-01-05"),
            stance(2, sarah, Stance::supporter, "2025-02-01"), stance(4, sarah, Stance::skeptic, "2025-03-20")};
        THEN("the newest stance holds since the first time it was said in a row") {
            const auto people = fold(evidence, day("2025-03-31")).people;
            REQUIRE(people.size() == 2);
            CHECK(people[0].contact.name == "Sarah Lind");
            CHECK(people[0].stance == Stance::skeptic);
            CHECK(people[0].since == "2025-03-10");
            CHECK(people[1].stance == Stance::unknown);
            CHECK(people[1].since == "2025-02-01");
        }
        THEN("in the past she still was a supporter") {
            CHECK(fold(evidence, day("2025-03-09")).people[0].stance == Stance::supporter);
            CHECK(fold(evidence, day("2025-03-09")).people[0].since == "2025-01-05");
            CHECK(fold(evidence, day("2025-01-31")).people.size() == 1);
        }
        WHEN("she leaves") {
            evidence.contacts[1].gone = true;
            evidence.contacts[1].gone_on = "2025-03-25";
            THEN("she is listed until that day") {
                CHECK(fold(evidence, day("2025-03-24")).people.size() == 2);
                CHECK(fold(evidence, day("2025-03-25")).people.size() == 1);
            }
        }
    }
}

SCENARIO("a customer's promise is overdue after the last day that its date names", "[core][journey]") {
    GIVEN("promises for a week, for a day and for no day") {
        Evidence evidence;
        evidence.commitments = {promised(1, "2025-03-01", "Send the numbers", ""),
                                promised(2, "2025-03-01", "Ask the board", "2025-W12"),
                                promised(3, "2025-03-02", "Name a user", "2025-03-18")};
        const auto states = [&](std::string_view today) {
            std::string all;
            for (const auto& view : fold(evidence, day(today)).commitments)
                all += view.made.text.substr(0, 1) + ":" + view.state + " ";
            return all;
        };
        THEN("they come in the order in which they are due") {
            CHECK(states("2025-03-18") == "N:open A:open S:open ");
            CHECK(states("2025-03-19") == "N:overdue A:open S:open ");
            CHECK(states("2025-03-23") == "N:overdue A:open S:open ");
            CHECK(states("2025-03-24") == "N:overdue A:overdue S:open ");
            CHECK(states("2025-03-01") == "A:open S:open ");
        }
        WHEN("one is kept") {
            evidence.commitments[2].state = "kept";
            evidence.commitments[2].settled_on = "2025-03-20";
            THEN("it was overdue before, and is kept since") {
                CHECK(states("2025-03-19") == "N:overdue A:open S:open ");
                CHECK(states("2025-03-20") == "N:kept A:open S:open ");
            }
        }
        THEN("a promise alone makes the dimension known") {
            CHECK(fold(evidence, day("2025-03-03")).of(Dimension::commitment).status == DimensionStatus::known);
            CHECK(fold(evidence, day("2025-03-03")).of(Dimension::commitment).last_confirmed == "2025-03-02");
        }
    }
}
