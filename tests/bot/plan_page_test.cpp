#include <catch2/catch.hpp>

#include "bot/plan/plan.hpp"
#include "tests/core/journey_world.hpp"

using namespace debrief;
using namespace debrief::core::testing;
using core::Dimension;
using core::Focus;
using core::Stance;

namespace {
const auto today = day("2025-03-31");

bot::PlanContext context() {
    bot::PlanContext made;
    made.account = {id(220), "Hallmark Foods"};
    made.today = today;
    made.focus = [](const std::string& text) {
        if (text.find("our quarter") != std::string::npos) return Focus::seller;
        return text.ends_with('?') ? Focus::customer : Focus::neutral;
    };
    return made;
}
bot::StoredPlan stored() {
    bot::StoredPlan made;
    made.id = bot::plan_id(id(220), {}, {});
    return made;
}
}  // namespace

SCENARIO("promises are due in a call if they are overdue or fall due soon after", "[bot][plan]") {
    core::Evidence evidence;
    evidence.commitments = {promised(1, "2025-03-01", "Send the numbers", "2025-03-10"),
                            promised(2, "2025-03-01", "Ask the board", "2025-W16"),
                            promised(3, "2025-03-01", "Name a user", "2025-05-20"),
                            promised(4, "2025-03-01", "Think it over", "")};
    auto with = context();
    const auto due = [&] {
        std::string all;
        for (const auto& view : bot::make_plan(core::fold(evidence, today), with, stored()).commitments_due)
            all += view.made.text + ", ";
        return all;
    };
    CHECK(due() == "Send the numbers, Ask the board, ");
    with.meeting_day = day("2025-05-12");
    CHECK(due() == "Send the numbers, Ask the board, Name a user, ");
    AND_THEN("one without a day is a finding") {
        const auto made = bot::make_plan(core::fold(evidence, today), with, stored());
        CHECK(std::any_of(made.findings.begin(), made.findings.end(), [](const auto& finding) {
            return finding.code == "promise_without_date" && finding.evidence == std::vector<core::Uuid>{id(4)};
        }));
    }
}

SCENARIO("a plan knows how much of it is about the customer", "[bot][plan]") {
    auto plan = stored();
    plan.text = "It must close in our quarter. They are 40 people.\nIn our quarter we need it.";
    const auto made = bot::make_plan(core::fold({}, today), context(), plan);
    REQUIRE(made.focus);
    // Seven questions of the customer; the objective and one sentence are neutral; two are about us.
    CHECK(made.focus->customer == 64);
    CHECK(made.focus->seller == 18);
    CHECK(made.focus->neutral == 18);
    CHECK(std::count_if(made.findings.begin(), made.findings.end(),
                        [](const auto& f) { return f.code == "seller_sentence"; }) == 2);
    AND_THEN("without a judge nothing is claimed") {
        auto with = context();
        with.focus = nullptr;
        CHECK_FALSE(bot::make_plan(core::fold({}, today), with, plan).focus);
    }
}

SCENARIO("hard questions come from this account, and doing nothing is always one", "[bot][plan]") {
    core::Evidence evidence;
    auto fear = said(1, Dimension::concern, "2025-03-20", "The last project failed");
    fear.detail = "fear";
    fear.person = sarah;
    evidence.items = {fear, said(2, Dimension::competing_option, "2025-03-20", "Build it themselves"),
                      said(3, Dimension::competing_option, "2025-03-20", "They could leave it as it is")};
    for (std::uint8_t i = 10; i < 15; ++i)
        evidence.items.push_back(said(i, Dimension::concern, "2025-03-21", "Worry " + std::to_string(i)));
    evidence.contacts = {met(sarah, "CFO", "2025-01-05"), met(tom, "Quality", "2025-01-05")};
    evidence.stances = {stance(20, tom, Stance::blocker, "2025-03-01")};
    const auto made = bot::make_plan(core::fold(evidence, today), context(), stored());
    REQUIRE(made.contingencies.size() == 5);
    CHECK(made.contingencies[0].question == "What do I lose if this goes ahead?");
    CHECK(made.contingencies[0].from->name == "Tom Becker");
    CHECK(made.contingencies[1].question == "“The last project failed”: what happens to me if this goes wrong?");
    CHECK(made.contingencies[1].from->name == "Sarah Lind");
    CHECK(made.contingencies[4].evidence == std::vector<core::Uuid>{id(3)});
}

TEST_CASE("a plan prints as a page on which nothing but the plan is markup", "[bot][plan]") {
    core::Evidence evidence;
    evidence.items = {said(1, Dimension::desired_outcome, "2025-03-20", "Scrap <2% in *all* plants\n# at once")};
    evidence.commitments = {promised(2, "2025-03-01", "Send the numbers", "2025-03-10")};
    auto with = context();
    with.questions_max = 1;
    with.focus = nullptr;
    const auto page = bot::to_markdown(bot::make_plan(core::fold(evidence, today), with, stored()), with);
    CHECK(
        page.starts_with("# Call plan: Hallmark Foods\n\n## What they want\n\nScrap \\<2% in \\*all\\* plants \\# at "
                         "once\n\n## What we want to learn\n\n"
                         "1. What makes it impossible for you to stay as you are?\n   Nothing is known yet about why "
                         "they must change.\n\n"
                         "## Their promises that are due\n\n- Send the numbers, Sarah Lind, by 2025-03-10 (overdue)\n\n"
                         "## Hard questions to expect\n\n- We have managed so far. What if we wait another year?\n"));
    with.language = "de";
    CHECK(bot::to_markdown(bot::make_plan(core::fold(evidence, today), with, stored()), with)
              .starts_with("# Gesprächsplan: Hallmark Foods\n\n## Was sie wollen\n"));
}
