// A pasted page is read by its sentences, not by its signs.
#include <catch2/catch.hpp>

#include "bot/plan/pasted.hpp"

using debrief::bot::without_markdown;

TEST_CASE("headings and the marks of lists are no sentences", "[bot][plan]") {
    CHECK(without_markdown("# Plan for Hale Clinic\n\n- Miriam wants one number to call.\n2. We show our prices.\n") ==
          "\nMiriam wants one number to call.\nWe show our prices.\n");
    CHECK(without_markdown("> - [ ] Ask Novak.\n---\n**Goal** for the night shift") ==
          "Ask Novak.\nGoal for the night shift");
}

TEST_CASE("what only looks like a mark stays", "[bot][plan]") {
    CHECK(without_markdown("12 trucks stand still.") == "12 trucks stand still.");
    CHECK(without_markdown("3.5 hours a day. -5 degrees.") == "3.5 hours a day. -5 degrees.");
    CHECK(without_markdown("#1 of their worries is the switch.") == "#1 of their worries is the switch.");
    CHECK(without_markdown("").empty());
}
