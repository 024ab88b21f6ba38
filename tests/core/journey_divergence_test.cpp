#include <catch2/catch.hpp>

#include "tests/core/journey_world.hpp"

using namespace debrief::core;
using namespace debrief::core::testing;

namespace {
DimensionView view(const std::vector<Item>& items) {
    return fold({items, {}, {}, {}}, day("2025-03-31")).of(items.front().dimension);
}
bool conflict(const std::vector<Item>& items) {
    return view(items).status == DimensionStatus::conflict;
}
}  // namespace

TEST_CASE("two reasons to change are no contradiction", "[core][journey]") {
    auto other = said(2, Dimension::why_change, "2025-03-20", "Scrap has doubled");
    other.by = colleague;
    CHECK_FALSE(conflict({said(1, Dimension::why_change, "2025-03-20", "The audit failed"), other}));
}

TEST_CASE("an item that names what it contradicts is in conflict with it until one gives way", "[core][journey]") {
    auto other = said(2, Dimension::concern, "2025-03-22", "Money is no problem");
    other.contradicts = id(1);
    std::vector<Item> items{said(1, Dimension::concern, "2025-03-20", "Money is tight"), other};
    CHECK(conflict(items));
    CHECK(view(items).diverging == std::vector<std::pair<Uuid, Uuid>>{{id(1), id(2)}});
    items[0].state = ItemState::withdrawn;
    CHECK_FALSE(conflict(items));
}

TEST_CASE("two corrections made apart are in conflict, unless they say the same", "[core][journey]") {
    auto one = said(2, Dimension::stakeholder, "2025-03-20", "Tom decides");
    auto other = said(3, Dimension::stakeholder, "2025-03-20", "Sarah decides");
    one.supersedes = other.supersedes = id(1);
    const auto old = said(1, Dimension::stakeholder, "2025-03-01", "Nobody decides");
    CHECK(conflict({old, one, other}));
    other.text = one.text;
    CHECK_FALSE(conflict({old, one, other}));
}

SCENARIO("colleagues who answer one question about one meeting differently are in conflict", "[core][journey]") {
    GIVEN("two answers to how they decide") {
        auto one = said(1, Dimension::decision_process, "2025-03-20", "The board votes on it");
        auto other = said(2, Dimension::decision_process, "2025-03-20", "Purchasing signs alone");
        one.source.question = other.source.question = "process";
        other.by = colleague;
        THEN("they diverge") {
            CHECK(conflict({one, other}));
        }
        WHEN("both are from one rep in one conversation") {
            other.by = one.by;
            one.source.conversation = other.source.conversation = id(50);
            THEN("they are two parts of one answer") {
                CHECK_FALSE(conflict({one, other}));
            }
        }
        WHEN("one rep gave them on two devices that had not met") {
            other.by = one.by;
            one.source.conversation = id(50);
            other.source.conversation = id(51);
            THEN("they diverge") {
                CHECK(conflict({one, other}));
            }
        }
        WHEN("one says all that the other says, and more") {
            other.text = "The board votes on it after the audit";
            THEN("they agree") {
                CHECK_FALSE(conflict({one, other}));
            }
        }
        WHEN("they are about two meetings") {
            other.said_on = "2025-03-27";
            THEN("things may have moved on") {
                CHECK_FALSE(conflict({one, other}));
            }
        }
        WHEN("they are about different people") {
            other.person = sarah;
            THEN("both may hold") {
                CHECK_FALSE(conflict({one, other}));
            }
        }
    }
}

TEST_CASE("nearly the same words with dates that do not overlap are in conflict", "[core][journey]") {
    auto one = said(1, Dimension::timing, "2025-03-01", "The board decides in May");
    one.dates = {{"May", "2025-05"}};
    auto other = said(2, Dimension::timing, "2025-03-20", "The board decides on 12 June");
    other.dates = {{"12 June", "2025-06-12"}};
    CHECK(conflict({one, other}));
    other.dates = {{"12 June", "2025-05-12"}};
    CHECK_FALSE(conflict({one, other}));
    other.dates = {{"12 June", "2025-06-12"}};
    other.text = "Their new plant opens on 12 June";
    CHECK_FALSE(conflict({one, other}));
}
