// Days in German words count by the same rules as English ones. Wednesday 12 March 2025.
#include <catch2/catch.hpp>

#include "bot/dialogue/german_dates.hpp"
#include "tests/bot/support/rep_desk.hpp"

using namespace debrief;
using namespace debrief::bot;
using bot::test::RepDesk;

namespace {

std::string said(const std::string& text) {
    NoteContext context;
    context.meeting_date =
        std::chrono::year_month_day{std::chrono::year{2025}, std::chrono::March, std::chrono::day{12}};
    std::string out;
    for (const DateMention& d : dates_said(text, context)) {
        CHECK(text.substr(d.span.offset, d.span.length) == d.text);
        out += (out.empty() ? "" : " ") + d.value;
    }
    return out;
}

}  // namespace

TEST_CASE("a day in German words", "[bot][dates]") {
    CHECK(said("Ich werde am Donnerstag mitfahren.") == "2025-03-13");
    CHECK(said("Ich schicke ihm zwei Fragen bis Mittwoch.") == "2025-03-19");
    CHECK(said("Sie schickt es bis nächsten Freitag.") == said("She sends it by next Friday."));
    CHECK(said("Petra hat letzten Montag angerufen.") == said("Petra called last Monday."));
    CHECK(said("Petra hat am Montag angerufen.") == "2025-03-10");
    CHECK(said("Wir treffen uns am 3. Juli.") == "2025-07-03");
    CHECK(said("Der Vertrag läuft bis 31. Dezember 2026.") == "2026-12-31");
    CHECK(said("Sie entscheiden Ende Mai.") == "2025-05-31");
    CHECK(said("Sie fangen im Oktober an.") == "2025-10");
    CHECK(said("Nächste Woche weiß sie mehr.") == said("Next week she knows more."));
    CHECK(said("Sie meldet sich in zwei Wochen.") == said("She reports in two weeks."));
    CHECK(said("Ich rufe morgen an, spätestens übermorgen.") == "2025-03-13 2025-03-14");
}

TEST_CASE("what is no day in German stays none", "[bot][dates]") {
    CHECK(said("Am Morgen ist niemand da.").empty());
    CHECK(said("Heute Morgen war es ruhig.").empty());
    CHECK(said("Das Mai Team und Frau August.").empty());
    CHECK(said("Die nächste Anlage steht in zwei Hallen.").empty());
}

TEST_CASE("a reminder in German has its day", "[bot][dates]") {
    RepDesk desk;
    desk.room.language = "de";
    desk.start();
    desk.say("Erinnere mich am Freitag daran, Petra die Liste zu schicken.");
    const auto tasks = desk.all("task");
    REQUIRE(tasks.size() == 1);
    CHECK(tasks[0].text("due") == "2025-03-14");
    CHECK(tasks[0].text("text").find("Freitag") == std::string::npos);
}
