#include "bot/plan/plan_records.hpp"

#include <catch2/catch.hpp>

#include "tests/core/journey_world.hpp"

using namespace debrief;
using namespace debrief::core::testing;
using core::Dimension;

namespace {

const auto today = day("2025-03-31");

bot::CallPlan plan(const core::Evidence& evidence, const bot::StoredPlan& stored) {
    bot::PlanContext context;
    context.account = {id(220), "Hallmark Foods"};
    context.today = today;
    return bot::make_plan(core::fold(evidence, today), context, stored);
}
bot::StoredPlan empty_plan() {
    bot::StoredPlan stored;
    stored.id = bot::plan_id(id(220), {}, {});
    return stored;
}
bot::StoredPlan holding(const bot::CallPlan& plan) {
    return {plan.id, plan.objective, "", plan.questions, plan.contingencies};
}

}  // namespace

SCENARIO("looking at a plan writes it once", "[bot][plan]") {
    const auto first = plan({}, empty_plan());
    const auto edits = bot::plan_edits(first, empty_plan(), {id(220), {}, {}});
    CHECK(edits.size() == 1 + first.questions.size() + first.contingencies.size());
    CHECK(std::get<core::Put>(edits.front()).table == "call_plan");
    CHECK(std::get<core::Put>(edits[1]).fields.at("because") == core::Value{std::string{"missing"}});
    AND_THEN("the second look writes nothing") {
        CHECK(bot::plan_edits(plan({}, holding(first)), holding(first), {id(220), {}, {}}).empty());
    }
    AND_THEN("an answer in the meantime removes its question, and the objective follows") {
        const core::Evidence evidence{{said(1, Dimension::why_change, "2025-03-30", "The audit failed")}, {}, {}, {}};
        const auto later = bot::plan_edits(plan(evidence, holding(first)), holding(first), {id(220), {}, {}});
        REQUIRE(later.size() == 3);
        CHECK(std::get<core::Put>(later[0]).fields.at("objective") == core::Value{std::string{"The audit failed"}});
        CHECK(std::get<core::Put>(later[1]).table == "plan_question");
        CHECK(std::get<core::Delete>(later[2]).id == first.questions[0].id);
    }
}
