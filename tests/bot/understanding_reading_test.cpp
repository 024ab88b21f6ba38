#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "bot/understanding/understanding.hpp"

using namespace debrief::bot;

namespace {

NoteContext plant() {
    NoteContext c;
    c.account = "Aquila Water Works";
    c.rep = "Nina";
    c.contacts = {{"William Fox", "Operations director"}, {"Priya Nair", "Finance director"}, {"Tom Varga", "Foreman"}};
    c.meeting_date = std::chrono::year_month_day{std::chrono::year{2025}, std::chrono::February, std::chrono::day{13}};
    return c;
}
Understanding read(const std::string& text, const std::string& question = "open") {
    NoteContext c = plant();
    c.question_id = question;
    return understand(text, {}, c);
}
const Person* person(const Understanding& u, const std::string& name) {
    const auto found = std::find_if(u.people.begin(), u.people.end(), [&](const Person& p) { return p.name == name; });
    return found == u.people.end() ? nullptr : &*found;
}
Stance stance(const Understanding& u, const std::string& name) {
    const Person* p = person(u, name);
    REQUIRE(p != nullptr);
    return p->stance;
}
const Fact* fact(const Understanding& u, Dimension d) {
    const auto found = std::find_if(u.facts.begin(), u.facts.end(), [&](const Fact& f) { return f.dimension == d; });
    return found == u.facts.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("a known contact is found under every form of the name", "[understanding][people]") {
    for (const char* form : {"William", "Bill", "Fox", "Mr Fox", "Mr. Fox", "Willam", "William Fox", "bill"}) {
        INFO(form);
        const auto u = read(std::string{form} + " says the pumps fail every week.");
        REQUIRE(u.people.size() == 1);
        CHECK(u.people[0].name == "William Fox");
        CHECK(u.people[0].known);
    }
    CHECK(person(read("Will they pay the bill? The tax bill is high."), "William Fox") == nullptr);
    CHECK(person(read("Bill's nephew runs the lab."), "William Fox") != nullptr);
    CHECK(person(read("Bill's nephew runs the lab."), "nephew") != nullptr);
}

TEST_CASE("new people and people by function are listed, groups and our own are not", "[understanding][people]") {
    const auto u = read("There is Dana Whitlock, the new controller, and the owner wants to meet her.");
    REQUIRE(person(u, "Dana Whitlock") != nullptr);
    CHECK(person(u, "Dana Whitlock")->role.value_or("").find("controller") != std::string::npos);
    CHECK(person(u, "owner") != nullptr);
    CHECK(u.people.size() == 2);
    CHECK(read("The clerks and the board want it. My boss asked about it.").people.empty());
}

TEST_CASE("who is named by function alone keeps the words, and it is said which contact holds it",
          "[understanding][people]") {
    const auto alone = read("The finance director wants to see the figures.");
    REQUIRE(alone.people.size() == 1);
    CHECK(alone.people[0].name == "finance director");
    CHECK(alone.people[0].holder == "Priya Nair");
    const auto both = read("Priya likes it. The finance director signs in May.");
    REQUIRE(both.people.size() == 1);
    CHECK(both.people[0].name == "Priya Nair");
    // Somebody else's, or a new one, is not the one we know.
    for (const char* other : {"Tom's foreman wants to see it.", "The new foreman wants to see it."}) {
        INFO(other);
        const auto u = read(other);
        CHECK(std::all_of(u.people.begin(), u.people.end(), [](const Person& p) { return p.holder.empty(); }));
    }
}

TEST_CASE("plain words for people need a word beside them", "[understanding][people]") {
    CHECK(person(read("The parts man hates new screens."), "parts man") != nullptr);
    CHECK(person(read("The bank lady says no loan."), "bank lady") != nullptr);
    CHECK(read("The man waited. A woman came in.").people.empty());
    CHECK(person(read("The principal wants to host the sports day."), "principal") != nullptr);
}

TEST_CASE("a fact goes to whom the pronoun means", "[understanding][people]") {
    const auto u = read("Spoke with Priya and Tom. She fears that the sensors rust.");
    const Fact* f = fact(u, Dimension::concern);
    REQUIRE(f != nullptr);
    CHECK(f->person.value_or("") == "Priya Nair");
}

TEST_CASE("where people stand follows from what they say and do", "[understanding][stance]") {
    CHECK(stance(read("Priya refuses to sign anything."), "Priya Nair") == Stance::blocker);
    CHECK(stance(read("Priya presented it to the board and defends it."), "Priya Nair") == Stance::champion);
    CHECK(stance(read("Priya is worried about the cost."), "Priya Nair") == Stance::skeptic);
    CHECK(stance(read("Priya is not worried about the cost."), "Priya Nair") != Stance::skeptic);
    CHECK(stance(read("Priya hasn't made up her mind."), "Priya Nair") == Stance::neutral);
    CHECK(stance(read("Priya sent me the log."), "Priya Nair") == Stance::unknown);
    CHECK_FALSE(person(read("Priya refuses to sign anything."), "Priya Nair")->evidence.empty());
}

TEST_CASE("whose world a sentence is about", "[understanding][focus]") {
    const auto focus = [](const std::string& text) { return read(text).sentences.at(0).focus; };
    CHECK(focus("We need to get this signed before the quarter closes.") == Focus::seller);
    CHECK(focus("I offered 8 percent off if they order now.") == Focus::seller);
    CHECK(focus("We should give them 10 percent.") == Focus::seller);
    CHECK(focus("Their board gives every team 10 percent for repairs.") != Focus::seller);
    CHECK(focus("The night crew drives out to reset the pumps.") == Focus::customer);
    CHECK(focus("Bill says we are too expensive.") == Focus::customer);
    CHECK(focus("I help her write the case for the board.") == Focus::customer);
    CHECK(focus("Sorry, running late for the train.") == Focus::neutral);
    CHECK(focus("Went well, nice people.") == Focus::neutral);
}

TEST_CASE("each clause states one fact, without the reporting words", "[understanding][facts]") {
    const auto u = read("Bill told me that the pumps fail every week, but Priya doubts that sensors help.");
    REQUIRE(u.facts.size() == 2);
    CHECK(u.facts[0].dimension == Dimension::why_change);
    CHECK(u.facts[0].text == "the pumps fail every week");
    CHECK(u.facts[0].person.value_or("") == "William Fox");
    CHECK(u.facts[1].dimension == Dimension::concern);
    CHECK(u.facts[1].person.value_or("") == "Priya Nair");
}

TEST_CASE("a dictated run-on is taken apart", "[understanding][facts]") {
    const auto u = read(
        "long talk with bill he says the pumps drift and they scrap one filter in thirty and priya is afraid of the "
        "cost");
    CHECK(fact(u, Dimension::why_change) != nullptr);
    CHECK(fact(u, Dimension::concern) != nullptr);
    CHECK(u.people.size() == 2);
}

TEST_CASE("vague, don't-know and neither", "[understanding][flags]") {
    CHECK(read("All good, they liked everything.", "desired_outcome").vague);
    CHECK(read("Went well.").vague);
    CHECK(read("no idea, sorry", "timing").dont_know);
    CHECK(read("I forgot to ask who signs.", "decision_process").dont_know);
    CHECK(fact(read("I forgot to ask who signs.", "decision_process"), Dimension::unknown) != nullptr);
    CHECK_FALSE(read("skip this one", "timing").vague);
    CHECK_FALSE(read("I push him on Thursday for the order.", "next_step").vague);
    CHECK_FALSE(read("Priya fears that the sensors rust.", "concerns").vague);
}

TEST_CASE("what stops is a fact, a wish to stop is none", "[understanding][facts]") {
    for (const char* const text : {"Every stop costs them 40,000 and two days", "Every stop costs them 40,000.",
                                   "Each stop costs the plant two days.", "Every outage is 20,000 in scrap.",
                                   "The batch system stops twice a month and every stop costs them half a shift."}) {
        INFO(text);
        CHECK(fact(read(text), Dimension::cost_of_inaction) != nullptr);
    }
    CHECK(fact(read("The batch system stops twice a month."), Dimension::why_change) != nullptr);
    for (const char* const text : {"Stop.", "Let's move on.", "Can we skip this?", "I'd rather not say.",
                                   "ok, next one", "No, stop for today."}) {
        INFO(text);
        CHECK(read(text, "timing").facts.empty());
    }
}

TEST_CASE("private remarks are no facts and are pointed out for redaction", "[understanding][private]") {
    const std::string text = "Bill had surgery. The pumps fail every week.";
    const auto u = read(text);
    REQUIRE(u.private_remarks.size() == 1);
    CHECK(text.substr(u.private_remarks[0].offset, u.private_remarks[0].length) == "Bill had surgery.");
    CHECK(u.facts.size() == 1);
    CHECK(u.sentences[0].focus == Focus::neutral);
    CHECK_FALSE(read("Off the record, Priya gets divorced.").private_remarks.empty());
    CHECK(read("The health and safety audit is next month.").private_remarks.empty());
    // Words of a trade, said of nobody in particular.
    CHECK(read("Two suits for one wedding were cut for the wrong brother.").private_remarks.empty());
    CHECK(read("The office rings round till nine when somebody calls in sick.").private_remarks.empty());
    CHECK_FALSE(read("She is off sick until May.").private_remarks.empty());
    CHECK_FALSE(read("Priya had surgery.").private_remarks.empty());
    CHECK_FALSE(read("The health and safety audit is next month.").facts.empty());
}

TEST_CASE("another language is kept as a note", "[understanding][language]") {
    CHECK(read("Die Pumpen fallen jede Woche aus und die Nachtschicht muss sie von Hand starten.").other_language);
    // "Will" is a wish here and no promise.
    CHECK(read("Gerlinde Stoll will bis Ostern am Wochenende ohne Bereitschaft laufen.").other_language);
    CHECK(read("Frau Stoll will jetzt eine neue Anlage, sie muss bis März liefern.").other_language);
    CHECK(read("Les pompes tombent en panne chaque semaine et le directeur ne veut pas payer.").other_language);
    CHECK(read("Las bombas fallan cada semana y el director no quiere pagar.").other_language);
    CHECK(read("De pompen vallen elke week uit en de directeur wil het niet betalen.").other_language);
    CHECK_FALSE(read("no idea").other_language);
    CHECK_FALSE(read("Die-cast parts are late and Van de Velde complains.").other_language);
    CHECK(read("Die Pumpen fallen aus und Bill ist nicht froh.").facts.empty());
}
