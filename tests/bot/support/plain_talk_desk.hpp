// The desk at which plain words are tried: two contacts, a debrief begun.
#pragma once

#include <catch2/catch.hpp>

#include "tests/bot/support/rep_desk.hpp"

namespace debrief::bot::test {

inline const char* const worry = "Sarah is worried that the plant stops during the migration.";

inline RepDesk at_work() {
    RepDesk desk;
    desk.contact("Sarah Chen", "COO");
    desk.contact("Tim Hale", "CFO");
    desk.start();
    return desk;
}

/// A desk at which the first question of a dimension stands open.
inline RepDesk asked_something() {
    RepDesk desk = at_work();
    desk.act(Action::skip);
    REQUIRE(desk.state().open->dimension == core::Dimension::why_change);
    return desk;
}

}  // namespace debrief::bot::test
