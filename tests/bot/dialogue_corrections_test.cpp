// A fact that is put differently takes the place of the old one, wherever that was said.
#include <catch2/catch.hpp>

#include "bot/dialogue/correction_words.hpp"
#include "core/catalogue/scope.hpp"
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
    return desk;
}

std::vector<std::string> texts(const RepDesk& desk, const std::string& scope, const std::string& state) {
    std::vector<std::string> found;
    for (const auto& record : desk.all("observation", scope)) {
        if (record.text("state") == state) found.push_back(record.text("text"));
    }
    return found;
}

}  // namespace

TEST_CASE("what takes something back is told from what merely sounds like it", "[bot][dialogue][correction]") {
    CHECK(corrected_words("Correction: it stops three times a month.") == "it stops three times a month.");
    CHECK(corrected_words("No, that's wrong, it is 60,000") == "it is 60,000");
    CHECK(corrected_words("no that is wrong. The audit is in May") == "The audit is in May");
    CHECK(corrected_words("Sorry, I was wrong – they decide in June") == "they decide in June");
    CHECK(corrected_words("Wrong, it is two sites") == "it is two sites");
    CHECK(corrected_words("That's wrong it is two sites") == "it is two sites");
    CHECK(corrected_words("Korrektur: es sind drei Werke") == "es sind drei Werke");
    CHECK(corrected_words("Nein, das stimmt nicht, es sind drei Werke") == "es sind drei Werke");
    for (const char* const line :
         {"Wrong prices worry them.", "That's wrong.", "Correction:", "No, they want it by May",
          "The correction of the audit took a week.", "Not true believers, says Sarah.", ""}) {
        INFO(line);
        CHECK_FALSE(corrected_words(line));
    }
}

SCENARIO("a stored fact that the open question is about is superseded by its correction",
         "[bot][dialogue][correction]") {
    for (const char* const line :
         {"Correction: the batch system stops three times a month.", "No, that's wrong, it is three times a month.",
          "That's not right, it stops three times a month now."}) {
        INFO(line);
        RepDesk desk = at_work();
        const auto old = desk.fact(Dimension::why_change, "2024-06-01", "", "The batch system stops 2 times a month");
        for (const auto fresh : {Dimension::cost_of_inaction, Dimension::desired_outcome, Dimension::decision_process,
                                 Dimension::stakeholder, Dimension::concern, Dimension::competing_option,
                                 Dimension::commitment, Dimension::timing})
            desk.fact(fresh, "2025-03-10", "", "New of " + std::string{core::name_of(fresh)});
        desk.start();
        // The opening first; then what is stale is asked about.
        while (desk.state().open && desk.state().open->about != std::vector<core::Uuid>{old}) desk.say("skip");
        REQUIRE(desk.state().open);
        desk.say(line);
        desk.act(Action::confirm);
        const auto& record = desk.records.at(old);
        CHECK(record.text("state") == "superseded");
        REQUIRE(record.ref("superseded_by"));
        const auto& fresh = desk.records.at(*record.ref("superseded_by"));
        CHECK(fresh.text("state") == "confirmed");
        CHECK(fresh.text("dimension") == "why_change");
        CHECK_THAT(fresh.text("text"),
                   Catch::StartsWith("The batch system stops three times a month", Catch::CaseSensitive::No));
        CHECK(texts(desk, "account/", "confirmed").size() == 9);
    }
}

SCENARIO("a stored fact is superseded also where the open question is about something else",
         "[bot][dialogue][correction]") {
    RepDesk desk = at_work();
    const auto old = desk.fact(Dimension::cost_of_inaction, "2025-03-10", "Sarah Chen", "Every stop costs them 40,000");
    desk.start();
    const Turn reply = desk.say("Correction: every stop costs them 60,000.");
    CHECK(last_words(reply).find("in place of “Every stop costs them 40,000”") != std::string::npos);
    CHECK(reply.state.open);
    desk.act(Action::confirm);
    CHECK(desk.records.at(old).text("state") == "superseded");
    const auto& fresh = desk.records.at(*desk.records.at(old).ref("superseded_by"));
    CHECK(fresh.text("dimension") == "cost_of_inaction");
    CHECK(fresh.text("text").find("60,000") != std::string::npos);
}

SCENARIO("what was said in this conversation is put differently in its place", "[bot][dialogue][correction]") {
    RepDesk desk = at_work();
    desk.start();
    desk.say("Sarah is worried that the plant stops for 3 days during the migration.");
    REQUIRE(desk.understood_items().size() == 1);
    const auto first = desk.understood_items()[0];

    WHEN("with a whole sentence") {
        desk.say("Correction: Sarah is worried that the plant stops for 5 days during the migration.");
        REQUIRE(desk.understood_items().size() == 1);
        const auto now = desk.understood_items()[0];
        CHECK(now.id == first.id);
        CHECK(now.text.find("5 days") != std::string::npos);
        CHECK(now.source.quote.find("5 days") != std::string::npos);
        CHECK(now.source.message != first.source.message);
        THEN("it can be undone") {
            desk.act(Action::undo);
            REQUIRE(desk.understood_items().size() == 1);
            CHECK(desk.understood_items()[0].text == first.text);
        }
    }
    WHEN("with nothing but the figure") {
        desk.say("No, that's wrong, it is 5.");
        REQUIRE(desk.understood_items().size() == 1);
        CHECK(desk.understood_items()[0].text.find("5 days during the migration") != std::string::npos);
    }
    WHEN("with a name, as before") {
        desk.contact("Tim Hale", "CFO");
        desk.say("Correction: Tim, not Sarah.");
        REQUIRE(desk.understood_items().size() == 1);
        CHECK(desk.understood_items()[0].person->name == "Tim Hale");
    }
    WHEN("the words fit nothing that was said") {
        desk.say("Correction: they have two plants in Ohio and want one schedule for both.");
        THEN("they are an answer like any other") {
            CHECK(desk.understood_items().size() == 2);
        }
    }
}

SCENARIO("a question that names nothing but a person or a topic is answered from the store",
         "[bot][dialogue][lookup]") {
    RepDesk desk = at_work();
    desk.contact("Mo Idris", "Head of IT");
    const auto worry = desk.fact(Dimension::concern, "2025-03-10", "Mo Idris", "The interfaces have to be built twice");
    desk.start();
    const auto answer_to = [&desk](const char* line) {
        const Turn turn = desk.say(line);
        for (const Message& m : turn.messages) {
            if (m.answer && m.answer->found) return m.text;
        }
        return std::string{};
    };
    std::string all;
    for (const char* const line : {"What about Mo?", "what about Idris?", "And what do we know about Mo?"}) {
        INFO(line);
        const Turn turn = desk.say(line);
        std::string words;
        bool found = false;
        std::vector<core::Uuid> evidence;
        for (const Message& m : turn.messages) {
            if (!m.answer) continue;
            found = found || m.answer->found;
            words += m.text;
            evidence.insert(evidence.end(), m.answer->evidence.begin(), m.answer->evidence.end());
        }
        CHECK(found);
        CHECK(words.find("Head of IT") != std::string::npos);
        CHECK(words.find("built twice") != std::string::npos);
        CHECK(std::find(evidence.begin(), evidence.end(), worry) != evidence.end());
    }
    CHECK(answer_to("What about Sarah?").find("COO") != std::string::npos);
    CHECK(answer_to("What about their worries?").find("built twice") != std::string::npos);
    desk.write({core::Put{"stance",
                          desk.id("stance of Mo"),
                          {{"account", desk.room.account.id},
                           {"contact", desk.id("contact Mo Idris")},
                           {"stance", std::string{"skeptic"}},
                           {"since", std::string{"2025-03-10"}}},
                          core::account_scope(desk.room.account.id)}});
    CHECK(answer_to("Who is against it?").find("Mo Idris is noted as sceptic") != std::string::npos);
    CHECK(answer_to("Who is in favour?").find("Mo Idris") == std::string::npos);
    const Turn nothing = desk.say("What about Ruth?");
    CHECK_FALSE(nothing.messages.front().answer->found);
}
