// The promises of a debrief, one by one.
#include <catch2/catch.hpp>

#include "bot/playbook/wording_rules.hpp"
#include "tests/bot/support/rep_desk.hpp"

using namespace debrief;
using namespace debrief::bot;
using test::RepDesk;

namespace {

const char* const worry = "Sarah is worried that the plant stops during the migration.";

RepDesk at_work() {
    RepDesk desk;
    desk.contact("Sarah Chen", "COO");
    desk.start();
    return desk;
}

}  // namespace

SCENARIO("a program killed before the reply makes the same reply", "[bot][dialogue]") {
    GIVEN("one rep whose program lives and one whose program dies after the line is stored") {
        RepDesk lives = at_work();
        RepDesk dies = at_work();
        const Turn reply = lives.say(worry);
        dies.say_and_die(worry);
        THEN("the reply is due, and is the same to the last id, however much later it is made") {
            CHECK(dies.state().reply_due);
            dies.wait(std::chrono::minutes{2});
            const Turn late = dies.start();
            REQUIRE(late.messages.size() == reply.messages.size());
            for (std::size_t i = 0; i < late.messages.size(); ++i) {
                CHECK(late.messages[i].id == reply.messages[i].id);
                CHECK(message_json(late.messages[i]) == message_json(reply.messages[i]));
            }
            CHECK(dies.records.size() == lives.records.size());
        }
    }
}

SCENARIO("starting again asks nothing again", "[bot][dialogue]") {
    RepDesk desk = at_work();
    desk.say(worry);
    const State before = desk.state();
    const Turn again = desk.start();
    CHECK(again.messages.empty());
    CHECK(desk.state().open_message == before.open_message);
    WHEN("it is opened five days later") {
        desk.wait(std::chrono::days{5});
        const Turn recap = desk.start();
        THEN("one line of recap puts the same question, not counted as asked") {
            REQUIRE_FALSE(recap.messages.empty());
            CHECK(recap.state.open->question == before.open->question);
            CHECK(recap.state.open->restated);
            CHECK(recap.state.asked == before.asked);
            CHECK(recap.state.open_message == before.open_message);
            CHECK(desk.start().messages.empty());
        }
    }
}

SCENARIO("nothing counts before it is confirmed", "[bot][dialogue]") {
    RepDesk desk = at_work();
    desk.say(worry);
    REQUIRE(desk.understood_items().size() == 1);
    CHECK(desk.all("observation", "account/").empty());
    CHECK(desk.all("stance").empty());
    const Turn end = desk.act(Action::confirm);
    CHECK(end.state.phase == Phase::done);
    const auto confirmed = desk.all("observation", "account/");
    REQUIRE(confirmed.size() == 1);
    CHECK(confirmed[0].text("state") == "confirmed");
    CHECK(desk.all("observation", "private/").empty());
    REQUIRE(desk.understood_items().size() == 1);
    CHECK(desk.understood_items()[0].person->name == "Sarah Chen");
    CHECK(desk.records.at(desk.room.meeting->id).flag("debriefed"));
}

SCENARIO("skip is not don't-know", "[bot][dialogue]") {
    RepDesk desk = at_work();
    desk.act(Action::skip);
    REQUIRE(desk.state().open->question == "why_change_first");
    WHEN("the rep skips") {
        desk.act(Action::skip);
        THEN("nothing is stored, and it is not asked again") {
            CHECK(desk.understood_items().empty());
            CHECK(desk.state().open->question != "why_change");
        }
    }
    WHEN("the rep does not know") {
        desk.say("no idea");
        THEN("it becomes an unknown about that dimension") {
            REQUIRE(desk.understood_items().size() == 1);
            CHECK(desk.understood_items()[0].dimension == core::Dimension::unknown);
            CHECK(desk.understood_items()[0].about == core::Dimension::why_change);
        }
    }
}

SCENARIO("a line and an action with the same meaning do the same", "[bot][dialogue]") {
    const std::pair<const char*, Action> pairs[]{{"skip", Action::skip},           {"I don't know", Action::dont_know},
                                                 {"Why do you ask?", Action::why}, {"stop", Action::stop},
                                                 {"back", Action::back},           {"undo", Action::undo},
                                                 {"Zurück", Action::back},         {"rückgängig", Action::undo},
                                                 {"weiß nicht", Action::dont_know}};
    for (const auto& [words, action] : pairs) {
        INFO(words);
        RepDesk typed = at_work();
        RepDesk tapped = at_work();
        typed.say(worry);
        tapped.say(worry);
        const Turn a = typed.say(words);
        const Turn b = tapped.act(action);
        REQUIRE(a.messages.size() == b.messages.size());
        for (std::size_t i = 0; i < a.messages.size(); ++i) CHECK(a.messages[i].text == b.messages[i].text);
        CHECK(a.state.phase == b.state.phase);
    }
}

SCENARIO("undo takes back what the last line brought", "[bot][dialogue]") {
    RepDesk desk = at_work();
    desk.say(worry);
    const State asked = desk.state();
    desk.say("Sarah will send the downtime log by Friday.");
    REQUIRE(desk.understood_items().size() == 2);
    desk.say("undo");
    CHECK(desk.understood_items().size() == 1);
    CHECK(desk.state().open->question == asked.open->question);
    CHECK(desk.state().asked == asked.asked);
    desk.say("undo");
    CHECK(desk.understood_items().empty());
    CHECK(desk.state().open->question == "open_first");
    desk.say("undo");
    CHECK(desk.state().open->question == "open_first");
}

SCENARIO("a private remark never reaches the store", "[bot][dialogue]") {
    RepDesk desk = at_work();
    desk.say("Sarah's husband is in hospital.");
    for (const auto& [key, record] : desk.records) {
        for (const auto& [field, value] : record.fields) {
            if (const auto* text = std::get_if<std::string>(&value)) CHECK(text->find("hospital") == std::string::npos);
        }
    }
    CHECK(desk.state().open->question == "open_first");
    CHECK(desk.state().asked == 1);
}

SCENARIO("bad input is refused before it is stored", "[bot][dialogue]") {
    RepDesk desk = at_work();
    const auto refused = [&](Input input) {
        return user_line(desk.book, desk.conversation(), desk.world(), desk.id("x"), input).error().code;
    };
    Input input;
    input.text = "  ";
    CHECK(refused(input) == core::Errc::invalid);
    input = {};
    input.action = Action::drop;
    CHECK(refused(input) == core::Errc::invalid);
    input.item = desk.id("no such item");
    CHECK(refused(input) == core::Errc::invalid);
    input = {};
    input.action = Action::share;
    CHECK(refused(input) == core::Errc::invalid);
}

SCENARIO("a time that the rep names is kept", "[bot][dialogue]") {
    RepDesk desk;
    desk.room.minutes = 2;
    const Turn opening = desk.start();
    CHECK(opening.state.limit == 2);
    WHEN("the two minutes are over") {
        desk.wait(std::chrono::minutes{3});
        THEN("it goes to the confirm screen") {
            CHECK(desk.say(worry).state.phase == Phase::confirming);
        }
    }
    WHEN("the rep is boarding") {
        const Turn turn = desk.say("Quick, I am boarding. Sarah is worried about the price.");
        THEN("one more question at most") {
            CHECK(turn.state.limit == 2);
        }
    }
}

SCENARIO("items confirmed one by one stand together under a stance", "[bot][dialogue]") {
    RepDesk desk = at_work();
    desk.say(worry);
    desk.say("Sarah fears that the recipes get lost.");
    const auto items = desk.understood_items();
    REQUIRE(items.size() == 2);
    desk.act(Action::stop);
    desk.act(Action::confirm, items[0].id);
    const Turn end = desk.act(Action::confirm, items[1].id);
    CHECK(end.state.phase == Phase::done);
    const auto stances = desk.all("stance");
    REQUIRE(stances.size() == 1);
    CHECK(std::get<core::UuidSet>(stances[0].fields.at("evidence")).size() == 2);
}

SCENARIO("who somebody is, is asked about the right one", "[bot][dialogue]") {
    RepDesk desk = at_work();
    const Turn asked = desk.say("Tim is worried that they lose their biggest customer in October.");
    REQUIRE(asked.state.open);
    REQUIRE(asked.state.open->question == "who_is");
    WHEN("the name was heard wrongly") {
        const Turn corrected =
            desk.say(GENERATE("no, it was Tom, not Tim", "Not Tim, it was Tom.", "no, not Tim, it was Tom"));
        THEN("the open question names the one who is meant") {
            REQUIRE_FALSE(corrected.messages.empty());
            CHECK(corrected.messages.back().text.find("Who is Tom,") != std::string::npos);
            CHECK(corrected.state.open->about != asked.state.open->about);
        }
    }
    WHEN("the answer says the name once more") {
        const Turn told = desk.say(GENERATE("Tim runs the warehouse.", "Tim is the one who runs the warehouse"));
        THEN("it is no part of the role") {
            CHECK(told.messages.front().text.find("Tim: Tim") == std::string::npos);
            CHECK(told.messages.front().text.find("runs the warehouse") != std::string::npos);
        }
    }
    WHEN("a line is taken back") {
        desk.say("He runs the warehouse.");
        const Turn back = desk.say("undo");
        THEN("it is quoted with one full stop") {
            CHECK(back.messages.front().text.find("He runs the warehouse”.") != std::string::npos);
        }
    }
}

SCENARIO("who is called by function is the contact who has it", "[bot][dialogue]") {
    RepDesk desk = at_work();
    const core::Uuid chairman = desk.contact("Fergal Shields", "chairman");
    desk.say("The chairman is worried that the crew will never use it.");
    const auto understood = desk.understood_items();
    REQUIRE_FALSE(understood.empty());
    REQUIRE(understood[0].person);
    CHECK(understood[0].person->id == chairman);
    CHECK(understood[0].person->name == "Fergal Shields");
}

SCENARIO("what nobody knows is filed under what it is about, not under what was asked", "[bot][dialogue]") {
    RepDesk desk = at_work();
    desk.say("skip");
    REQUIRE(desk.state().open);
    REQUIRE(desk.state().open->dimension != core::Dimension::decision_process);
    desk.say("Nobody knows who signs.");
    const auto understood = desk.understood_items();
    REQUIRE(understood.size() == 1);
    CHECK(understood[0].dimension == core::Dimension::unknown);
    CHECK(understood[0].about == core::Dimension::decision_process);
}

SCENARIO("what is said again, and so filed under the next question, still names who said it", "[bot][dialogue]") {
    RepDesk desk = at_work();
    const char* const wish = "Sarah wants the line running through the night without anybody on call by September.";
    desk.say("skip");
    desk.say(wish);
    desk.say(wish);
    const Turn reply = desk.say(wish);
    REQUIRE_FALSE(reply.messages.empty());
    CHECK(reply.messages[0].text.find("(Sarah Chen)") != std::string::npos);
}
