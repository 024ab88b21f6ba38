// The bot plays somebody, asks what nobody expects, and what was weak comes again.
#include <algorithm>
#include <set>

#include <catch2/catch.hpp>

#include "bot/playbook/wording_rules.hpp"
#include "bot/rehearsal/library.hpp"
#include "bot/rehearsal/rehearsal.hpp"
#include "bot/rehearsal/spacing.hpp"
#include "bot/rehearsal/turns.hpp"
#include "core/civil_date.hpp"
#include "tests/bot/support/rep_desk.hpp"

using namespace debrief;
using namespace debrief::bot;
using bot::test::RepDesk;
using core::Dimension;

namespace {

const std::string good =
    "Your line stopped four times since January. I will ask Miriam on Friday what each stop cost you.";
const std::string weak = "Our platform is the market leader.";

RepDesk brightfield() {
    RepDesk desk;
    desk.contact("Sarah Chen", "COO");
    desk.contact("Miriam Hale", "head of IT");
    desk.stance("Sarah Chen", core::Stance::skeptic, "2025-02-01");
    desk.fact(Dimension::concern, "2025-03-01", "Sarah Chen",
              "Sarah fears that the night shift cannot work with a new screen");
    desk.fact(Dimension::cost_of_inaction, "2025-03-01", "Sarah Chen",
              "every stop costs them 9000 euros in spoiled milk");
    return desk;
}
RepDesk rehearsing(std::uint64_t seed, const std::string& who = "Sarah Chen") {
    RepDesk desk = brightfield();
    desk.rehearse(who, seed);
    return desk;
}

std::vector<std::string> texts(const Turn& turn) {
    std::vector<std::string> out;
    for (const Message& m : turn.messages) out.push_back(m.text);
    return out;
}
const Judged* verdict(const Turn& turn) {
    for (const Message& m : turn.messages) {
        if (m.judged) return &*m.judged;
    }
    return nullptr;
}
/// Says the same until it is over; what was asked, in order.
std::vector<std::string> play(RepDesk& desk, const std::string& answer) {
    std::vector<std::string> asked;
    Turn turn = desk.start();
    for (int guard = 0; guard < 30 && turn.state.phase != Phase::done; ++guard) {
        if (turn.state.open && turn.state.open->kind == AskKind::ask) asked.push_back(turn.state.open->question);
        turn = desk.say(answer);
    }
    CHECK(turn.state.phase == Phase::done);
    return asked;
}

}  // namespace

TEST_CASE("every contingency, stance and role has a question", "[bot][rehearsal][library]") {
    for (const std::string& cell : rehearsal::empty_cells()) FAIL_CHECK(cell);
    CHECK(rehearsal::library().size() >= 120);
    std::set<std::string> said, ids;
    for (const auto& one : builtin_playbooks()) {
        for (const Question& q : one.playbook.questions) {
            said.insert(q.text.en);
            said.insert(q.text.de);
        }
    }
    std::array<int, 3> levels{};
    for (const auto& q : rehearsal::library()) {
        INFO(q.id);
        CHECK(ids.insert(q.id).second);
        CHECK(said.insert(q.text.en).second);
        CHECK(said.insert(q.text.de).second);
        for (const std::string& text : {q.text.en, q.text.de}) {
            for (const std::string& fault : faults_of_wording(text, true)) FAIL_CHECK(q.id << ": " << fault);
        }
        // Both languages hold the same places to fill.
        for (const char* place : {"{person}", "{fact}", "{account}"})
            CHECK((q.text.en.find(place) == std::string::npos) == (q.text.de.find(place) == std::string::npos));
        ++levels[static_cast<std::size_t>(q.level - 1)];
    }
    for (const int count : levels) CHECK(count >= 25);
}

TEST_CASE("a role is read as people write it", "[bot][rehearsal][library]") {
    using enum rehearsal::RoleGroup;
    for (const auto& [role, group] : {std::pair{"COO", executive},
                                      {"Head of Finance", finance},
                                      {"head of IT", technical},
                                      {"Einkaufsleiterin", purchasing},
                                      {"General Counsel", purchasing},
                                      {"Managing Director", executive},
                                      {"Geschäftsführer", executive},
                                      {"shift supervisor", operations},
                                      {"item manager", operations},
                                      {"", operations},
                                      {"Leiter EDV", technical},
                                      {"CFO", finance}}) {
        INFO(role);
        CHECK(rehearsal::role_group_of(role) == group);
    }
}

TEST_CASE("the opening says who is played, and that it is practice and private", "[bot][rehearsal]") {
    RepDesk desk = rehearsing(1);
    const Turn turn = desk.start();
    REQUIRE(turn.messages.size() == 2);
    CHECK(turn.messages[0].text.find("I am Sarah Chen, COO of Brightfield Dairy") == 0);
    CHECK(turn.messages[0].text.find("practice") != std::string::npos);
    CHECK(turn.messages[0].text.find("nobody reads it unless you share it") != std::string::npos);
    REQUIRE(turn.messages[1].ask);
    CHECK(turn.messages[1].ask->unexpected);
    CHECK(turn.messages[1].ask->playbook == "rehearsal");
    // What she is known to worry about comes first, in her own mouth, and names the item.
    CHECK(turn.messages[1].text.find("I fear that the night shift") == 0);
    CHECK(turn.messages[1].ask->about ==
          std::vector<core::Uuid>{
              desk.id("fact 2025-03-01Sarah fears that the night shift cannot work with a new screen")});
}

TEST_CASE("somebody of whom nothing is stored is played by role", "[bot][rehearsal]") {
    RepDesk desk;
    desk.contact("Tim Okafor", "purchasing");
    desk.rehearse("Tim Okafor", 3);
    const Turn turn = desk.start();
    CHECK(turn.messages[0].text.find("Nothing is stored about Tim Okafor yet, so I play by the role alone.") !=
          std::string::npos);
    const auto* asked = rehearsal::question_called(turn.messages[1].ask->question);
    REQUIRE(asked != nullptr);
    CHECK(asked->fits(rehearsal::RoleGroup::purchasing, core::Stance::unknown));
    const Turn reply = desk.say(weak);
    CHECK(verdict(reply)->better.find("I know too little about Brightfield Dairy") == 0);
}

TEST_CASE("the same seed asks the same, another one something else", "[bot][rehearsal][seed]") {
    std::set<std::vector<std::string>> scenarios;
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        RepDesk one = rehearsing(seed), two = rehearsing(seed);
        CHECK(texts(one.start()) == texts(two.start()));
        for (int i = 0; i < 5; ++i) {
            const Turn a = one.say(good), b = two.say(good);
            CHECK(texts(a) == texts(b));
            REQUIRE(a.messages.size() == b.messages.size());
            for (std::size_t m = 0; m < a.messages.size(); ++m) {
                CHECK(a.messages[m].id == b.messages[m].id);
                CHECK(message_json(a.messages[m]) == message_json(b.messages[m]));
            }
        }
        scenarios.insert(one.state().asked_questions);
    }
    CHECK(scenarios.size() >= 5);
}

TEST_CASE("killed after any line, it goes on as if nothing had been", "[bot][rehearsal][crash]") {
    const std::vector<std::string> lines{weak, "again", good, "skip", "I don't know", good, "why",
                                         weak, weak,    good, good};
    RepDesk whole = rehearsing(4), broken = rehearsing(4);
    whole.start();
    broken.start();
    for (const std::string& line : lines) {
        whole.say(line);
        broken.say_and_die(line);
        CHECK(texts(broken.start()).size() >= 1);
        const auto a = whole.conversation().messages, b = broken.conversation().messages;
        REQUIRE(a.size() == b.size());
        for (std::size_t i = 0; i < a.size(); ++i) CHECK(message_json(a[i]) == message_json(b[i]));
    }
    CHECK(whole.state().phase == broken.state().phase);
}

TEST_CASE("a weak answer has one second try, held against the first", "[bot][rehearsal]") {
    RepDesk desk = rehearsing(1);
    const std::string first = desk.start().state.open->question;
    const Turn reply = desk.say(weak);
    REQUIRE(verdict(reply) != nullptr);
    CHECK_FALSE(verdict(reply)->credited);
    // One better line, in the words of what is stored of them.
    CHECK(verdict(reply)->better.find("Sarah fears that the night shift cannot work with a new screen") !=
          std::string::npos);
    CHECK(reply.state.open->kind == AskKind::probe);
    CHECK(reply.state.open->question == first);
    CHECK(reply.state.asked == 1);

    SECTION("better than the first") {
        desk.say("again");
        const Turn second = desk.say(good);
        CHECK(verdict(second)->credited);
        CHECK(verdict(second)->better.empty());
        CHECK(second.messages[0].text.find("Against your first try it is now about them and concrete.") !=
              std::string::npos);
        CHECK(second.state.asked == 2);
    }
    SECTION("as weak as the first: it goes on all the same") {
        const Turn second = desk.say(weak);
        CHECK(second.messages[0].text.find("it stands where it stood") != std::string::npos);
        CHECK(second.state.open->question != first);
    }
    SECTION("left out") {
        const Turn next = desk.say("next");
        CHECK(next.state.open->question != first);
        CHECK(desk.all("rehearsal_turn").size() == 1);
    }
    SECTION("taken back") {
        const Turn undone = desk.act(Action::undo);
        CHECK(undone.state.open->question == first);
        CHECK(undone.state.open->kind == AskKind::ask);
        CHECK(desk.all("rehearsal_turn").empty());
        CHECK(verdict(desk.say(good))->credited);
    }
}

TEST_CASE("at most five questions, and never one of a debrief", "[bot][rehearsal]") {
    for (std::uint64_t seed = 10; seed < 14; ++seed) {
        RepDesk desk = rehearsing(seed);
        const auto asked = play(desk, weak);
        CHECK(asked.size() == 5);
        CHECK(std::set<std::string>(asked.begin(), asked.end()).size() == 5);
        for (const Message& m : desk.conversation().messages) {
            if (m.ask) CHECK(builtin_debrief().question(m.ask->question) == nullptr);
        }
        CHECK(desk.all("rehearsal_turn").size() == 5);
    }
}

TEST_CASE("days until an answer comes again", "[bot][rehearsal][spacing]") {
    using namespace std::chrono;
    using rehearsal::days_until_due, rehearsal::streak_after;
    int streak = 0;
    std::vector<long> lengths;
    for (int i = 0; i < 5; ++i) {
        streak = streak_after(streak, true);
        lengths.push_back(days_until_due(streak).count());
    }
    CHECK(lengths == std::vector<long>{1, 3, 7, 21, 21});
    CHECK(days_until_due(streak_after(streak, false)) == days{1});
    CHECK(days_until_due(streak_after(streak_after(streak, false), true)) == days{1});
}

TEST_CASE("what was weak comes again the next day, and what stood later and later", "[bot][rehearsal][spacing]") {
    RepDesk desk = rehearsing(2);
    const std::string first = desk.start().state.open->question;
    desk.say(weak);
    desk.say("next");
    desk.act(Action::stop);
    const auto due = [&] {
        std::string newest;
        core::Instant at{};
        for (const auto& r : desk.all("rehearsal_turn")) {
            if (r.text("question") != first || core::Instant{*r.integer("at")} < at) continue;
            at = core::Instant{*r.integer("at")};
            newest = r.text("due");
        }
        return newest;
    };
    CHECK(due() == "2025-03-13");

    std::vector<std::string> days;
    for (const int wait : {1, 1, 3, 7}) {
        desk.wait(std::chrono::days{wait});
        desk.rehearse("Sarah Chen", 100);
        const Turn opened = desk.start();
        REQUIRE(opened.state.open);
        CHECK(opened.state.open->question == first);
        CHECK(opened.messages[0].text.find("you have had before") != std::string::npos);
        desk.say(good);
        days.push_back(due());
    }
    CHECK(days == std::vector<std::string>{"2025-03-14", "2025-03-17", "2025-03-24", "2025-04-14"});

    SECTION("before its day it stays away") {
        desk.wait(std::chrono::days{2});
        desk.rehearse("Sarah Chen", 100);
        CHECK(desk.start().state.open->question != first);
    }
}

TEST_CASE("it gets harder for who answers well, and easier again", "[bot][rehearsal]") {
    const auto levels = [](const std::vector<std::string>& asked) {
        std::vector<int> out;
        for (const std::string& id : asked) {
            if (const auto* q = rehearsal::question_called(id)) out.push_back(q->level);
        }
        return out;
    };
    int harder = 0, easier = 0;
    for (std::uint64_t seed = 20; seed < 26; ++seed) {
        RepDesk strong = rehearsing(seed), poor = rehearsing(seed);
        const auto up = levels(play(strong, good)), down = levels(play(poor, weak));
        CHECK(std::is_sorted(up.begin(), up.end()));
        CHECK(up.back() == 3);
        harder += *std::max_element(up.begin(), up.end());
        easier += *std::max_element(down.begin(), down.end());
        // Three that stood: the next rehearsal begins a step higher.
        strong.rehearse("Sarah Chen", seed);
        CHECK(levels(play(strong, good)).front() >= 2);
    }
    CHECK(harder > easier);
}

TEST_CASE("all that a rehearsal writes is the rep's alone, and no evidence", "[bot][rehearsal][privacy]") {
    RepDesk desk = rehearsing(5);
    const std::size_t facts = desk.all("observation").size();
    const auto before = desk.world().journey.of(Dimension::why_change).items.size();
    play(desk, "Sarah said that their line stops every Monday, and Miriam will send us the log by Friday.");
    CHECK(desk.all("observation").size() == facts);
    CHECK(desk.world().journey.of(Dimension::why_change).items.size() == before);
    CHECK(desk.all("commitment").empty());
    CHECK(desk.all("task").empty());
    const std::string mine = "private/" + desk.room.rep.id.text() + "/" + desk.room.account.id.text();
    for (const char* table : {"room", "message", "rehearsal", "rehearsal_turn"}) {
        INFO(table);
        CHECK_FALSE(desk.all(table).empty());
        CHECK(desk.all(table).size() == desk.all(table, mine).size());
    }
    // Every line names who is played, so that an erasure finds it.
    for (const Message& m : desk.conversation().messages) CHECK(m.item == desk.room.contact);
}

TEST_CASE("a private remark is not kept in a rehearsal either", "[bot][rehearsal][privacy]") {
    RepDesk desk = rehearsing(6);
    desk.start();
    const Turn turn = desk.say("Off the record, Sarah has cancer and is in chemotherapy.");
    for (const auto& r : desk.all("message")) CHECK(r.text("text").find("cancer") == std::string::npos);
    for (const auto& r : desk.all("rehearsal_turn")) CHECK(r.text("answer").find("cancer") == std::string::npos);
    CHECK(turn.state.open);
}

TEST_CASE("stopped and taken up again days later", "[bot][rehearsal]") {
    RepDesk desk = rehearsing(7);
    const auto opened = desk.start();
    const Turn stopped = desk.act(Action::stop);
    CHECK(stopped.state.phase == Phase::stopped);
    CHECK_FALSE(stopped.state.open);
    desk.wait(std::chrono::days{3});
    const Turn again = desk.start();
    REQUIRE(again.state.open);
    CHECK(again.state.open->question == opened.state.open->question);
    CHECK(again.state.open->restated);
    CHECK(again.messages.back().text == "Back with Sarah Chen. " + opened.messages.back().text);
    CHECK(again.state.asked == 1);
}

TEST_CASE("it can be asked why, and never asks back what is not there", "[bot][rehearsal]") {
    RepDesk desk = rehearsing(8);
    desk.start();
    const Turn why = desk.act(Action::why);
    CHECK(why.messages[0].text.find("It comes from what is stored") == 0);
    CHECK(why.state.open->restated);
    CHECK(texts(desk.act(Action::back))[0].find("goes forward only") != std::string::npos);
    Input confirm;
    confirm.action = Action::confirm;
    const auto refused = rehearsal::user_line(desk.book, desk.conversation(), desk.world(), desk.id("line x"), confirm);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().field == "action");
    Input share;
    share.action = Action::share;
    CHECK_FALSE(
        rehearsal::user_line(desk.book, desk.conversation(), desk.world(), desk.id("line x"), share).has_value());
    // An answer that asks them something is an answer, not a question to us.
    CHECK(verdict(desk.say("What would your night shift lose on the first Monday?")) != nullptr);
}

TEST_CASE("whatever is said and done, it stands on its feet", "[bot][rehearsal][random]") {
    const std::vector<std::string> lines{good,
                                         weak,
                                         "again",
                                         "I don't know",
                                         "next",
                                         "?",
                                         "share",
                                         std::string(70, 'x'),
                                         "Off the record, she has cancer.",
                                         "why",
                                         "stop",
                                         "resume",
                                         "undo",
                                         "back",
                                         "What would you lose?",
                                         "no",
                                         "{fact} {person}",
                                         "drop 1",
                                         "confirm"};
    const std::vector<Action> actions{Action::skip, Action::dont_know, Action::back,  Action::undo,
                                      Action::why,  Action::stop,      Action::resume};
    std::uint64_t chance = 4711;
    const auto draw = [&](std::size_t below) {
        chance = chance * 6364136223846793005U + 1442695040888963407U;
        return static_cast<std::size_t>((chance >> 33U) % below);
    };
    for (std::uint64_t run = 0; run < 25; ++run) {
        INFO("run " << run);
        RepDesk desk = rehearsing(run, run % 2 == 0 ? "Sarah Chen" : "Miriam Hale");
        desk.start();
        for (int step = 0; step < 25; ++step) {
            const State before = desk.state();
            Turn turn;
            if (draw(4) == 0 && before.phase != Phase::done) {
                turn = desk.act(actions[draw(actions.size())]);
            } else {
                std::string line = lines[draw(lines.size())];
                if (line == "share") line = "shared understanding";  // Nobody is there to share it with.
                turn = desk.say(line);
            }
            CHECK_FALSE(turn.messages.empty());
            const State after = desk.state();
            CHECK((after.phase == Phase::asking) == after.open.has_value());
            CHECK(after.asked <= 5);
            CHECK_FALSE(after.reply_due);
            CHECK(desk.all("rehearsal_turn").size() <= static_cast<std::size_t>(after.asked));
        }
        // Taken back to the beginning, nothing is left of it.
        if (desk.state().phase == Phase::done) continue;
        for (int step = 0; step < 30 && !desk.state().lines.empty(); ++step) desk.act(Action::undo);
        CHECK(desk.state().lines.empty());
        CHECK(desk.all("rehearsal_turn").empty());
    }
}

TEST_CASE("in German", "[bot][rehearsal][german]") {
    RepDesk desk = brightfield();
    desk.room.language = "de";
    desk.rehearse("Sarah Chen", 9);
    const Turn opened = desk.start();
    CHECK(opened.messages[0].text.find("Ich bin Sarah Chen, COO von Brightfield Dairy") == 0);
    const Turn reply = desk.say("Wir sind Marktführer und sehr flexibel.");
    CHECK(verdict(reply)->why.find("Über sie: noch nicht; „Wir sind Marktführer und sehr flexibel“ handelt von uns.") ==
          0);
    CHECK(reply.messages.back().text.find("weiter") != std::string::npos);
    const Turn second =
        desk.say("Das weiß ich nicht. Ich frage am Freitag Miriam, was Ihre Nachtschicht auf dem Bildschirm braucht.");
    CHECK(verdict(second)->credited);
    const auto* asked = rehearsal::question_called(second.state.open->question);
    REQUIRE(asked != nullptr);
    const std::string start = asked->text.de.substr(0, asked->text.de.find('{'));
    CHECK(second.messages.back().text.find(start) != std::string::npos);
}
