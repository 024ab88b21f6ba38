#include <catch2/catch.hpp>

#include "tests/core/journey_world.hpp"

using namespace debrief::core;
using namespace debrief::core::testing;

namespace {
std::string status(const Journey& journey, Dimension d) {
    return std::string{dimension_status_names[static_cast<std::size_t>(journey.of(d).status)]};
}
}  // namespace

SCENARIO("a dimension tells how well it is known", "[core][journey]") {
    GIVEN("an account of which nothing was said") {
        const Journey journey = fold(Evidence{}, day("2025-03-31"));
        THEN("every dimension is empty") {
            for (const auto& view : journey.dimensions) CHECK(view.status == DimensionStatus::empty);
            CHECK(journey.of(Dimension::why_change).since.empty());
        }
    }
    GIVEN("one confirmed fact") {
        const Evidence evidence{{said(1, Dimension::timing, "2025-03-01", "They go live in June")}, {}, {}, {}};
        THEN("it is known for as long as it is fresh, the last day included, and stale from then on") {
            CHECK(status(fold(evidence, day("2025-03-01")), Dimension::timing) == "known");
            CHECK(status(fold(evidence, day("2025-03-01") + fresh_for(Dimension::timing)), Dimension::timing) ==
                  "known");
            CHECK(status(fold(evidence, day("2025-03-02") + fresh_for(Dimension::timing)), Dimension::timing) ==
                  "stale");
        }
        THEN("the day before it was said nothing is known") {
            const Journey journey = fold(evidence, day("2025-02-28"));
            CHECK(status(journey, Dimension::timing) == "empty");
            CHECK(journey.of(Dimension::timing).items.empty());
        }
    }
    GIVEN("a fact that is only proposed") {
        auto item = said(1, Dimension::concern, "2025-03-01", "They fear a long project");
        item.state = ItemState::proposed;
        const Journey journey = fold({{item}, {}, {}, {}}, day("2025-03-02"));
        THEN("it is listed and changes no status") {
            CHECK(status(journey, Dimension::concern) == "empty");
            REQUIRE(journey.of(Dimension::concern).items.size() == 1);
            CHECK(journey.of(Dimension::concern).items[0].state == ItemState::proposed);
        }
    }
    GIVEN("a rep who did not know how they decide") {
        auto item = said(1, Dimension::unknown, "2025-03-01", "How do they decide?");
        item.about = Dimension::decision_process;
        item.source.question = "process";
        Evidence evidence{{item}, {}, {}, {}};
        THEN("how they decide is unknown, not empty, and the unknown is listed") {
            const Journey journey = fold(evidence, day("2025-03-02"));
            CHECK(status(journey, Dimension::decision_process) == "unknown");
            CHECK(status(journey, Dimension::timing) == "empty");
            REQUIRE(journey.unknowns.size() == 1);
            CHECK(journey.unknowns[0].dimension == Dimension::decision_process);
            CHECK(journey.unknowns[0].since == "2025-03-01");
        }
        WHEN("the same question is answered at the next meeting") {
            auto answer = said(2, Dimension::decision_process, "2025-03-10", "The board votes");
            answer.source.question = "process";
            evidence.items.push_back(answer);
            THEN("it is known, and no longer asked") {
                const Journey journey = fold(evidence, day("2025-03-11"));
                CHECK(status(journey, Dimension::decision_process) == "known");
                CHECK(journey.unknowns.empty());
            }
            THEN("at the day before it was still unknown") {
                CHECK(fold(evidence, day("2025-03-09")).unknowns.size() == 1);
            }
        }
    }
}

SCENARIO("a correction replaces without erasing", "[core][journey]") {
    GIVEN("a fact and its correction, as the store holds them today") {
        auto old = said(1, Dimension::timing, "2025-03-01", "They go live in June");
        old.state = ItemState::superseded;
        old.superseded_by = id(2);
        auto correction = said(2, Dimension::timing, "2025-03-20", "They go live in September");
        correction.supersedes = id(1);
        Evidence evidence{{correction, old}, {}, {}, {}};
        THEN("both are listed, newest first, and only the new one holds") {
            const auto view = fold(evidence, day("2025-03-21")).of(Dimension::timing);
            CHECK(view.status == DimensionStatus::known);
            CHECK(view.since == "2025-03-20");
            REQUIRE(view.items.size() == 2);
            CHECK(view.items[0].id == id(2));
            CHECK(view.items[1].state == ItemState::superseded);
            CHECK(view.items[1].superseded_by == id(2));
        }
        THEN("a past state does not know of it") {
            const auto view = fold(evidence, day("2025-03-19")).of(Dimension::timing);
            REQUIRE(view.items.size() == 1);
            CHECK(view.items[0].state == ItemState::confirmed);
            CHECK_FALSE(view.items[0].superseded_by);
        }
        WHEN("the correction is taken back") {
            evidence.items[0].state = ItemState::withdrawn;
            evidence.items[0].withdrawn_on = "2025-03-25";
            THEN("the fact holds again from that day") {
                CHECK(fold(evidence, day("2025-03-24")).of(Dimension::timing).since == "2025-03-20");
                CHECK(fold(evidence, day("2025-03-25")).of(Dimension::timing).since == "2025-03-01");
            }
        }
        WHEN("two records name each other as superseded") {
            evidence.items[1].supersedes = id(2);
            THEN("it ends, and neither holds") {
                CHECK(fold(evidence, day("2025-03-21")).of(Dimension::timing).status == DimensionStatus::unknown);
            }
        }
    }
    GIVEN("a fact that was said again in the same words") {
        auto again = said(2, Dimension::why_change, "2025-03-20", "The audit failed");
        again.supersedes = id(1);
        const Evidence evidence{{said(1, Dimension::why_change, "2025-01-10", "The audit failed"), again}, {}, {}, {}};
        THEN("it is current since it was first said, and confirmed when it was last said") {
            const auto view = fold(evidence, day("2025-03-21")).of(Dimension::why_change);
            CHECK(view.since == "2025-01-10");
            CHECK(view.last_confirmed == "2025-03-20");
        }
    }
    GIVEN("a superseded fact whose successor this user may not read") {
        auto old = said(1, Dimension::timing, "2025-03-01", "They go live in June");
        old.state = ItemState::superseded;
        old.superseded_by = id(99);
        THEN("it does not come back to life") {
            CHECK(status(fold({{old}, {}, {}, {}}, day("2025-03-02")), Dimension::timing) == "unknown");
        }
    }
}

TEST_CASE("within a day, an instant leaves out what was recorded later", "[core][journey]") {
    auto late = said(2, Dimension::concern, "2025-03-01", "They fear a long project");
    late.recorded = at("2025-03-01T17:00Z");
    const Evidence evidence{{said(1, Dimension::concern, "2025-03-01", "Money is tight"), late}, {}, {}, {}};
    CHECK(fold(evidence, Moment{day("2025-03-01"), at("2025-03-01T15:00Z")}).of(Dimension::concern).items.size() == 1);
    CHECK(fold(evidence, end_of(day("2025-03-01"))).of(Dimension::concern).items.size() == 2);
    CHECK(fold(evidence, start_of(day("2025-03-01"))).of(Dimension::concern).items.empty());
}
