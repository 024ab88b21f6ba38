// "No, the 27th." A rep who misspoke says so in passing; the newest finding that has such a thing changes.
#include <catch2/catch.hpp>

#include "bot/dialogue/corrected_dates.hpp"
#include "bot/dialogue/correction_words.hpp"
#include "bot/dialogue/figures.hpp"
#include "core/civil_date.hpp"
#include "tests/bot/support/rep_desk.hpp"

using namespace debrief;
using namespace debrief::bot;
using core::Dimension;
using test::last_words;
using test::RepDesk;

namespace {

RepDesk at_work() {
    RepDesk desk;
    desk.contact("Sarah Chen", "COO");
    desk.contact("Tim Hale", "CFO");
    desk.contact("Raj Patel", "head of IT");
    desk.start();
    return desk;
}

struct Told {
    const char *first, *correction, *text;
};

}  // namespace

TEST_CASE("one number is one number however it is written", "[bot][dialogue][plain]") {
    const auto value = [](const char* text) {
        const auto found = figures_in(text);
        return found.size() == 1 ? found[0].value : std::to_string(found.size()) + " figures";
    };
    for (const char* const text : {"45,000", "45.000", "45k", "€45K a stop", "45 thousand", "45 tausend"}) {
        INFO(text);
        CHECK(value(text) == "45000");
    }
    CHECK(value("2.5m") == "2500000");
    CHECK(value("2,5 Mio") == "2500000");
    CHECK(value("1,000,000") == "1000000");
    CHECK(value("3.50") == "3.5");
    CHECK(value("15%") == "15%");
    CHECK(value("twenty-five people") == "25");
    CHECK(value("two hundred") == "200");
    CHECK(value("zwölf Monate") == "12");
    CHECK(value("the 14th") == "14th");
    CHECK(value("in Q3") == "0 figures");
    CHECK(value("one of them") == "0 figures");
}

TEST_CASE("a correction is told by its form", "[bot][dialogue][plain]") {
    const auto parts = [](const char* line) {
        const auto c = parse_correction(line);
        return c ? c->new_words + "|" + c->old_words + "|" + c->rest : std::string("none");
    };
    CHECK(parts("no, the 27th") == "the 27th||");
    CHECK(parts("no wait, Wednesday") == "Wednesday||");
    CHECK(parts("I meant the 14th") == "the 14th||");
    CHECK(parts("Actually it was Amy who tried it, not Raj.") == "Amy|Raj|");
    CHECK(parts("no wait, it's Galina who says that now, not Oleg") == "Galina|Oleg|");
    CHECK(parts("Sorry, that was Pavel, Lenka only nodded.") == "Pavel||Lenka only nodded");
    CHECK(parts("make it 140k, not 180k") == "140k|180k|");
    CHECK(parts("wrong, it was Hydronic, not Aquatherm") == "Hydronic|Aquatherm|");
    CHECK(parts("not Mo but Tim") == "Tim|Mo|");
    CHECK(parts("Not Mo, it was Tim. They meet in May.") == "Tim|Mo|They meet in May.");
    CHECK(parts("It was Sarah who told them") == "none");
    CHECK(parts("They decide in June") == "none");
}

TEST_CASE("a date that corrects another keeps what it leaves open", "[bot][dialogue][plain]") {
    const auto meeting = *core::parse_day("2025-03-12");
    const auto value = [&](core::DateSaid old, const char* words) {
        NoteContext context;
        context.meeting_date = std::chrono::year_month_day{meeting};
        const auto fresh = date_in_words(words, context);
        return fresh ? in_place_of(old, fresh->date, meeting).value : std::string("none");
    };
    CHECK(value({"20 March", "2026-03-20"}, "the 27th") == "2026-03-27");
    CHECK(value({"Saturday the 7th of March", "2026-03-07"}, "the 14th") == "2026-03-14");
    CHECK(value({"Friday", "2025-03-28"}, "the 3rd") == "2025-04-03");
    CHECK(value({"Tuesday the 24th of June", "2024-06-24"}, "Thursday the 26th") == "2025-06-26");
    CHECK(value({"next Tuesday", "2025-03-18"}, "Wednesday") == "2025-03-19");
    CHECK(value({"Thursday", "2025-03-13"}, "Monday") == "2025-03-17");
    CHECK(value({"June", "2024-06"}, "since July") == "2024-07");
    CHECK(value({"February", "2025-02"}, "January") == "2025-01");
    CHECK(value({"June", "2025-06"}, "March") == "2025-03");
    CHECK(value({"15 May", "2025-05-15"}, "13 June 2026") == "2026-06-13");
}

SCENARIO("a day, a figure or a name that was misspoken is put right in plain words", "[bot][dialogue][plain]") {
    const Told told[]{
        {"Sarah will send the downtime log by 20 March.", "no, the 27th",
         "Sarah will send the downtime log by the 27th of March"},
        {"Sarah will send the downtime log by Thursday.", "no, by Friday",
         "Sarah will send the downtime log by Friday"},
        {"Sarah will send the downtime log next Tuesday.", "no wait, Wednesday",
         "Sarah will send the downtime log Wednesday"},
        {"The board decides on 7 May.", "I meant the 14th", "The board decides on the 14th of May"},
        {"The board decides in June.", "make it March", "The board decides in March"},
        {"Sarah is worried that the plant stops for 180k.", "make it 140k, not 180k",
         "Sarah is worried that the plant stops for 140k"},
        {"Sarah is worried that twelve people have to be trained.", "Sorry, it's twenty people, not twelve.",
         "Sarah is worried that twenty people have to be trained"},
        {"Sarah is worried that the plant stops for six months.", "I meant twelve months",
         "Sarah is worried that the plant stops for twelve months"},
        {"Every stop costs them 900 a month.", "no, 1,900 a month", "Every stop costs them 1,900 a month"},
        {"Every stop costs them 650 in spoiled milk.", "sorry, I meant 560",
         "Every stop costs them 560 in spoiled milk"},
        {"Every stop costs them 14 boxes of milk.", "it's 40 boxes, not 14", "Every stop costs them 40 boxes of milk"},
        {"Sarah is worried that Aquatherm is cheaper.", "wrong, it was Hydronic, not Aquatherm",
         "Sarah is worried that Hydronic is cheaper"},
        {"Raj is worried that the plant stops during the migration.", "Actually it was Tim who said it, not Raj.",
         "Tim is worried that the plant stops during the migration"},
        {"Raj is worried that the plant stops during the migration.", "no, it's Tim who worries",
         "Tim is worried that the plant stops during the migration"},
        {"Raj is worried that the plant stops during the migration.", "nein, das war Tim",
         "Tim is worried that the plant stops during the migration"},
        {"Raj is worried that the plant stops for 3 days.", "nein, 5, nicht 3",
         "Raj is worried that the plant stops for 5 days"}};
    for (const auto& [first, correction, text] : told) {
        INFO(first << " / " << correction);
        RepDesk desk = at_work();
        desk.say(first);
        REQUIRE(desk.understood_items().size() == 1);
        const std::string before = desk.understood_items()[0].text;
        const auto open = desk.state().open;
        const Turn reply = desk.say(correction);
        CHECK(last_words(reply).find("Changed: ") == 0);
        REQUIRE(desk.understood_items().size() == 1);
        CHECK(desk.understood_items()[0].text == text);
        CHECK(desk.state().open->question == open->question);
        desk.say("undo");
        REQUIRE(desk.understood_items().size() == 1);
        CHECK(desk.understood_items()[0].text == before);
    }
}

SCENARIO("every finding of the line that names the wrong one changes, and the rest of the line is heard",
         "[bot][dialogue][plain]") {
    RepDesk desk = at_work();
    WHEN("the wrong person was named") {
        desk.say("Sarah is worried that the plant stops. Raj is worried about the recipes, and Raj signs in May.");
        const auto before = desk.understood_items();
        desk.say("Sorry, that was Tim. They want a week without a stop by autumn.");
        for (const core::Item& item : desk.understood_items()) {
            INFO(item.text);
            CHECK(item.text.find("Raj") == std::string::npos);
            if (item.person) CHECK(item.person->name != "Raj Patel");
        }
        CHECK(desk.understood_items().size() > before.size());
        THEN("what another person said stays with that person") {
            CHECK(desk.understood_items()[0].person->name == "Sarah Chen");
        }
    }
    WHEN("the person corrected had said something else before") {
        desk.say("Sarah is worried that the plant stops during the migration.");
        desk.say("Sarah will send the downtime log by Friday.");
        desk.say("no, that was Tim");
        const auto items = desk.understood_items();
        REQUIRE(items.size() == 2);
        CHECK(items[0].person->name == "Sarah Chen");
        CHECK(items[1].person->name == "Tim Hale");
    }
}

SCENARIO("who corrects what is not there is told how to put it", "[bot][dialogue][plain]") {
    RepDesk desk = at_work();
    desk.say("Sarah is worried that the plant stops during the migration.");
    const auto open = desk.state().open;
    for (const char* const line :
         {"no, I meant twelve months", "Sorry, it's blue, not green", "make it 140k, not 180k"}) {
        INFO(line);
        const Turn reply = desk.say(line);
        CHECK(last_words(reply).find("1: your words") != std::string::npos);
        CHECK(desk.state().open->question == open->question);
        CHECK(desk.understood_items().size() == 1);
    }
}

SCENARIO("what merely sounds like a correction is heard as an answer", "[bot][dialogue][plain]") {
    for (const char* const line :
         {"No, two people decide that.", "Actually Tim signs everything above 50k.", "I mean they are slow.",
          "Speed, not price.", "It's speed, not price.", "No, they want it by May because the audit is then.",
          "Sorry, Tim is against it.", "It was Tim who told them to wait.", "Make it quick, they said.",
          "No, not really."}) {
        INFO(line);
        RepDesk desk = at_work();
        desk.say("Sarah is worried that the plant stops for 3 days in June. Raj will send the log by Friday.");
        const auto before = desk.understood_items();
        REQUIRE(before.size() == 2);
        const Turn reply = desk.say(line);
        CHECK(last_words(reply).find("Changed: ") == std::string::npos);
        CHECK(last_words(reply).find("nothing to change") == std::string::npos);
        const auto after = desk.understood_items();
        REQUIRE(after.size() >= 2);
        for (std::size_t i = 0; i < 2; ++i) CHECK(after[i].text == before[i].text);
    }
}

SCENARIO("a bare day in answer to whether a fact still holds corrects that fact", "[bot][dialogue][plain]") {
    RepDesk desk;
    const auto old = desk.fact(Dimension::timing, "2024-06-01", "", "The board decides on 20 March 2025");
    for (const Dimension fresh :
         {Dimension::cost_of_inaction, Dimension::desired_outcome, Dimension::why_change, Dimension::decision_process,
          Dimension::stakeholder, Dimension::concern, Dimension::competing_option, Dimension::commitment})
        desk.fact(fresh, "2025-03-10", "", "New of " + std::string{core::name_of(fresh)});
    desk.start();
    while (desk.state().open && desk.state().open->about != std::vector<core::Uuid>{old}) desk.say("skip");
    REQUIRE(desk.state().open);
    desk.say("No, 27 March 2025");
    REQUIRE(desk.understood_items().size() == 1);
    CHECK(desk.understood_items()[0].text == "The board decides on 27 March 2025");
    CHECK(desk.understood_items()[0].supersedes == old);
}
