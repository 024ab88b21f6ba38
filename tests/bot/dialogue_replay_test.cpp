// A conversation played again under another playbook, and what a rep corrected kept for training.
#include <algorithm>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "bot/dialogue/corrections.hpp"
#include "bot/dialogue/replay.hpp"
#include "tests/bot/support/rep_desk.hpp"

using namespace debrief;
using namespace debrief::bot;
using nlohmann::json;
using test::RepDesk;

namespace {

RepDesk after_a_debrief() {
    RepDesk desk;
    desk.contact("Sarah Chen", "COO");
    desk.start();
    desk.say("Sarah is worried that the plant stops during the migration.");
    desk.say("skip");
    desk.say("They want a week without a stop by June.");
    desk.act(Action::stop);
    return desk;
}

}  // namespace

SCENARIO("a conversation played under its own version asks the same", "[bot][dialogue]") {
    RepDesk desk;
    desk.contact("Sarah Chen", "COO");
    const World before = desk.world();
    desk = after_a_debrief();
    desk.act(Action::confirm);
    CHECK(replay(desk.book, desk.conversation(), before).empty());
    WHEN("one question has other words, and another is gone") {
        Playbook other = desk.book;
        std::vector<std::string> asked;
        for (const Message& m : desk.conversation().messages) {
            if (m.ask) asked.push_back(m.ask->question);
        }
        REQUIRE(asked.size() >= 3);
        for (Question& q : other.questions) {
            if (q.id == asked[1]) q.text.en = "What moved?";
        }
        THEN("that one is named with both wordings, and nothing else differs") {
            const auto differs = replay(other, desk.conversation(), before);
            REQUIRE(differs.size() == 1);
            CHECK(differs[0].question == asked[1]);
            CHECK(differs[0].after.find("What moved?") != std::string::npos);
        }
        std::erase_if(other.questions, [&](const Question& q) { return q.id == asked[2]; });
        THEN("the missing one is named too") {
            const auto differs = replay(other, desk.conversation(), before);
            CHECK(std::any_of(differs.begin(), differs.end(),
                              [&](const Difference& d) { return d.question == asked[2] && d.after.empty(); }));
        }
    }
}

SCENARIO("what was corrected on the screen is a note to learn from", "[bot][dialogue]") {
    RepDesk desk = after_a_debrief();
    const World world = desk.world();
    const auto items = desk.understood_items();
    REQUIRE(items.size() >= 2);
    CHECK(corrected_notes(desk.book, desk.conversation(), world).empty());
    GIVEN("a finding dropped") {
        desk.act(Action::drop, items[0].id);
        desk.act(Action::confirm);
        const auto notes = corrected_notes(desk.book, desk.conversation(), world);
        REQUIRE(notes.size() == 1);
        const json note = json::parse(notes[0]);
        THEN("the line stands there without that finding") {
            CHECK(note["text"] == "Sarah is worried that the plant stops during the migration.");
            for (const auto& fact : note["labels"]["facts"]) CHECK(fact["span"] != items[0].source.quote);
            CHECK(note["labels"]["focus"].size() == note["sentences"].size());
            CHECK(note["context"]["meeting_date"] == "2025-03-12");
        }
    }
    GIVEN("a finding put in other words") {
        desk.act(Action::correct, items[0].id, "The plant must never stop");
        desk.act(Action::confirm);
        const auto notes = corrected_notes(desk.book, desk.conversation(), world);
        REQUIRE(notes.size() == 1);
        const json note = json::parse(notes[0]);
        THEN("its clause is the one that was said") {
            REQUIRE_FALSE(note["labels"]["facts"].empty());
            const std::string span = note["labels"]["facts"][0]["span"];
            CHECK(note["text"].get<std::string>().find(span) != std::string::npos);
            CHECK(note["labels"]["facts"][0]["person"] == "Sarah Chen");
        }
    }
    GIVEN("nothing corrected") {
        desk.act(Action::confirm);
        CHECK(corrected_notes(desk.book, desk.conversation(), world).empty());
    }
}

SCENARIO("what changed is asked for its reason once, and the reason stays with the fact", "[bot][dialogue]") {
    RepDesk desk;
    desk.fact(core::Dimension::timing, "2025-02-20", "", "The new line has to be ready before the audit in May");
    desk.start();
    desk.say("The new line has to be ready before the audit in June.");
    REQUIRE(desk.state().open->kind == AskKind::contradiction);
    const auto because = [&desk] {
        desk.act(Action::stop);
        desk.act(Action::confirm);
        for (const core::Record& r : desk.all("observation", "account/")) {
            if (r.text("text").find("June") != std::string::npos)
                return json::parse(r.text("source")).value("because", "");
        }
        return std::string("not there");
    };
    WHEN("the answer is one word") {
        desk.say("changed");
        CHECK(desk.state().open->kind == AskKind::probe);
        AND_WHEN("the reason is told") {
            desk.say("The auditor moved the visit after the merger.");
            CHECK(desk.state().open->kind != AskKind::probe);
            CHECK(because() == "The auditor moved the visit after the merger.");
        }
        AND_WHEN("nobody knows it") {
            desk.say("no idea");
            CHECK(because().empty());
        }
    }
    WHEN("the answer holds its reason") {
        desk.say("That has changed, the auditor moved the visit.");
        THEN("nothing more is asked about it") {
            CHECK(desk.state().open->kind != AskKind::probe);
            CHECK(because() == "That has changed, the auditor moved the visit.");
        }
    }
}
