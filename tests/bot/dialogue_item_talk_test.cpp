// The confirm screen as people talk about it: several numbers at once, whose a finding is, what is wrong. Nothing that
// is said of the list becomes a finding.
#include <catch2/catch.hpp>

#include "bot/dialogue/item_talk.hpp"
#include "tests/bot/support/rep_desk.hpp"

using namespace debrief;
using namespace debrief::bot;
using core::Dimension;
using test::RepDesk;

namespace {

/// "drop 6 12", "person 4 5 = petra"; "-" where the line is no talk about the list.
std::string read(const std::string& line, std::size_t items = 12) {
    const auto talk = item_talk(line, items);
    if (!talk) return "-";
    constexpr const char* names[]{"confirm", "without", "drop", "correct", "person", "not there", "unclear"};
    std::string out = names[static_cast<std::size_t>(talk->what)];
    for (const std::size_t n : talk->numbers) out += " " + std::to_string(n);
    return talk->text.empty() ? out : out + " = " + talk->text;
}

std::string texts(const RepDesk& desk) {
    std::string all;
    for (const core::Item& item : desk.understood_items())
        all += (item.person ? item.person->name : "-") + ": " + item.text + "\n";
    return all;
}

/// Mossgate's first debrief, with its confirm screen up: 1 the cost (Petra), 2 an aim, 3 a worry of nobody in
/// particular.
RepDesk on_the_screen() {
    RepDesk desk;
    desk.contact("Petra Lindqvist", "plant manager");
    desk.contact("Tom Wexley", "head of maintenance");
    desk.start();
    desk.say("Petra says they throw away two hundred loaves every time the wrapper stops.");
    desk.say("They want to run the small rye loaves on the same line.");
    desk.say("They are afraid that they have to wait two days for our technician.");
    desk.say("stop");
    REQUIRE(desk.state().phase == Phase::confirming);
    INFO(texts(desk));
    REQUIRE(desk.understood_items().size() == 3);
    return desk;
}

}  // namespace

TEST_CASE("talk about the numbers of the list is told by its form", "[bot][dialogue][items]") {
    CHECK(read("drop 6 and 12") == "drop 6 12");
    CHECK(read("please remove the 3, 4 and 5, thanks") == "drop 3 4 5");
    CHECK(read("drop 2 to 4") == "drop 2 3 4");
    CHECK(read("delete 2-4") == "drop 2 3 4");
    CHECK(read("drop two and five") == "drop 2 5");
    CHECK(read("leave 6 out") == "drop 6");
    CHECK(read("not 4") == "drop 4");
    CHECK(read("no, not number 4") == "drop 4");
    CHECK(read("11 is wrong") == "drop 11");
    CHECK(read("no, 3 and 4 are nonsense") == "drop 3 4");
    CHECK(read("streiche 3 und 5 bitte") == "drop 3 5");
    CHECK(read("lass 6 weg") == "drop 6");
    CHECK(read("4 stimmt nicht") == "drop 4");
    CHECK(read("ohne 4") == "drop 4");
    CHECK(read("yes but without 4") == "without 4");
    CHECK(read("all but 2 and 3") == "without 2 3");
    CHECK(read("confirm everything except 7") == "without 7");
    CHECK(read("yes but drop 6") == "without 6");
    CHECK(read("yes but without 6", 5) == "not there");
    CHECK(read("11 is wrong", 5) == "not there");
    CHECK(read("ok drop 6") == "drop 6");
    CHECK(read("drop 6 and confirm the rest") == "without 6");
    CHECK(read("3 is wrong, the rest is fine") == "without 3");
    CHECK(read("ja, aber ohne 4") == "without 4");
    CHECK(read("alles außer 2") == "without 2");
    CHECK(read("keep 1, 2 and 3") == "confirm 1 2 3");
    CHECK(read("only 1 and 3") == "confirm 1 3");
    CHECK(read("yes, only 1 and 3") == "confirm 1 3");
    CHECK(read("1 and 2 are right") == "confirm 1 2");
    CHECK(read("nur 1 und 3") == "confirm 1 3");
    CHECK(read("the 5 should say she’d like rye by Easter") == "correct 5 = she'd like rye by Easter");
    CHECK(read("5 is wrong, it should be: Easter 2027") == "correct 5 = Easter 2027");
    CHECK(read("nummer 5 soll heißen sie wollen Roggen") == "correct 5 = sie wollen Roggen");
    CHECK(read("4 and 5 are Petra's") == "person 4 5 = petra");
    CHECK(read("no, 4 is from Petra Lindqvist") == "person 4 = petra lindqvist");
    CHECK(read("Petra said 4 and 5") == "person 4 5 = petra");
    CHECK(read("4 ist von Petra") == "person 4 = petra");
    CHECK(read("no, 4 is what Petra wants to have") == "unclear 4");
    CHECK(read("merge 5 and 6") == "unclear 5 6");
    CHECK(read("1 2 3") == "unclear 1 2 3");
    CHECK(read("please remove the one about Easter") == "unclear");
    CHECK(read("no, that's wrong") == "unclear");
    CHECK(read("das stimmt so nicht") == "unclear");
}

TEST_CASE("what tells of the customer is no talk about the list", "[bot][dialogue][items]") {
    for (const char* const line :
         {"Petra sends the list of stops by next Wednesday", "only 2 people there can repair the drives",
          "15 is the number of lines they run", "3 of their lines stopped on Friday", "not 3 but 4 lines are affected",
          "They drop 2 pallets a week", "no, the 27th", "It costs them 4 hours", "2 technicians want to leave",
          "line number 2 stops every night", "Drop in output was the reason", "no, they want it by May", "confirm",
          "yes", "5 minutes later the whole shift stood still"}) {
        INFO(line);
        CHECK(read(line) == "-");
    }
}

TEST_CASE("several findings are left out with one line, and undo brings them back", "[bot][dialogue][items]") {
    RepDesk desk = on_the_screen();
    const std::string before = texts(desk);
    desk.say("drop 1 and 3");
    CHECK(desk.understood_items().size() == 1);
    CHECK(desk.state().phase == Phase::confirming);
    desk.say("undo");
    CHECK(desk.understood_items().size() == 3);
}

TEST_CASE("a finding that the rep calls wrong is left out and nothing is made of the words", "[bot][dialogue][items]") {
    RepDesk desk = on_the_screen();
    desk.say("2 is wrong");
    const std::string left = texts(desk);
    CHECK(desk.understood_items().size() == 2);
    CHECK(left.find("wrong") == std::string::npos);
    CHECK(left.find("rye") == std::string::npos);
}

TEST_CASE("all but one count with one line", "[bot][dialogue][items]") {
    RepDesk desk = on_the_screen();
    desk.say("yes but without 2");
    CHECK(desk.state().phase == Phase::done);
    const std::string kept = texts(desk);
    CHECK(desk.understood_items().size() == 2);
    CHECK(kept.find("rye") == std::string::npos);
}

TEST_CASE("some count now and the others wait", "[bot][dialogue][items]") {
    RepDesk desk = on_the_screen();
    desk.say("keep 1 and 3");
    CHECK(desk.state().phase == Phase::confirming);
    CHECK(live_proposals(desk.conversation()).size() == 1);
    CHECK(desk.all("observation", "account/").size() == 2);
}

TEST_CASE("whose a finding is can be said on the list", "[bot][dialogue][items]") {
    RepDesk desk = on_the_screen();
    desk.say("2 and 3 are Petra's");
    const std::string told = texts(desk);
    INFO(told);
    CHECK(told.find("-: ") == std::string::npos);
    CHECK(desk.understood_items().size() == 3);
    desk.say("undo");
    CHECK(texts(desk).find("-: ") != std::string::npos);
}

TEST_CASE("a better wording that names somebody is theirs", "[bot][dialogue][items]") {
    RepDesk desk = on_the_screen();
    desk.say("2: Petra wants to run the small rye loaves by Easter");
    CHECK(texts(desk).find("Petra Lindqvist: Petra wants to run the small rye loaves by Easter") != std::string::npos);
    desk.say("3: Petra and Tom fear two days without our technician");
    CHECK(texts(desk).find("-: Petra and Tom fear two days without our technician") != std::string::npos);
}

TEST_CASE("words about a number that say nothing to be done make no finding", "[bot][dialogue][items]") {
    RepDesk desk = on_the_screen();
    for (const char* const line : {"no, 2 is what Petra wants to have", "merge 2 and 3", "1 2 3", "2 is from Hannelore",
                                   "no, that's wrong", "remove the one about rye"}) {
        INFO(line);
        const std::string before = texts(desk);
        const Turn turn = desk.say(line);
        CHECK(texts(desk) == before);
        REQUIRE(!turn.messages.empty());
        CHECK(turn.messages.front().text.find(": your words") != std::string::npos);
    }
}
