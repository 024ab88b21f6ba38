// People do not speak in commands: what they say in plain words does the same.
#include <catch2/catch.hpp>

#include "bot/dialogue/commands.hpp"
#include "tests/bot/support/plain_talk_desk.hpp"

using namespace debrief;
using namespace debrief::bot;
using core::Dimension;
using test::asked_something;
using test::at_work;
using test::last_words;
using test::RepDesk;
using test::worry;

SCENARIO("whoever agrees to the confirm screen in plain words has confirmed", "[bot][dialogue][plain]") {
    for (const char* const line :
         {"yes, all good", "looks good, save it", "yes, that's correct", "Yes.", "perfect, thanks", "ok, keep them all",
          "passt so", "ja, stimmt alles", "sieht gut aus, speichern bitte"}) {
        INFO(line);
        RepDesk desk = at_work();
        desk.say(worry);
        desk.say("stop");
        REQUIRE(desk.state().phase == Phase::confirming);
        CHECK(desk.say(line).state.phase == Phase::done);
        CHECK(desk.all("observation", "account/").size() == 1);
    }
    for (const char* const line :
         {"yes, and Tim is against it", "looks good to them", "not right", "is it all good?", "thanks"}) {
        INFO(line);
        RepDesk desk = at_work();
        desk.say(worry);
        desk.say("stop");
        CHECK(desk.say(line).state.phase == Phase::confirming);
        CHECK(desk.all("observation", "account/").empty());
    }
}

SCENARIO("a question is skipped in plain words, and nothing is stored", "[bot][dialogue][plain]") {
    for (const char* const line :
         {"Can we leave that for now?", "I'll come back to that later", "not now", "let's skip that one",
          "skip for now", "next question please", "skip please", "skip it, I'm driving", "nothing to add, next one",
          "I'd rather not answer that", "pass on that", "leave that one", "can we come to that one later",
          "überspringen bitte", "nächste Frage bitte", "lass uns das überspringen", "jetzt nicht"}) {
        INFO(line);
        RepDesk desk = asked_something();
        const std::string open = desk.state().open->question;
        const Turn reply = desk.say(line);
        CHECK(last_words(reply).find("Skipped.") == 0);
        CHECK(desk.state().last_did == "skipped");
        CHECK(desk.state().open->question != open);
        CHECK(desk.understood_items().empty());
    }
    for (const char* const line : {"They skip that step every month", "skip it, Sarah is against it",
                                   "Next they want to see the plant", "later this year they move"}) {
        INFO(line);
        CHECK_FALSE(parse_command(line, Phase::asking));
    }
}

SCENARIO("whoever does not know says so in plain words, and an unknown is kept", "[bot][dialogue][plain]") {
    for (const char* const line :
         {"No idea what happens on their end.", "no clue", "honestly, no idea", "couldn't tell you, sorry",
          "I haven't got a clue", "No clue, I had ten minutes between two trains.", "da bin ich überfragt",
          "keine Ahnung, leider"}) {
        INFO(line);
        RepDesk desk = asked_something();
        desk.say(line);
        CHECK(desk.state().last_did == "dont_know");
        REQUIRE(desk.understood_items().size() == 1);
        CHECK(desk.understood_items()[0].about == Dimension::why_change);
        CHECK(desk.understood_items()[0].text == "Why Brightfield Dairy must change is not known.");
    }
}

SCENARIO("who cannot say whether a fact still holds has not said that it does not", "[bot][dialogue][plain]") {
    for (const char* const line :
         {"No clue.", "No idea, Tim had to leave early", "haven't heard, Tim was on his own"}) {
        INFO(line);
        RepDesk desk;
        desk.contact("Tim Hale", "CFO");
        const auto old = desk.fact(Dimension::why_change, "2024-06-01", "", "The batch system stops 2 times a month");
        for (const Dimension fresh :
             {Dimension::cost_of_inaction, Dimension::desired_outcome, Dimension::timing, Dimension::decision_process,
              Dimension::stakeholder, Dimension::concern, Dimension::competing_option, Dimension::commitment})
            desk.fact(fresh, "2025-03-10", "", "New of " + std::string{core::name_of(fresh)});
        desk.start();
        while (desk.state().open && desk.state().open->about != std::vector<core::Uuid>{old}) desk.say("skip");
        REQUIRE(desk.state().open);
        desk.say(line);
        CHECK(desk.state().last_did == "dont_know");
        for (const core::Item& item : desk.understood_items()) CHECK_FALSE(item.supersedes);
    }
}

SCENARIO("what a rep was not told is kept in words that a colleague understands", "[bot][dialogue][plain]") {
    for (const char* const line : {"That I don't know", "Sarah didn't tell me", "Tim wouldn't say", "I couldn't say",
                                   "I never asked who else is in on it"}) {
        INFO(line);
        RepDesk desk = asked_something();
        desk.say(line);
        REQUIRE(desk.understood_items().size() == 1);
        const core::Item item = desk.understood_items()[0];
        CHECK(item.dimension == Dimension::unknown);
        CHECK(item.text.find(" is not known.") != std::string::npos);
        CHECK(item.source.quote.find(line) != std::string::npos);
    }
}

SCENARIO("a spoken reminder is a task of the rep and never a promise of the customer", "[bot][dialogue][plain]") {
    const std::tuple<const char*, const char*, const char*> wishes[]{
        {"remind me on Friday to send Max our references", "send Max our references", "2025-03-14"},
        {"remind me tomorrow to call Sarah", "call Sarah", "2025-03-13"},
        {"Please remind me next Monday about the quote.", "the quote", "2025-03-17"},
        {"don't let me forget to send Sarah the case study", "send Sarah the case study", ""},
        {"don’t let me forget to call Tim on Friday", "call Tim", "2025-03-14"},
        {"oh, and remind me tonight to send the offer", "send the offer, tonight", ""},
        {"Erinnere mich am Freitag daran, Max anzurufen", "Max anzurufen", "2025-03-14"},
        {"Lass mich nicht vergessen, dass Sarah das Angebot braucht", "Sarah das Angebot braucht", ""}};
    for (const auto& [line, text, due] : wishes) {
        INFO(line);
        RepDesk desk = asked_something();
        const std::string open = desk.state().open->question;
        desk.say(line);
        const auto tasks = desk.all("task");
        REQUIRE(tasks.size() == 1);
        CHECK(tasks[0].text("text") == text);
        CHECK(tasks[0].text("due") == due);
        CHECK(desk.understood_items().empty());
        CHECK(desk.state().open->question == open);
        CHECK(desk.state().open->restated);
    }
}

SCENARIO("what is said beside a reminder is heard as ever", "[bot][dialogue][plain]") {
    RepDesk desk = asked_something();
    desk.say("The line stops twice a month, and please remind me on Friday to send Sarah the case study.");
    CHECK(desk.all("task").size() == 1);
    REQUIRE(desk.understood_items().size() == 1);
    CHECK(desk.understood_items()[0].text == "The line stops twice a month");
    for (const char* const line : {"They will remind me to send it", "Sarah will call and remind me on Monday",
                                   "remind me who Sarah is", "Sarah reminds me of Tim"}) {
        INFO(line);
        RepDesk other = asked_something();
        other.say(line);
        CHECK(other.all("task").empty());
    }
}

SCENARIO("a worry that is over gives way, and nobody is a sceptic because of it", "[bot][dialogue][plain]") {
    for (const char* const line :
         {"Sarah is not worried about the cloud any more.", "Sarah is fine with the cloud now.",
          "Sarah is no longer afraid of the cloud.", "That worry is gone, Sarah says."}) {
        INFO(line);
        RepDesk desk;
        desk.contact("Sarah Chen", "COO");
        const auto old = desk.fact(Dimension::concern, "2025-03-01", "Sarah Chen",
                                   "Sarah is worried about storing contracts in the cloud");
        desk.start();
        desk.say(line);
        REQUIRE(desk.understood_items().size() == 1);
        CHECK(desk.understood_items()[0].supersedes == old);
        CHECK(desk.understood_items()[0].dimension != Dimension::concern);
        desk.act(Action::confirm);
        CHECK(desk.records.at(old).text("state") == "superseded");
        for (const auto& stance : desk.all("stance")) CHECK(stance.text("stance") != "skeptic");
    }
    for (const char* const line : {"Sarah is still afraid that old records can't be read any more.",
                                   "Her fear is that the data is gone.", "Sarah is worried now."}) {
        INFO(line);
        RepDesk desk;
        desk.contact("Sarah Chen", "COO");
        desk.fact(Dimension::concern, "2025-03-01", "Sarah Chen",
                  "Sarah is worried about storing contracts in the cloud");
        desk.start();
        desk.say(line);
        for (const core::Item& item : desk.understood_items()) CHECK_FALSE(item.supersedes);
    }
}

SCENARIO("whoever likes another option is no supporter of ours because of it", "[bot][dialogue][plain]") {
    RepDesk desk;
    desk.contact("Sarah Chen", "COO");
    for (const Dimension known :
         {Dimension::cost_of_inaction, Dimension::desired_outcome, Dimension::why_change, Dimension::decision_process,
          Dimension::stakeholder, Dimension::concern, Dimension::timing, Dimension::commitment})
        desk.fact(known, "2025-03-10", "", "New of " + std::string{core::name_of(known)});
    desk.start();
    desk.act(Action::skip);
    REQUIRE(desk.state().open);
    REQUIRE(desk.state().open->dimension == Dimension::competing_option);
    desk.say("Then they'd stick with the paper lists for another year, Sarah would be perfectly happy with that.");
    REQUIRE_FALSE(desk.understood_items().empty());
    desk.act(Action::confirm);
    CHECK(desk.all("stance").empty());
}

SCENARIO("two answers that begin alike are told apart, with the day of each", "[bot][dialogue][plain]") {
    RepDesk desk;
    desk.fact(Dimension::timing, "2025-03-01", "", "The bottling hall is handed over to the builders on 30 June");
    desk.fact(Dimension::timing, "2025-03-05", "", "The bottling hall is handed over to the builders on 2 July");
    for (const Dimension known :
         {Dimension::cost_of_inaction, Dimension::desired_outcome, Dimension::why_change, Dimension::decision_process,
          Dimension::stakeholder, Dimension::concern, Dimension::competing_option, Dimension::commitment})
        desk.fact(known, "2025-03-10", "", "New of " + std::string{core::name_of(known)});
    desk.start();
    while (desk.state().open && desk.state().open->kind != AskKind::contradiction) desk.act(Action::skip);
    REQUIRE(desk.state().open);
    const auto& messages = desk.conversation().messages;
    const std::string asked = messages.back().text;
    CHECK(asked.find("1 March 2025") != std::string::npos);
    CHECK(asked.find("5 March 2025") != std::string::npos);
    CHECK(asked.find("30 June") != std::string::npos);
    CHECK(asked.find("2 July") != std::string::npos);
    WHEN("the rep does not know which holds") {
        desk.say("I have no idea");
        THEN("that is kept as a gap, as the bot says") {
            REQUIRE(desk.understood_items().size() == 1);
            CHECK(desk.understood_items()[0].about == Dimension::timing);
        }
    }
}

SCENARIO("a figure with a mark for the thousands contradicts another one", "[bot][dialogue][plain]") {
    RepDesk desk;
    desk.fact(Dimension::decision_process, "2025-03-01", "", "The board approves anything above 30,000");
    desk.start();
    desk.say("The board approves anything above 10,000.");
    REQUIRE(desk.state().open);
    CHECK(desk.state().open->kind == AskKind::contradiction);
    WHEN("it changed") {
        desk.say("it changed");
        desk.say("They were bought by a holding in January.");
        THEN("the reason can be read before it is confirmed") {
            CHECK(last_words(desk.say("stop")).find("The reason: “They were bought by a holding in January.”") !=
                  std::string::npos);
        }
    }
    WHEN("it is the same figure") {
        RepDesk other;
        other.fact(Dimension::decision_process, "2025-03-01", "", "The board approves anything above 30,000");
        other.start();
        other.say("The board approves anything above 30k.");
        REQUIRE(other.state().open);
        CHECK(other.state().open->kind != AskKind::contradiction);
    }
}

SCENARIO("what was replaced a moment ago is not asked about again", "[bot][dialogue][plain]") {
    RepDesk desk;
    const auto old = desk.fact(Dimension::timing, "2024-06-01", "", "The new station opens in June 2025");
    for (const Dimension fresh :
         {Dimension::cost_of_inaction, Dimension::desired_outcome, Dimension::why_change, Dimension::decision_process,
          Dimension::stakeholder, Dimension::concern, Dimension::competing_option, Dimension::commitment})
        desk.fact(fresh, "2025-03-10", "", "New of " + std::string{core::name_of(fresh)});
    desk.start();
    while (desk.state().open && desk.state().open->about != std::vector<core::Uuid>{old}) desk.say("skip");
    REQUIRE(desk.state().open);
    const Turn reply = desk.say("No, it opens in August 2025. The budget hearing is on 7 October 2025.");
    REQUIRE(desk.understood_items().size() == 2);
    CHECK(desk.understood_items()[0].supersedes == old);
    CHECK(reply.state.phase == Phase::confirming);
    CHECK(last_words(reply).find("Beside it stands") == std::string::npos);
}

SCENARIO("a vague line is probed once, and then the gap is kept", "[bot][dialogue][plain]") {
    for (const char* const line :
         {"Let's see what comes out of it.", "I'm sure they will go ahead.", "Looks like everything is on track.",
          "Well, it wouldn't be great for them.", "Can't see anything, looks good."}) {
        INFO(line);
        RepDesk desk = asked_something();
        const std::string open = desk.state().open->question;
        const Turn probed = desk.say(line);
        CHECK(desk.state().last_did == "probed");
        CHECK(last_words(probed).find("where that belongs") == std::string::npos);
        CHECK(desk.state().open->question == open);
        desk.say("Whatever comes next, I suppose.");
        CHECK(desk.state().last_did == "dont_know");
        REQUIRE(desk.understood_items().size() == 1);
        CHECK(desk.understood_items()[0].about == Dimension::why_change);
    }
}

SCENARIO("how the meeting was held is no answer to probe", "[bot][dialogue][plain]") {
    for (const char* const line :
         {"We met in the lobby.", "Short call today.", "They gave us a tour.", "It was a video call.",
          "Torvald had to jump off after ten minutes.", "Wir haben telefoniert, zehn Minuten."}) {
        INFO(line);
        RepDesk desk = at_work();
        desk.say(line);
        CHECK(desk.state().open->dimension != Dimension::unknown);
        CHECK(desk.state().open->kind == AskKind::ask);
        CHECK(desk.understood_items().empty());
    }
    WHEN("the rep judges the meeting") {
        RepDesk desk = at_work();
        desk.say("It was a good call.");
        CHECK(desk.state().open->kind == AskKind::probe);
    }
}

SCENARIO("our own talk is never what is not known about the customer", "[bot][dialogue][plain]") {
    for (const char* const line :
         {"Then I'd have a big hole in my forecast, we really can't afford to lose this one.",
          "We lost touch because I changed territory, but our new release would fit them perfectly."}) {
        INFO(line);
        RepDesk desk;
        for (const Dimension known : {Dimension::cost_of_inaction, Dimension::desired_outcome, Dimension::why_change,
                                      Dimension::decision_process, Dimension::stakeholder, Dimension::concern,
                                      Dimension::timing, Dimension::commitment})
            desk.fact(known, "2025-03-10", "", "New of " + std::string{core::name_of(known)});
        desk.start();
        desk.act(Action::skip);
        REQUIRE(desk.state().open->dimension == Dimension::competing_option);
        desk.say(line);
        CHECK(desk.understood_items().empty());
        CHECK(desk.state().open->kind == AskKind::reframe);
    }
}

SCENARIO("an answer that follows takes the place of the gap of the same question", "[bot][dialogue][plain]") {
    RepDesk desk = asked_something();
    desk.say("don't know");
    REQUIRE(desk.understood_items().size() == 1);
    desk.say("back");
    desk.say("The line stops twice a month and nobody can restart it.");
    REQUIRE_FALSE(desk.understood_items().empty());
    for (const core::Item& item : desk.understood_items()) CHECK(item.dimension != Dimension::unknown);
    desk.say("undo");
    REQUIRE(desk.understood_items().size() == 1);
    CHECK(desk.understood_items()[0].dimension == Dimension::unknown);
}

SCENARIO("a name that is no person's is dropped, and what was said stays", "[bot][dialogue][plain]") {
    for (const char* const line :
         {"that's not a person, it's a drone company", "It's a company.", "das ist eine Firma"}) {
        INFO(line);
        RepDesk desk;
        desk.contact("Sarah Chen", "COO");
        desk.start();
        desk.say("Tim is worried that they lose their biggest customer in October.");
        REQUIRE(desk.state().open->question == "who_is");
        desk.say(line);
        CHECK(desk.state().open->question != "who_is");
        REQUIRE_FALSE(desk.understood_items().empty());
        for (const core::Item& item : desk.understood_items()) CHECK_FALSE(item.person);
        desk.act(Action::confirm);
        CHECK(desk.all("contact").size() == 1);
    }
}

TEST_CASE("it is agrees, and it is worse does not", "[bot][dialogue][plain]") {
    for (const char* const line : {"It is.", "It is, and Mo wants it too", "They do", "That is still what she wants",
                                   "That's how it is. And he trains a second man.", "it is still so"})
        CHECK(yes_or_no(line) == YesNo::yes);
    for (const char* const line :
         {"It is worse now, she loses one in four", "It is much better now", "They do it weekly"})
        CHECK(yes_or_no(line) == YesNo::neither);
}

SCENARIO("in answer to whether a fact still holds", "[bot][dialogue][plain]") {
    RepDesk desk;
    const auto old = desk.fact(Dimension::timing, "2024-06-01", "", "The new station opens in June 2025");
    for (const Dimension fresh :
         {Dimension::cost_of_inaction, Dimension::desired_outcome, Dimension::why_change, Dimension::decision_process,
          Dimension::stakeholder, Dimension::concern, Dimension::competing_option, Dimension::commitment})
        desk.fact(fresh, "2025-03-10", "", "New of " + std::string{core::name_of(fresh)});
    desk.start();
    while (desk.state().open && desk.state().open->about != std::vector<core::Uuid>{old}) desk.say("skip");
    REQUIRE(desk.state().open);
    WHEN("the rep half agrees") {
        const Turn reply = desk.say("More or less, I think");
        THEN("what differs is asked, and nothing is confirmed") {
            CHECK(last_words(reply) == "What is different by now?\n");
            CHECK(desk.understood_items().empty());
        }
    }
    WHEN("the rep says no and what is so") {
        desk.say("No, it opens in August 2025.");
        THEN("the no is no part of the fact") {
            REQUIRE(desk.understood_items().size() == 1);
            CHECK(desk.understood_items()[0].text == "it opens in August 2025");
            CHECK(desk.understood_items()[0].source.quote == "it opens in August 2025");
        }
    }
}

SCENARIO("a note is filed under a heading that is named, not under a word of the next answer",
         "[bot][dialogue][plain]") {
    RepDesk desk = at_work();
    const Turn asked = desk.say("Tim walked me through the old packing hall.");
    REQUIRE(desk.state().last_did == "unclear");
    CHECK(last_words(asked).find("the people") != std::string::npos);
    WHEN("a heading is named") {
        desk.say("the people");
        REQUIRE(desk.understood_items().size() == 1);
        CHECK(desk.understood_items()[0].dimension == Dimension::stakeholder);
    }
    WHEN("the answer says something") {
        desk.say("They want to move things forward.");
        for (const core::Item& item : desk.understood_items())
            CHECK(item.text.find("packing hall") == std::string::npos);
    }
}
