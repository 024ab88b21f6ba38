// /help tells what counts in the kind of conversation that one is in.
#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

#include "platform/cli/chat_help.hpp"
#include "platform/cli/chat_view.hpp"
#include "platform/cli/chat_words.hpp"

using namespace debrief::platform::cli;

namespace {

constexpr std::string_view kinds[]{"debrief",   "ending",  "deal_review", "plan_review", "competitive_review",
                                   "rehearsal", "coaching"};

std::string help_of(std::string_view kind, std::string_view command, std::string_view language = "en") {
    for (const HelpRow& row : chat_help_rows(kind, language)) {
        if (row.usage.substr(0, row.usage.find(' ')) == command) return std::string{row.help};
    }
    return {};
}
std::string printed(std::string_view kind, std::string_view language) {
    std::string out;
    Output output{[&](std::string_view text) { out += text; }, [](std::string_view) {}, {.width = 100}};
    show_chat_help(output, kind, language);
    return out;
}

}  // namespace

TEST_CASE("each kind of conversation has a help of its own, in English and German", "[cli][chat][help]") {
    std::set<std::string> pages;
    for (const auto kind : kinds) {
        for (const auto* language : {"en", "de"}) {
            INFO(kind << " " << language);
            CHECK_FALSE(chat_help_intro(kind, language).empty());
            CHECK(pages.insert(printed(kind, language)).second);
            CHECK(chat_help_rows(kind, "en").size() == chat_help_rows(kind, "de").size());
            for (const HelpRow& row : chat_help_rows(kind, language)) {
                CHECK_FALSE(row.help.empty());
                CHECK(row.help.find('!') == std::string_view::npos);
            }
            CHECK_FALSE(help_of(kind, "/help", language).empty());
            CHECK_FALSE(help_of(kind, "/stop", language).empty());
        }
    }
}

TEST_CASE("help promises nothing that the kind of conversation does not do", "[cli][chat][help]") {
    CHECK(help_of("rehearsal", "/confirm").empty());
    CHECK(help_of("rehearsal", "/drop").empty());
    CHECK(help_of("coaching", "/correct").empty());
    CHECK(help_of("debrief", "/share").empty());
    CHECK(help_of("deal_review", "/undo").empty());
    CHECK_FALSE(help_of("rehearsal", "/share").empty());
    CHECK_FALSE(help_of("coaching", "/share").empty());
    CHECK(help_of("debrief", "/dont-know").find("call plan") != std::string::npos);
    CHECK(help_of("rehearsal", "/dont-know").find("call plan") == std::string::npos);
    CHECK(help_of("ending", "/dont-know", "de").find("nicht bekannt") != std::string::npos);
    // A kind that this build does not know is told as a debrief.
    CHECK(printed("something_new", "en") == printed("debrief", "en"));
}

TEST_CASE("the last words lead back to where one came from", "[cli][chat]") {
    CHECK(what_next("coaching", true, "debrief", "Jonas", {}).find("plan") == std::string::npos);
    CHECK(what_next("coaching", false, "debrief", "Jonas Brandt", {}) ==
          "Everything said is kept. Go on with: debrief coach talk \"Jonas Brandt\"");
    CHECK(what_next("ending", false, "debrief", "Dairy", "New line").ends_with("debrief outcome \"New line\""));
    CHECK(what_next("plan_review", false, "debrief", "Dairy", {}).ends_with("review Dairy --kind plan"));
    CHECK(what_next("rehearsal", true, "debrief", "Dairy", "Sarah Chen") == "Due again: debrief drills");
    CHECK(what_next("debrief", false, "debrief", "Dairy", {}).ends_with("debrief chat Dairy"));
}
