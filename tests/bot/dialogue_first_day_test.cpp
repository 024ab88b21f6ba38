// A first day with the bot: how people end it, ask back, and come again on the same day.
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

SCENARIO("a debrief is ended in plain words", "[bot][dialogue][plain]") {
    for (const char* const line :
         {"that's all for today", "we're done", "I have no more time", "ok, that was everything, thanks",
          "right, I'm out of time", "let's wrap up here", "so das war's für heute", "ich hab keine Zeit mehr, danke"}) {
        INFO(line);
        RepDesk desk = at_work();
        desk.say(worry);
        CHECK(desk.say(line).state.phase == Phase::confirming);
        CHECK(desk.understood_items().size() == 1);
    }
    for (const char* const line : {"They have no more time before the audit", "that's all they want", "nothing else",
                                   "is that all?", "they are done with Hydronic"}) {
        INFO(line);
        RepDesk desk = at_work();
        desk.say(worry);
        CHECK(desk.say(line).state.phase == Phase::asking);
    }
}

SCENARIO("the bot is asked for its reason in plain words", "[bot][dialogue][plain]") {
    for (const char* const line : {"why are you asking me that?", "but why do you want to know that now?", "what for?",
                                   "hm, why is that important?", "wozu brauchst du das denn?", "why?"}) {
        INFO(line);
        RepDesk desk = asked_something();
        const std::string open = desk.state().open->question;
        CHECK(last_words(desk.say(line)).find("Because") == 0);
        CHECK(desk.state().open->question == open);
        CHECK(desk.understood_items().empty());
    }
    RepDesk desk = asked_something();
    CHECK(
        desk.say("Why should they change? Because the auditor said so to Tim.").messages.front().text.find("Because") !=
        0);
}

SCENARIO("whoever debriefs twice in a day is not asked about a first meeting", "[bot][dialogue][plain]") {
    RepDesk desk;
    desk.contact("Sarah Chen", "COO");
    CHECK(desk.start().messages.front().text.find("First meeting") == 0);
    desk.say(worry);
    desk.say("stop");
    REQUIRE(desk.say("confirm").state.phase == Phase::done);
    desk.room.id = desk.id("the afternoon's debrief");
    CHECK(desk.start().messages.front().text.find("First meeting") == std::string::npos);
}
