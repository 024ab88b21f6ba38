#include "bot/plan/plan.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "bot/playbook/wording_rules.hpp"
#include "tests/core/journey_world.hpp"

using namespace debrief;
using namespace debrief::core::testing;
using core::Dimension;
using core::Evidence;
using core::Stance;

namespace {

const auto today = day("2025-03-31");

bot::PlanContext context(std::string language = "en") {
    bot::PlanContext made;
    made.account = {id(220), "Hallmark Foods"};
    made.rep = rep;
    made.today = today;
    made.language = std::move(language);
    return made;
}
bot::StoredPlan empty_plan() {
    bot::StoredPlan stored;
    stored.id = bot::plan_id(id(220), id(230), {});
    return stored;
}
bot::CallPlan plan(const Evidence& evidence, const bot::PlanContext& with = context(),
                   const bot::StoredPlan& stored = empty_plan()) {
    return bot::make_plan(core::fold(evidence, today), with, stored);
}
const bot::PlanQuestion* asked(const bot::CallPlan& plan, std::string_view code, Dimension dimension) {
    for (const auto& question : plan.questions) {
        if (question.because.code == code && question.dimension == dimension) return &question;
    }
    return nullptr;
}
bot::StoredPlan stored_from(const bot::CallPlan& plan) {
    bot::StoredPlan stored;
    stored.id = plan.id;
    stored.objective = plan.objective;
    stored.questions = plan.questions;
    stored.contingencies = plan.contingencies;
    return stored;
}
core::Item unknown(std::uint8_t number, Dimension about, std::string text) {
    auto item = said(number, Dimension::unknown, "2025-03-20", std::move(text));
    item.about = about;
    return item;
}

}  // namespace

SCENARIO("a plan for a customer of whom nothing is known", "[bot][plan]") {
    const auto made = plan({});
    CHECK(made.objective == "Find out what Hallmark Foods wants to reach.");
    CHECK(made.questions.size() == context().questions_max);
    CHECK(made.questions[0].dimension == Dimension::why_change);
    CHECK(made.questions[0].because.code == "missing");
    CHECK(made.questions[0].rank == 1);
    CHECK_FALSE(made.questions[0].to);
    REQUIRE(made.contingencies.size() == 1);
    CHECK(made.contingencies[0].question == "We have managed so far. What if we wait another year?");
    std::string findings;
    for (const auto& finding : made.findings) findings += finding.code + " ";
    CHECK(findings == "no_objective gap gap nobody_to_ask ");
}

SCENARIO("the objective is in the customer's words", "[bot][plan]") {
    Evidence evidence{{said(1, Dimension::why_change, "2025-03-01", "The audit failed")}, {}, {}, {}};
    CHECK(plan(evidence).objective == "The audit failed");
    evidence.items.push_back(said(2, Dimension::desired_outcome, "2025-03-10", "Scrap under two per cent"));
    CHECK(plan(evidence).objective == "Scrap under two per cent");
    WHEN("a person wrote another one") {
        auto stored = empty_plan();
        stored.objective = "Agree who tests the pilot";
        THEN("it stays") {
            CHECK(plan(evidence, context(), stored).objective == "Agree who tests the pilot");
        }
    }
    WHEN("the stored one was ours, made when less was known") {
        auto stored = empty_plan();
        stored.objective = "Find out what Hallmark Foods wants to reach.";
        THEN("it gives way") {
            CHECK(plan(evidence, context(), stored).objective == "Scrap under two per cent");
        }
    }
}

SCENARIO("every question has its reason, its evidence and somebody to ask", "[bot][plan]") {
    Evidence evidence;
    auto stale = said(1, Dimension::desired_outcome, "2024-11-01", "Scrap under two per cent by the end of the year");
    stale.person = tom;
    auto one = said(2, Dimension::timing, "2025-03-20", "The board decides in May");
    one.dates = {{"May", "2025-05"}};
    auto other = said(3, Dimension::timing, "2025-03-21", "The board decides in June");
    other.dates = {{"June", "2025-06"}};
    evidence.items = {stale, one, other, unknown(4, Dimension::decision_process, "who signs"),
                      said(5, Dimension::why_change, "2025-03-20", "They love it")};
    evidence.contacts = {met(sarah, "CFO", "2025-01-05"), met(tom, "Quality lead", "2025-01-05")};
    evidence.stances = {stance(11, tom, Stance::champion, "2025-03-01"),
                        stance(12, sarah, Stance::skeptic, "2025-03-01")};
    auto with = context();
    with.questions_max = 20;
    const auto made = plan(evidence, with);

    const auto* open = asked(made, "dont_know", Dimension::decision_process);
    REQUIRE(open != nullptr);
    CHECK(open->to->name == "Sarah Lind");
    CHECK(open->because.evidence == std::vector<core::Uuid>{id(4)});
    CHECK(open->owner->name == "Ada");
    CHECK(asked(made, "missing", Dimension::decision_process) == nullptr);

    const auto* old = asked(made, "stale", Dimension::desired_outcome);
    REQUIRE(old != nullptr);
    CHECK(old->text == "On 2024-11-01 we heard: “Scrap under two per cent by the end of the year”. Is that still so?");
    CHECK(old->to->name == "Tom Becker");

    const auto* apart = asked(made, "contradicted", Dimension::timing);
    REQUIRE(apart != nullptr);
    CHECK(apart->because.evidence == std::vector<core::Uuid>{id(2), id(3)});

    const auto* disagreement = asked(made, "disagreement", Dimension::stakeholder);
    REQUIRE(disagreement != nullptr);
    CHECK(disagreement->to->name == "Sarah Lind");

    const auto* vague = asked(made, "vague", Dimension::why_change);
    REQUIRE(vague != nullptr);
    CHECK(vague->because.evidence == std::vector<core::Uuid>{id(5)});

    AND_THEN("missing comes before contradicted before stale") {
        CHECK(asked(made, "missing", Dimension::cost_of_inaction)->rank < apart->rank);
        CHECK(apart->rank < old->rank);
    }
    AND_THEN("who will be there is asked first") {
        with.attending = {tom.id};
        CHECK(asked(plan(evidence, with), "dont_know", Dimension::decision_process)->to->name == "Tom Becker");
    }
}

TEST_CASE("no question is long, blames, or asks for our numbers", "[bot][plan]") {
    const std::string long_fact =
        "They said that every single one of their eleven plants would have to run on the new line before anybody there "
        "even thinks about it at all";
    for (const auto* language : {"en", "de"}) {
        Evidence evidence;
        for (std::size_t i = 0; i < core::dimension_names.size(); ++i) {
            evidence.items.push_back(
                said(static_cast<std::uint8_t>(i + 1), static_cast<Dimension>(i), "2024-01-01", long_fact));
        }
        auto against =
            said(30, Dimension::timing, "2025-03-20", "What is the close date, and which discount do they get!");
        against.contradicts = id(9);
        evidence.items.push_back(against);
        evidence.items.push_back(unknown(31, Dimension::timing, "What is their close date?"));
        evidence.items.push_back(unknown(32, Dimension::concern, "Who in the works council has doubts?"));
        auto with = context(language);
        with.questions_max = 50;
        for (const auto& evidences : {evidence, Evidence{}}) {
            const auto made = plan(evidences, with);
            for (const auto& question : made.questions) {
                INFO(question.text);
                CHECK(bot::faults_of_wording(question.text, true).empty());
                CHECK_FALSE(question.because.text.empty());
            }
            for (const auto& one : made.contingencies) {
                INFO(one.question);
                CHECK(bot::count_words(one.question) <= 25);
            }
        }
        CHECK(asked(plan(evidence, with), "dont_know", Dimension::concern)->text ==
              "Who in the works council has doubts?");
    }
}

SCENARIO("what people did to a plan stays", "[bot][plan]") {
    GIVEN("a stored plan, with one question edited, one dropped and one that a person added") {
        auto stored = stored_from(plan({}));
        stored.questions[0].text = "Why now, of all times?";
        stored.questions[0].edited = true;
        stored.questions[1].status = "dropped";
        bot::PlanQuestion own;
        own.id = id(77);
        own.text = "How was the trade fair?";
        own.dimension = Dimension::unknown;
        own.rank = 1;
        stored.questions.push_back(own);
        const auto dropped = stored.questions[1].id;
        const auto untouched = stored.questions[2];

        WHEN("it is made again from the same journey") {
            const auto made = plan({}, context(), stored);
            THEN("nothing is asked twice, edited words stay, dropped ones stay dropped and last") {
                CHECK(made.questions[0].id == id(77));
                CHECK(made.questions[1].text == "Why now, of all times?");
                CHECK(made.questions.back().id == dropped);
                CHECK(made.questions.back().status == "dropped");
                CHECK(made.obsolete.empty());
                CHECK(made.questions.size() == stored.questions.size());
            }
        }
        WHEN("there is room for more") {
            auto with = context();
            with.questions_max = 20;
            const auto made = plan({}, with, stored);
            THEN("only what is not stored yet is added") {
                std::set<core::Uuid> ids;
                for (const auto& question : made.questions) ids.insert(question.id);
                CHECK(ids.size() == made.questions.size());
                CHECK(made.questions.size() == 10);
            }
        }
        WHEN("their reasons are gone") {
            Evidence evidence{{said(1, stored.questions[0].dimension, "2025-03-30", "The audit failed"),
                               said(2, untouched.dimension, "2025-03-30", "Scrap doubles")},
                              {},
                              {},
                              {}};
            const auto made = plan(evidence, context(), stored);
            THEN("the untouched one goes, the edited one stays") {
                CHECK(made.obsolete == std::vector<core::Uuid>{untouched.id});
                CHECK(std::any_of(made.questions.begin(), made.questions.end(),
                                  [](const auto& q) { return q.text == "Why now, of all times?"; }));
            }
        }
    }
    GIVEN("an answer that the rep has prepared to a worry since settled") {
        auto worry = said(1, Dimension::concern, "2025-03-20", "It takes too long");
        worry.detail = "fear";
        auto stored = stored_from(plan({{worry}, {}, {}, {}}));
        REQUIRE(stored.contingencies.size() == 2);
        THEN("it stays with its answer, and goes without one") {
            CHECK(plan({}, context(), stored).contingencies.size() == 1);
            stored.contingencies[0].answer = "Your first line runs in six weeks";
            CHECK(plan({}, context(), stored).contingencies.size() == 2);
        }
    }
}

TEST_CASE("two devices that plan the same meeting make the same questions", "[bot][plan]") {
    const auto one = plan({});
    const auto other = plan({});
    REQUIRE(one.questions.size() == other.questions.size());
    for (std::size_t i = 0; i < one.questions.size(); ++i) CHECK(one.questions[i].id == other.questions[i].id);
    CHECK(bot::plan_id(id(1), id(2), {}) != bot::plan_id(id(1), id(3), {}));
}

SCENARIO("a meeting with several people is no interrogation of one of them", "[bot][plan]") {
    Evidence evidence;
    const std::array people{sarah, tom, core::NamedId{id(203), "Ines Roth"}};
    auto with = context();
    std::uint8_t number = 1;
    for (const auto& person : people) {
        evidence.contacts.push_back(met(person, "", "2025-03-01"));
        evidence.stances.push_back(stance(number++, person, Stance::skeptic, "2025-03-01"));
        with.attending.push_back(person.id);
    }
    const auto made = plan(evidence, with);
    std::map<core::Uuid, int> asked;
    for (const auto& question : made.questions) {
        if (question.to) ++asked[question.to->id];
    }
    CHECK(asked.size() == 3);
    std::set<std::string> hard;
    for (const auto& one : made.contingencies) hard.insert(one.question);
    CHECK(hard.size() == made.contingencies.size());
}
