// A one-to-one: what the rep wants comes first, our numbers are turned round, what the manager promises is kept.
#include "bot/coaching/one_to_one.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "bot/coaching/harvest.hpp"
#include "bot/dialogue/codec.hpp"
#include "bot/kinds/kinds.hpp"
#include "core/catalogue/scope.hpp"
#include "core/civil_date.hpp"

using namespace debrief;
using namespace debrief::bot;
using coaching::Need;
using coaching::Pack;

namespace {

core::Uuid id_of(std::uint8_t n) {
    core::Uuid id;
    id.bytes[6] = 0x70;
    id.bytes[15] = n;
    return id;
}

const Playbook& coaching_book() {
    for (const auto& one : builtin_playbooks()) {
        if (one.playbook.kind == "coaching") return one.playbook;
    }
    FAIL("no playbook for coaching");
    return builtin_debrief();
}

struct Talk {
    Conversation talk;
    World world;
    std::vector<core::Edit> written;
    std::vector<Message> last;
    std::uint8_t lines = 0;

    explicit Talk(const Pack& pack = {}, const std::string& language = "en") {
        talk.id = id_of(1);
        talk.kind = "coaching";
        talk.coached = {id_of(2), "Jonas Brandt"};
        talk.rep = talk.owner = {id_of(3), "Ada Lind"};
        talk.language = language;
        talk.playbook = coaching_book().id;
        talk.version = coaching_book().version;
        world.now = *core::parse_instant("2025-03-18T15:00:00Z");
        talk.started = world.now;
        take(coaching::opening(coaching_book(), talk, world, pack));
    }
    void take(Turn turn) {
        last = turn.messages;
        for (auto& edit : turn.edits) written.push_back(edit);
        for (auto& message : turn.messages) talk.messages.push_back(std::move(message));
    }
    void put(const Input& input) {
        const auto line =
            coaching::user_line(coaching_book(), talk, world, id_of(static_cast<std::uint8_t>(100 + lines++)), input);
        REQUIRE(line);
        talk.messages.push_back(*line);
        take(coaching::advance(coaching_book(), talk, world));
    }
    void say(const std::string& text) { put({text, {}, {}, false}); }
    void act(Action action) { put({{}, action, {}, false}); }
    [[nodiscard]] State state() const { return state_of(coaching_book(), talk); }
    [[nodiscard]] std::string text() const {
        std::string all;
        for (const auto& message : last) all += message.text + "\n";
        return all;
    }
    [[nodiscard]] std::vector<core::Put> puts(std::string_view table) const {
        std::vector<core::Put> found;
        for (const auto& edit : written) {
            if (const auto* put = std::get_if<core::Put>(&edit); put != nullptr && put->table == table)
                found.push_back(*put);
        }
        return found;
    }
};

std::string asked(const Message& message) {
    return message.ask ? message.ask->question : "";
}

Need need_of(const std::string& account, const std::string& reason) {
    return {{id_of(9), account}, 10, {{"silent", 10, reason, {}, ""}}};
}

}  // namespace

SCENARIO("a one-to-one starts with what the rep wants, and asks for nothing of ours", "[bot][coaching]") {
    Pack pack;
    pack.goals = {id_of(5)};
    pack.needs = {need_of("Dairy", "Nothing was heard of them since 1 February 2025.")};
    pack.commitments = {"join the next call"};
    Talk talk{pack};
    const auto& opening = talk.talk.messages.front().text;
    const auto goal = opening.find("{goal " + id_of(5).text() + "}");
    const auto stuck = opening.find("{stuck " + id_of(9).text() + "}");
    REQUIRE(goal != std::string::npos);
    REQUIRE(stuck != std::string::npos);
    CHECK(goal < stuck);
    CHECK(opening.find("join the next call") != std::string::npos);
    // By reference: no word of an account stays with a manager whose duty ends.
    CHECK(opening.find("Dairy") == std::string::npos);
    CHECK(asked(talk.talk.messages.back()) == "rep_goal");
    const auto shown = nlohmann::json::parse(message_json(talk.talk.messages.back()));
    CHECK(shown["ask"]["dimension"] == "rep_goal");
    CHECK(shown["ask"]["playbook"] == "coaching");
    CHECK(shown["text"].get<std::string>().find("Jonas Brandt") != std::string::npos);

    WHEN("the manager asks for a number") {
        talk.say("What will you close this month?");
        THEN("it is turned round once, and the question stays") {
            CHECK(talk.text().find("That is your number. What does Jonas Brandt want?") != std::string::npos);
            REQUIRE(talk.last.back().ask);
            CHECK(talk.last.back().ask->kind == AskKind::reframe);
            CHECK(asked(talk.last.back()) == "rep_goal");
            AND_WHEN("again") {
                talk.say("I still need the forecast from him for the quarter");
                THEN("it is let pass, and the talk goes on") {
                    CHECK(asked(talk.last.back()) == "rep_obstacle");
                }
            }
        }
    }
    WHEN("all is said") {
        talk.say("He wants to hear people out instead of presenting at once");
        CHECK(asked(talk.last.back()) == "rep_obstacle");
        talk.say("He gets nervous when they are silent and fills the gap with slides");
        CHECK(asked(talk.last.back()) == "rep_help");
        talk.say(
            "Practice helps him. I will sit in on his call with the dairy by next Friday. I'll send him two "
            "recordings.");
        THEN("what the manager will do stands on the screen, and nothing is written yet") {
            CHECK(talk.state().phase == Phase::confirming);
            CHECK(talk.text().find("1. sit in on his call with the dairy by next Friday") != std::string::npos);
            CHECK(talk.text().find("2. send him two recordings") != std::string::npos);
            CHECK(talk.puts("coaching_note").empty());
            CHECK(talk.puts("task").empty());
        }
        AND_WHEN("it is confirmed") {
            talk.say("ask him on Monday how it went");
            talk.say("drop 2");
            talk.act(Action::confirm);
            THEN("the note is the manager's alone, and the promises are the manager's tasks") {
                const auto notes = talk.puts("coaching_note");
                REQUIRE(notes.size() == 1);
                CHECK(notes.front().scope == core::user_scope(id_of(3)));
                CHECK(std::get<bool>(notes.front().fields.at("shared")) == false);
                CHECK(std::get<std::string>(notes.front().fields.at("text")).find("hear people out") !=
                      std::string::npos);
                const auto tasks = talk.puts("task");
                REQUIRE(tasks.size() == 2);
                CHECK(std::get<std::string>(tasks[0].fields.at("due")) == "2025-03-28");
                CHECK(std::get<std::string>(tasks[1].fields.at("text")) == "ask him on Monday how it went");
                for (const auto& task : tasks) CHECK(task.scope == core::user_scope(id_of(3)));
                CHECK(talk.state().phase == Phase::done);
            }
        }
        AND_WHEN("it is shared") {
            talk.act(Action::share);
            THEN("the rep reads the note, and still not the tasks") {
                const auto notes = talk.puts("coaching_note");
                REQUIRE(notes.size() == 1);
                CHECK(notes.front().scope == core::text_of({core::ScopeKind::coaching, id_of(2), id_of(3)}));
                CHECK(talk.puts("task").front().scope == core::user_scope(id_of(3)));
                const auto outcome =
                    nlohmann::json::parse(coaching::outcome_json(coaching_book(), talk.talk, talk.world));
                CHECK(outcome["shared"] == true);
                CHECK(outcome["help"].size() == 2);
            }
        }
        AND_WHEN("the last answer is taken back") {
            talk.act(Action::undo);
            THEN("its question is open again and its promises are gone") {
                CHECK(asked(talk.last.back()) == "rep_help");
                CHECK(coaching::harvest_of(talk.talk, talk.world).promises.empty());
            }
        }
    }
    WHEN("everything is skipped") {
        for (int i = 0; i < 3; ++i) talk.act(Action::skip);
        talk.act(Action::confirm);
        THEN("nothing is kept") {
            CHECK(talk.puts("coaching_note").empty());
            CHECK(talk.state().phase == Phase::done);
        }
    }
}

TEST_CASE("a talk without a goal says so, in both languages, and the replies never change", "[bot][coaching]") {
    Talk english, german{{}, "de"};
    CHECK(english.talk.messages.front().text.find("shared no goal with you yet") != std::string::npos);
    CHECK(german.talk.messages.front().text.find("noch kein Ziel") != std::string::npos);
    german.say("Was machst du diesen Monat an Abschlüssen, wie hoch ist die Prognose?");
    CHECK(german.text().find("Das ist Ihre Zahl.") != std::string::npos);
    for (const auto* talk : {&english, &german}) {
        for (const auto& message : talk->talk.messages) {
            CHECK(message.text.find('!') == std::string::npos);
            CHECK(message.text.find('{') == std::string::npos);
        }
    }
    // Killed after the line: the same reply, with the same id.
    Talk again{{}, "de"};
    again.say("Was machst du diesen Monat an Abschlüssen, wie hoch ist die Prognose?");
    CHECK(again.talk.messages.back().id == german.talk.messages.back().id);
}

TEST_CASE("a manager is needed where most is stuck", "[bot][coaching]") {
    const auto today = *core::parse_day("2025-03-18");
    const auto account = [](std::uint8_t n, const char* name, int score) {
        coaching::AccountState state;
        state.account = {id_of(n), name};
        state.risk.score = score;
        state.risk.reasons = {{"no_champion", score, "Nobody there speaks for it.", {}, "Somebody who would."}};
        state.last_heard = *core::parse_day("2025-03-10");
        return state;
    };
    auto quiet = account(1, "Quiet", 20), stuck = account(2, "Stuck", 20), unheard = account(3, "Unheard", 60);
    quiet.last_heard = *core::parse_day("2025-01-10");
    unheard.last_heard.reset();
    core::CommitmentView promise;
    promise.made.id = id_of(8);
    promise.made.text = "Sends the restart log";
    promise.made.owner = {id_of(7), "Daniel Osei"};
    promise.made.due = "2025-02-18";
    promise.state = "overdue";
    stuck.overdue = {promise};
    stuck.score_before = 8;
    const auto needs = coaching::needs_of({quiet, unheard, stuck}, today, "en");
    REQUIRE(needs.size() == 3);
    CHECK(needs[0].account.name == "Stuck");
    CHECK(needs[0].points == 20 + 6 + 7);  // Half of what it rose, and four weeks overdue.
    CHECK(needs[0].reasons[1].text.find("Daniel Osei: “Sends the restart log” was promised for") == 0);
    CHECK(needs[1].account.name == "Quiet");
    CHECK(needs[2].account.name == "Unheard");
    int points = 0;
    for (const auto& reason : needs[0].reasons) points += reason.points;
    CHECK(points == needs[0].points);
}

TEST_CASE("what asks for our number is told from what asks for the rep", "[bot][coaching]") {
    CHECK(coaching::asks_for_our_number("What will you close this month?"));
    CHECK(coaching::asks_for_our_number("Can you commit to the forecast?"));
    CHECK(coaching::asks_for_our_number("Wie ist deine Prognose?"));
    CHECK_FALSE(coaching::asks_for_our_number("He wants to close the gap between what he asks and what he hears"));
    CHECK_FALSE(coaching::asks_for_our_number("She wants to be calmer in front of a board"));
    REQUIRE(kind_called("coaching") != nullptr);
    CHECK_FALSE(kind_called("coaching")->shared);
}

SCENARIO("a goal that was shared is not asked as if nobody knew it", "[bot][coaching]") {
    Pack pack;
    pack.goals = {id_of(9)};
    Talk talk{pack};
    REQUIRE(talk.last.back().ask);
    CHECK(talk.last.back().ask->kind == AskKind::confirm);
    CHECK(talk.last.back().ask->question == "rep_goal");
    WHEN("it still holds") {
        talk.say("yes, still");
        THEN("the talk goes on, and the note does not say yes") {
            CHECK(talk.last.back().ask->question == "rep_obstacle");
            CHECK(coaching::harvest_of(talk.talk, talk.world).note.empty());
        }
    }
    WHEN("it has changed") {
        talk.say("no");
        THEN("it is asked openly") {
            CHECK(talk.last.back().ask->kind == AskKind::ask);
            CHECK(talk.last.back().ask->question == "rep_goal");
        }
    }
}

SCENARIO("a promise that was taken out is in the note no more", "[bot][coaching]") {
    Talk talk;
    talk.say("He wants to listen better.");
    talk.say("He gets nervous in silence.");
    talk.say("A rehearsal. I will sit in on his call. I will send him two questions.");
    talk.say("drop 2");
    const auto found = coaching::harvest_of(talk.talk, talk.world);
    CHECK(found.promises.size() == 1);
    CHECK(found.note.find("two questions") == std::string::npos);
    CHECK(found.note.find("sit in on his call") != std::string::npos);
}

SCENARIO("a promise in German has its day, and „streiche 1“ takes it out as the screen says", "[bot][coaching]") {
    Talk talk{{}, "de"};
    talk.say("Sie will besser zuhören.");
    talk.say("Es wird still.");
    talk.say("Ich werde am Donnerstag mitfahren.");
    auto found = coaching::harvest_of(talk.talk, talk.world);
    REQUIRE(found.promises.size() == 1);
    REQUIRE(found.promises[0].due);
    CHECK(core::civil_text(*found.promises[0].due) == "2025-03-20");
    CHECK(talk.last.back().text.find("„streiche 1“") != std::string::npos);
    talk.say("streiche 1");
    CHECK(coaching::harvest_of(talk.talk, talk.world).promises.empty());
}
