#include "bot/risk/risk.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <regex>
#include <sstream>

#include "bot/risk/drivers.hpp"
#include "bot/risk/praise.hpp"
#include "tests/core/journey_world.hpp"

using namespace debrief;
using namespace debrief::core::testing;
using core::Dimension;
using core::Evidence;
using core::Stance;

namespace {

const auto today = day("2025-03-31");

bot::Risk risk(const Evidence& evidence, std::string_view language = "en") {
    return bot::no_decision_risk(core::fold(evidence, today), today, language);
}
int points(const bot::Risk& risk, std::string_view code) {
    for (const auto& reason : risk.reasons) {
        if (reason.code == code) return reason.points;
    }
    return 0;
}

/// A customer about to decide: nothing lacks.
Evidence ready() {
    Evidence evidence;
    evidence.items = {said(1, Dimension::why_change, "2025-03-20", "The audit failed"),
                      said(2, Dimension::cost_of_inaction, "2025-03-20", "They would lose the aviation contract"),
                      said(3, Dimension::desired_outcome, "2025-03-20", "Scrap under two per cent"),
                      said(4, Dimension::decision_process, "2025-03-20", "The board votes in May"),
                      said(5, Dimension::timing, "2025-03-20", "The next audit is in June")};
    evidence.contacts = {met(sarah, "CFO", "2025-01-05"), met(tom, "Quality", "2025-01-05")};
    evidence.stances = {stance(11, tom, Stance::champion, "2025-03-01")};
    evidence.commitments = {promised(12, "2025-03-20", "Sarah asks the board", "2025-04-10")};
    return evidence;
}

}  // namespace

SCENARIO("a customer who is ready has no reason against them", "[bot][risk]") {
    CHECK(risk(ready()).score == 0);
    CHECK(risk(ready()).reasons.empty());
}

SCENARIO("nothing known is one reason of its own", "[bot][risk]") {
    const auto nothing = risk({});
    REQUIRE(nothing.reasons.size() == 1);
    CHECK(nothing.reasons[0].code == "no_evidence");
    CHECK(nothing.score == 80);
    AND_THEN("a first fact of any kind that lacks lowers it") {
        for (const auto& item : ready().items) CHECK(risk({{item}, {}, {}, {}}).score < nothing.score);
    }
    AND_THEN("what is only proposed changes nothing") {
        auto item = ready().items[0];
        item.state = core::ItemState::proposed;
        CHECK(risk({{item}, {}, {}, {}}).score == nothing.score);
    }
}

TEST_CASE("vague praise never lowers the score", "[bot][risk]") {
    for (const auto* praise : {"They love it", "Great meeting, they were very positive",
                               "Everybody is excited about us", "Sie waren begeistert, super Termin"}) {
        INFO(praise);
        CHECK(bot::is_vague_praise(praise));
        for (std::size_t i = 0; i < core::dimension_names.size(); ++i) {
            const auto item = said(40, static_cast<Dimension>(i), "2025-03-30", praise);
            CHECK(risk({{item}, {}, {}, {}}).score >= risk({}).score);
            Evidence stale;
            stale.items = {said(1, Dimension::why_change, "2024-06-01", "The audit failed"), item};
            CHECK(risk(stale).score >= risk({{stale.items[0]}, {}, {}, {}}).score);
        }
    }
    AND_THEN("praise alone has a reason that names it") {
        CHECK(risk({{said(40, Dimension::why_change, "2025-03-30", "They love it")}, {}, {}, {}}).reasons[0].code ==
              "only_praise");
    }
    AND_THEN("a champion who stands on praise is none") {
        auto evidence = ready();
        evidence.items.push_back(said(40, Dimension::stakeholder, "2025-03-01", "Tom loves it"));
        evidence.stances[0].evidence = {id(40)};
        CHECK(points(risk(evidence), "no_champion") == 6);
    }
}

TEST_CASE("concrete words are no praise", "[bot][risk]") {
    for (const auto* text : {"They want good reports for the audit", "Great, the board decides in May",
                             "They like it because scrap would fall", "They lose 40,000 a year", "The audit failed",
                             "Sie brauchen gute Berichte"}) {
        INFO(text);
        CHECK_FALSE(bot::is_vague_praise(text));
    }
}

TEST_CASE("each fact that is taken away adds its points", "[bot][risk]") {
    const std::pair<std::size_t, std::pair<const char*, int>> cases[]{{0, {"no_why_change", 14}},
                                                                      {1, {"no_cost_of_inaction", 14}},
                                                                      {2, {"no_desired_outcome", 10}},
                                                                      {3, {"no_decision_process", 10}},
                                                                      {4, {"no_timing", 6}}};
    for (const auto& [index, expected] : cases) {
        auto evidence = ready();
        evidence.items.erase(evidence.items.begin() + static_cast<std::ptrdiff_t>(index));
        CHECK(risk(evidence).score == expected.second);
        CHECK(points(risk(evidence), expected.first) == expected.second);
    }
    auto old = ready();
    old.items[0].said_on = "2024-11-01";
    CHECK(points(risk(old), "stale_why_change") == 6);
}

TEST_CASE("each worry, doubt and slip adds points and names its evidence", "[bot][risk]") {
    auto evidence = ready();
    const auto add = [&](std::uint8_t number, Dimension dimension, const char* text, const char* kind) {
        auto item = said(number, dimension, "2025-03-21", text);
        item.detail = kind;
        evidence.items.push_back(item);
    };
    int before = 0;
    const auto raises = [&](std::string_view code, int by) {
        const auto now = risk(evidence);
        CHECK(now.score == before + by);
        CHECK(points(now, code) > 0);
        before = now.score;
    };
    add(41, Dimension::concern, "What if we pick the wrong one", "fear");
    raises("fear_of_wrong_choice", 14);
    add(42, Dimension::concern, "Nobody gets blamed for waiting", "fear");
    raises("fear_of_wrong_choice", 4);
    add(43, Dimension::competing_option, "They could leave it as it is", "");
    raises("doing_nothing", 12);
    evidence.stances.push_back(stance(44, sarah, Stance::skeptic, "2025-03-22"));
    raises("disagreement", 5 + 6);
    evidence.commitments.push_back(promised(45, "2025-03-01", "Send the numbers", "2025-03-10"));
    raises("overdue_promise", 8);
    evidence.items[4].dates = {{"June", "2025-06"}};
    evidence.items[4].state = core::ItemState::superseded;
    evidence.items[4].superseded_by = id(46);
    add(46, Dimension::timing, "The audit moved to September", "");
    evidence.items.back().dates = {{"September", "2025-09"}};
    raises("slipping", 8);
    for (const auto& reason : risk(evidence).reasons) {
        INFO(reason.code);
        CHECK_FALSE(reason.evidence.empty());
        CHECK_FALSE(reason.lowers.empty());
        CHECK(reason.text.find('{') == std::string::npos);
    }
}

TEST_CASE("the reasons come in German too, and in one order", "[bot][risk]") {
    const auto german = risk({{said(1, Dimension::why_change, "2025-03-20", "Das Audit")}, {}, {}, {}}, "de");
    REQUIRE(german.reasons.size() > 2);
    CHECK(german.reasons[0].text == "Niemand dort hat gesagt, was das Warten kostet.");
    for (std::size_t i = 1; i < german.reasons.size(); ++i)
        CHECK(german.reasons[i - 1].points >= german.reasons[i].points);
}

TEST_CASE("the documented table is the one in use", "[bot][risk]") {
    std::ifstream file{std::string{DEBRIEF_SOURCE_DIR} + "/bot/risk/README.md"};
    std::ostringstream text;
    text << file.rdbuf();
    const std::string readme = text.str();
    const auto row = [&](std::string_view code) {
        const auto at = readme.find("| `" + std::string{code} + "` |");
        return at == std::string::npos ? std::string{} : readme.substr(at, readme.find('\n', at) - at);
    };
    for (const auto& gap : bot::gaps()) {
        CHECK(row(gap.code).find("| " + std::to_string(gap.points) + " |") != std::string::npos);
        CHECK(row(gap.stale_code).find("| " + std::to_string(gap.points_stale) + " |") != std::string::npos);
    }
    for (const auto& driver : bot::drivers()) {
        INFO(driver.code);
        REQUIRE_FALSE(row(driver.code).empty());
        if (driver.points == 0) continue;
        const std::string more = driver.more == 0 ? "" : std::to_string(driver.more) + " ";
        CHECK(row(driver.code)
                  .find("| " + std::to_string(driver.points) + " | " + more + "| " + std::to_string(driver.most) +
                        " |") != std::string::npos);
    }
}
