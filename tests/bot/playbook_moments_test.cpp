// Which question fits the meeting that was: moments, stages of their buying, what is known.
#include <algorithm>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "bot/playbook/playbook_diff.hpp"
#include "bot/playbook/situation.hpp"
#include "core/civil_date.hpp"
#include "tests/bot/support/rep_desk.hpp"

using namespace debrief;
using namespace debrief::bot;
using core::Dimension;
using nlohmann::json;
using test::RepDesk;

namespace {

const auto meeting = *core::parse_day("2025-03-12");

json built_in() {
    for (const Builtin& one : builtin_playbooks()) {
        if (one.active) return json::parse(one.json);
    }
    return {};
}
Situation at(const RepDesk& desk, std::optional<std::chrono::sys_days> met_before = {}) {
    return situation_of(desk.world().journey, meeting, met_before);
}
bool names(const std::vector<PlaybookFinding>& findings, const std::string& words) {
    return std::any_of(findings.begin(), findings.end(),
                       [&](const PlaybookFinding& f) { return f.reason.find(words) != std::string::npos; });
}

}  // namespace

SCENARIO("the moment of a meeting follows from what was heard before it", "[bot][playbook]") {
    RepDesk desk;
    CHECK(at(desk) == Situation{Occasion::first, Stage::seeing});
    CHECK(at(desk, *core::parse_day("2025-03-01")).moment == Occasion::follow_up);
    GIVEN("something said on the day itself") {
        desk.fact(Dimension::concern, "2025-03-12", "", "They fear the switch");
        THEN("it is still the first meeting") {
            CHECK(at(desk).moment == Occasion::first);
        }
    }
    GIVEN("a reason and an aim, said in February") {
        desk.fact(Dimension::why_change, "2025-02-10", "", "The batch system stops");
        CHECK(at(desk) == Situation{Occasion::follow_up, Stage::seeing});
        desk.fact(Dimension::desired_outcome, "2025-02-10", "", "A week without a stop");
        CHECK(at(desk) == Situation{Occasion::follow_up, Stage::weighing});
        AND_GIVEN("a way to decide, but no step and no date") {
            desk.fact(Dimension::decision_process, "2025-02-10", "", "The board approves it");
            CHECK(at(desk).stage == Stage::weighing);
            AND_GIVEN("a date of theirs") {
                desk.fact(Dimension::timing, "2025-02-10", "", "Before the audit in May");
                THEN("it is late in their buying") {
                    CHECK(at(desk) == Situation{Occasion::late, Stage::deciding});
                }
            }
        }
    }
    GIVEN("nothing heard for four months") {
        desk.fact(Dimension::why_change, "2024-11-12", "", "The batch system stops");
        THEN("contact was lost, and one day fewer is none") {
            CHECK(at(desk).moment == Occasion::lost_contact);
            CHECK(situation_of(desk.world().journey, meeting - std::chrono::days{1}, {}).moment == Occasion::follow_up);
        }
        AND_GIVEN("a meeting in between that nobody debriefed") {
            CHECK(at(desk, *core::parse_day("2025-02-01")).moment == Occasion::follow_up);
        }
    }
}

SCENARIO("every dimension has its question in every moment, and a gap is named", "[bot][playbook]") {
    CHECK(empty_cells(builtin_debrief()).empty());
    json gap = built_in();
    auto& questions = gap["questions"];
    questions.erase(
        std::remove_if(questions.begin(), questions.end(), [](const json& q) { return q["id"] == "concerns_late"; }),
        questions.end());
    const PlaybookCheck check = check_playbook(gap.dump());
    CHECK(check.errors.empty());
    CHECK(names(check.warnings, "no question for concern in the moment late"));
    REQUIRE(check.playbook);
    CHECK(empty_cells(*check.playbook) == std::vector{std::pair{Dimension::concern, Occasion::late}});
}

SCENARIO("each cell says something of its own", "[bot][playbook]") {
    for (const std::string language : {"en", "de"}) {
        std::vector<std::string> texts;
        for (const Question& q : builtin_debrief().questions) {
            INFO(q.id << " " << language);
            CHECK_FALSE(q.text.in(language).empty());
            texts.push_back(q.text.in(language));
            if (q.moment.empty()) continue;
            CHECK_FALSE(q.probe.in(language).empty());
            CHECK_FALSE(q.reframe.in(language).empty());
            CHECK_FALSE(q.dont_know.in(language).empty());
        }
        std::sort(texts.begin(), texts.end());
        CHECK(std::adjacent_find(texts.begin(), texts.end()) == texts.end());
    }
}

SCENARIO("a playbook without an opening for a moment is refused", "[bot][playbook]") {
    json broken = built_in();
    for (auto& q : broken["questions"]) {
        if (q["id"] == "open_lost") q["when"]["moment"] = {"late"};
    }
    const PlaybookCheck check = check_playbook(broken.dump());
    CHECK(names(check.errors, "'start' in the moment 'lost_contact'"));
    CHECK(names(check.errors, "'start' in the moment 'late'"));
}

SCENARIO("conditions of a question are all needed, and wrong words are refused", "[bot][playbook]") {
    Question q;
    q.moment = {Occasion::first, Occasion::follow_up};
    q.stage = {Stage::seeing};
    q.known = {Dimension::concern};
    q.not_known = {Dimension::timing};
    q.industry = {"Food"};
    RepDesk desk;
    const auto fit = [&](Occasion moment, Stage stage, const char* industry) {
        return fits(q, desk.world().journey, {moment, stage}, industry);
    };
    CHECK_FALSE(fit(Occasion::first, Stage::seeing, "food"));
    desk.fact(Dimension::concern, "2025-02-10", "", "They fear the switch");
    CHECK(fit(Occasion::first, Stage::seeing, "food"));
    CHECK_FALSE(fit(Occasion::late, Stage::seeing, "food"));
    CHECK_FALSE(fit(Occasion::first, Stage::deciding, "food"));
    CHECK_FALSE(fit(Occasion::first, Stage::seeing, "retail"));
    desk.fact(Dimension::timing, "2025-02-10", "", "Before May");
    CHECK_FALSE(fit(Occasion::first, Stage::seeing, "food"));

    json wrong = built_in();
    wrong["questions"][0]["when"]["moment"] = {"someday"};
    wrong["questions"][1]["when"]["known"] = "timing";
    const PlaybookCheck check = check_playbook(wrong.dump());
    CHECK(names(check.errors, "'someday' is none of first, follow_up, late, lost_contact"));
    CHECK(names(check.errors, "must be a list that is not empty"));
}

SCENARIO("a first meeting, an ordinary one, a late one and one after a long silence open differently",
         "[bot][dialogue]") {
    const auto opening = [](RepDesk& desk) { return desk.start().state.open->question; };
    RepDesk first;
    CHECK(opening(first) == "open_first");
    RepDesk ordinary;
    ordinary.fact(Dimension::concern, "2025-02-10", "", "They fear the switch");
    CHECK(opening(ordinary) == "open");
    RepDesk late;
    late.fact(Dimension::decision_process, "2025-02-10", "", "The board approves it");
    late.fact(Dimension::timing, "2025-02-10", "", "Before the audit in May");
    CHECK(opening(late) == "open_late");
    RepDesk lost;
    lost.fact(Dimension::concern, "2024-06-10", "", "They fear the switch");
    CHECK(opening(lost) == "open_lost");
}

SCENARIO("two versions are compared entry by entry", "[bot][playbook]") {
    const json before = built_in();
    json after = before;
    after["version"] = "9";
    after["questions"][1]["text"]["en"] = "What moved?";
    after["questions"].erase(after["questions"].size() - 1);
    const auto changes = playbook_changes(before.dump(), after.dump());
    REQUIRE(changes);
    const auto find = [&](const std::string& entry) {
        return std::find_if(changes->begin(), changes->end(), [&](const auto& c) { return c.entry == entry; });
    };
    const std::string id = before["questions"][1]["id"];
    REQUIRE(find(id + ".text.en") != changes->end());
    CHECK(find(id + ".text.en")->after == "What moved?");
    CHECK(find("version")->before == before["version"]);
    CHECK(find("order") != changes->end());
    CHECK(find("changed.text.en")->after.empty());
    CHECK(playbook_changes(before.dump(), before.dump())->empty());
    CHECK_FALSE(playbook_changes("[]", before.dump()).has_value());
}

SCENARIO("a question says what it leaves out as the one that it is like", "[bot][playbook]") {
    const Playbook& book = builtin_debrief();
    CHECK(book.question("why_change_late")->why.en == book.question("why_change")->why.en);
    CHECK(book.question("why_change_late")->probe.en != book.question("why_change")->probe.en);
    json wrong = built_in();
    for (auto& q : wrong["questions"]) {
        if (q["id"] == "why_change_late") q["like"] = "why_change_first";
        if (q["id"] == "timing_late") q["like"] = "nobody";
    }
    const PlaybookCheck check = check_playbook(wrong.dump());
    CHECK(names(check.errors, "'like' names 'why_change_first'"));
    CHECK(names(check.errors, "'like' names 'nobody'"));
    json large = built_in();
    large["questions"][0]["why"]["en"] = std::string(playbook_bytes_max, 'a');
    CHECK(names(check_playbook(large.dump()).errors, "fit into a record"));
}
