// How an opportunity ended, in the customer's terms.
#include <array>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "bot/ending/outcome_words.hpp"
#include "bot/playbook/wording_rules.hpp"
#include "tests/bot/support/rep_desk.hpp"

using namespace debrief;
using namespace debrief::bot;
using bot::ending::outcome_said;
using bot::test::RepDesk;

namespace {

RepDesk ending_of(const std::string& outcome = "open", const std::string& reason = {}) {
    RepDesk desk;
    desk.contact("Miriam Hale", "head of IT");
    desk.contact("Tomas Novak", "purchasing");
    desk.end("CT renewal", outcome, reason);
    desk.start();
    return desk;
}
std::string asked(const Turn& turn) {
    return turn.state.open ? turn.state.open->question : std::string();
}
core::Record opportunity(const RepDesk& desk) {
    return desk.records.at(*desk.room.opportunity);
}
std::string last_text(const Turn& turn) {
    return turn.messages.back().text;
}

}  // namespace

TEST_CASE("what they did is heard in plain words, English and German", "[bot][ending]") {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 44> said{{
        {"bought", "They signed on Friday."},
        {"bought", "they bought it"},
        {"bought", "They went with us in the end."},
        {"bought", "We got the order, they decided for us."},
        {"bought", "Sie haben unterschrieben."},
        {"bought", "Sie haben sich für uns entschieden."},
        {"elsewhere", "They went with Nordmed."},
        {"elsewhere", "they bought from the people in Ulm"},
        {"elsewhere", "They signed with Siemens last week."},
        {"elsewhere", "We lost it to a firm from Dundee."},
        {"elsewhere", "They are building it themselves."},
        {"elsewhere", "They bought a planning tool from Heidelberg."},
        {"elsewhere", "They bought a used one."},
        {"elsewhere", "bought elsewhere"},
        {"elsewhere", "Sie haben bei Nordtech gekauft."},
        {"elsewhere", "Sie haben sich für die Firma aus Ulm entschieden."},
        {"elsewhere", "Sie machen es selbst."},
        {"stayed", "They stay as they are."},
        {"stayed", "They stick with the paper boards."},
        {"stayed", "They are keeping their old system."},
        {"stayed", "they renewed with their supplier"},
        {"stayed", "They decided to do nothing."},
        {"stayed", "Sie bleiben bei ihren Listen."},
        {"stayed", "Es bleibt alles beim Alten."},
        {"undecided", "They never decided."},
        {"undecided", "It is on hold until the autumn."},
        {"undecided", "They put it off again, so they stay as they are for now."},
        {"undecided", "They lost their COO and put it off."},
        {"undecided", "They went quiet after March."},
        {"undecided", "They couldn't agree among themselves."},
        {"undecided", "Es wurde auf den Herbst verschoben."},
        {"undecided", "Sie konnten sich nicht einigen."},
        {"withdrew", "We withdrew."},
        {"withdrew", "We walked away, it was no fit."},
        {"withdrew", "I stepped back because they need it in August."},
        {"withdrew", "Wir haben uns zurückgezogen."},
        {"not_bought", "we lost it"},
        {"not_bought", "They said no."},
        {"not_bought", "They decided against it."},
        {"not_bought", "Sie haben nicht gekauft."},
        {"", "Miriam told me on Monday."},
        {"", "It was a long call."},
        {"", "No idea."},
        {"", "They like the night shift to have one number."},
    }};
    for (const auto& [outcome, line] : said) {
        INFO(line);
        CHECK(outcome_said(line).value_or("") == outcome);
    }
}

SCENARIO("an ending is told and counts once it is confirmed", "[bot][ending]") {
    RepDesk desk = ending_of();
    REQUIRE(desk.start().messages.empty());  // Nothing is missing: the opening stands.
    REQUIRE(desk.state().open->question == "ended");

    WHEN("one line says all of it") {
        const Turn turn = desk.say("Miriam wrote that they stay with the old one because the new wing comes first.");
        THEN("neither who said it nor why is asked again") {
            CHECK(asked(turn) == "known_earlier");
            desk.say("don't know");
            CHECK(opportunity(desk).text("outcome") == "open");
            desk.act(Action::confirm);
            CHECK(opportunity(desk).text("outcome") == "stayed");
            CHECK(opportunity(desk).text("outcome_reason") == "the new wing comes first");
            CHECK(opportunity(desk).text("ended_on") == "2025-03-12");
        }
    }
    WHEN("it is only said that they did not buy") {
        const Turn turn = desk.say("we lost it");
        THEN("it is asked once what they did instead, and a second vague word is accepted") {
            CHECK(asked(turn) == "ended");
            CHECK(turn.state.open->kind == AskKind::probe);
            const Turn second = desk.say("no they just said no");
            CHECK(asked(second) != "ended");
            for (int i = 0; i < 3; ++i) desk.act(Action::skip);
            desk.act(Action::confirm);
            CHECK(opportunity(desk).text("outcome") == "not_bought");
        }
    }
    WHEN("the reason is about us") {
        desk.say("They bought elsewhere.");
        desk.say("Miriam Hale");
        const Turn turn = desk.say("We were too expensive and our demo was bad.");
        THEN("it is turned round once, and the second answer stays a note of the rep's") {
            CHECK(asked(turn) == "reason_elsewhere");
            CHECK(turn.state.open->kind == AskKind::reframe);
            const Turn second = desk.say("Our demo was really bad, I was badly prepared.");
            CHECK(asked(second) == "known_earlier");
            desk.act(Action::stop);
            desk.act(Action::confirm);
            CHECK(opportunity(desk).text("outcome_reason").empty());
        }
    }
    WHEN("it is taken back, on the screen and by undo") {
        desk.say("They bought elsewhere.");
        desk.act(Action::stop);
        desk.say("no, they stayed as they are");
        CHECK(nlohmann::json::parse(desk.outcome())["outcome"] == "stayed");
        desk.say("undo");
        CHECK(nlohmann::json::parse(desk.outcome())["outcome"] == "elsewhere");
        desk.say("no, they stayed as they are");
        const Turn end = desk.act(Action::confirm);
        THEN("the last word holds") {
            CHECK(end.state.phase == Phase::done);
            CHECK(opportunity(desk).text("outcome") == "stayed");
        }
    }
    WHEN("nothing but the outcome is said") {
        desk.say("It is on hold.");
        for (int i = 0; i < 3; ++i) desk.act(Action::skip);
        THEN("there is still a screen to confirm, and what is dropped there closes nothing") {
            CHECK(desk.state().phase == Phase::confirming);
            CHECK(opportunity(desk).text("outcome") == "open");
            desk.act(Action::confirm);
            CHECK(opportunity(desk).text("outcome") == "undecided");
        }
    }
    WHEN("nobody there has told us") {
        desk.say("They bought elsewhere.");
        desk.say("I read it on the tender portal");
        THEN("the source stands as it is, and no contact is made of it") {
            const auto outcome = nlohmann::json::parse(desk.outcome());
            CHECK(outcome["by"]["id"].is_null());
            CHECK(outcome["by"]["name"] == "I read it on the tender portal");
            CHECK(desk.all("contact").size() == 2);
        }
    }
}

SCENARIO("what is noted of an ending already is not asked", "[bot][ending]") {
    RepDesk desk = ending_of("elsewhere", "one number to call");
    CHECK(desk.state().open->question == "on_whose_words");
    desk.say("Miriam Hale");
    CHECK(desk.state().open->question == "known_earlier");
    WHEN("nothing new is said of it") {
        desk.act(Action::skip);
        desk.act(Action::confirm);
        THEN("what stands there is not written again") {
            CHECK(opportunity(desk).text("outcome") == "elsewhere");
            CHECK(opportunity(desk).text("outcome_reason") == "one number to call");
        }
    }
    WHEN("it was otherwise") {
        desk.say("no, they stayed as they are");
        desk.act(Action::stop);
        desk.act(Action::confirm);
        CHECK(opportunity(desk).text("outcome") == "stayed");
    }
}

SCENARIO("an ending survives a kill after every line", "[bot][ending]") {
    for (std::size_t killed = 0; killed < 4; ++killed) {
        RepDesk lives = ending_of(), dies = ending_of();
        const std::array<std::string, 4> lines{"They went with Nordmed.", "Miriam Hale told me.",
                                               "Miriam said the hub has one number for everything.",
                                               "Novak had asked the other clinics in January."};
        Turn kept, revived;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            kept = lives.say(lines[i]);
            if (i == killed) {
                dies.say_and_die(lines[i]);
                revived = dies.start();
            } else {
                revived = dies.say(lines[i]);
            }
        }
        REQUIRE(revived.messages.size() == kept.messages.size());
        CHECK(revived.messages.back().id == kept.messages.back().id);
        CHECK(lives.outcome() == dies.outcome());
    }
}

TEST_CASE("an ending never blames, and never asks for a number of ours", "[bot][ending]") {
    for (const std::string language : {"en", "de"}) {
        RepDesk desk = ending_of();
        desk.room.language = language;
        for (const std::string line : {"we lost it", "They went with Nordmed because of the price.", "Miriam",
                                       "I should have asked sooner, my fault.", "no idea"}) {
            const Turn turn = desk.say(line);
            for (const Message& m : turn.messages) {
                INFO(m.text);
                CHECK(faults_of_wording(m.text, false).empty());
                CHECK(m.text.find("you lost") == std::string::npos);
            }
        }
        CHECK_FALSE(last_text(desk.act(Action::confirm)).empty());
    }
}
