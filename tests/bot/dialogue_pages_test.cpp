// Faults that a reader found in the recorded pages, each with the line that showed it.
#include <algorithm>
#include <functional>
#include <tuple>

#include <catch2/catch.hpp>

#include "bot/dialogue/clause_worth.hpp"
#include "tests/bot/support/rep_desk.hpp"

using namespace debrief;
using namespace debrief::bot;
using bot::test::RepDesk;
using core::Dimension;

namespace {

/// A debrief that asks about one thing only, after the free note was skipped.
RepDesk asking_about(Dimension dimension, const std::function<void(RepDesk&)>& known = {}) {
    RepDesk desk;
    desk.contact("Sarah Chen", "COO");
    desk.contact("Mo Idris", "IT");
    std::erase_if(desk.book.questions, [&](const Question& q) {
        return std::any_of(q.when.begin(), q.when.end(), [&](Trigger t) {
            const bool chosen = t == Trigger::missing || t == Trigger::contradicted || t == Trigger::stale;
            return chosen && q.dimension != dimension;
        });
    });
    if (known) known(desk);
    desk.start();
    desk.act(Action::skip);
    return desk;
}
std::vector<std::string> texts(const RepDesk& desk) {
    std::vector<std::string> out;
    for (const core::Item& item : desk.understood_items()) out.push_back(item.text);
    return out;
}
bool has_text(const RepDesk& desk, const std::string& part) {
    const auto all = texts(desk);
    return std::any_of(all.begin(), all.end(), [&](const std::string& t) { return t.find(part) != std::string::npos; });
}

}  // namespace

TEST_CASE("what speaks of us alone is no finding, whatever was asked", "[bot][dialogue]") {
    for (const auto& [asked, line] :
         {std::pair{Dimension::competing_option,
                    "We're far ahead of everything on the market, I showed them our comparison sheet and our awards."},
          std::pair{Dimension::cost_of_inaction,
                    "A delay would push us out of the quarter and I'd have to pull the discount."},
          std::pair{Dimension::cost_of_inaction,
                    "Honestly they would have had our tool running for months if they'd signed last year."},
          std::pair{Dimension::why_change,
                    "I told her about the new release and that the price goes up in January, so she'd better hurry."},
          std::pair{Dimension::timing,
                    "We should have closed that in the summer, my boss wants it booked before "
                    "Christmas."}}) {
        INFO(line);
        RepDesk desk = asking_about(asked);
        REQUIRE(desk.state().open);
        const Turn turn = desk.say(line);
        REQUIRE(turn.state.open);
        CHECK(turn.state.open->kind == AskKind::reframe);
        CHECK(desk.understood_items().empty());
    }
    // What somebody there is quoted with is theirs, though it begins with "we".
    CHECK_FALSE(speaks_of_us_alone("we lose two hours every Monday", "Sarah said we lose two hours every Monday."));
    CHECK_FALSE(speaks_of_us_alone("we lose two hours", "“We lose two hours.”"));
    CHECK_FALSE(speaks_of_us_alone("Jodie will send us the list", "Jodie will send us the list on Thursday."));
    CHECK_FALSE(speaks_of_us_alone("we agreed on a test in May", "We agreed on a test in May."));
    CHECK_FALSE(speaks_of_us_alone("they want us to show it to the board", "They want us to show it to the board."));
}

TEST_CASE("a line that says no to what was asked and tells something else leaves the question open",
          "[bot][dialogue]") {
    CHECK(denial_of_asked("No promises at all. But Sarah said the audit nearly cost them their licence.") ==
          "No promises at all");
    CHECK(denial_of_asked("No dates, but Sarah is afraid that the authority closes them down.") == "No dates");
    for (const std::string other : {"No, it opens on Saturday the 7th of March.", "No longer, Mo speaks for them now.",
                                    "No customer there ever pays on time, the bank does.", "No idea.", "no"}) {
        INFO(other);
        CHECK(denial_of_asked(other).empty());
    }
    RepDesk desk = asking_about(Dimension::commitment);
    desk.say("No promises at all. But Sarah said the drivers' hours audit in October nearly cost them their licence.");
    const auto items = desk.understood_items();
    REQUIRE(items.size() >= 2);
    CHECK(std::none_of(items.begin(), items.end(),
                       [](const core::Item& item) { return item.dimension == Dimension::commitment; }));
    CHECK(std::any_of(items.begin(), items.end(), [](const core::Item& item) {
        return item.dimension == Dimension::unknown && item.about == Dimension::commitment;
    }));
}

TEST_CASE("the reason of a change is told with it, and not a second time", "[bot][dialogue]") {
    RepDesk desk;
    desk.contact("Sarah Chen", "COO");
    desk.fact(Dimension::cost_of_inaction, "2025-03-01", "", "Cracked eggs cost them 2 percent of every load");
    desk.start();
    desk.say("Cracked eggs cost them 4 percent of every load.");
    REQUIRE(desk.state().open->kind == AskKind::contradiction);
    desk.say("that has changed");
    desk.say("The new grader drops them harder, Sarah showed me the film.");
    const auto items = desk.understood_items();
    REQUIRE(items.size() == 1);
    CHECK(items[0].supersedes.has_value());
    CHECK(items[0].source.because == "The new grader drops them harder, Sarah showed me the film.");
}

TEST_CASE("what stands behind no takes the old fact's place", "[bot][dialogue]") {
    RepDesk desk = asking_about(Dimension::timing, [](RepDesk& d) {
        d.meeting("2025-09-11", "Before the order", {});
        d.fact(Dimension::decision_process, "2025-08-21", "", "The bank releases the money, then Sarah orders");
        d.fact(Dimension::timing, "2025-04-30", "", "The grid connection is on 1 November");
    });
    REQUIRE(desk.state().open->kind == AskKind::confirm);
    desk.say("No, the grid operator pushed it back to 15 December because a transformer is missing.");
    CHECK(has_text(desk, "pushed it back to 15 December"));
    const auto items = desk.understood_items();
    REQUIRE_FALSE(items.empty());
    CHECK(items[0].dimension == Dimension::timing);
    CHECK(items[0].supersedes.has_value());
}

TEST_CASE("a bare word for a change is a no", "[bot][dialogue]") {
    RepDesk desk = asking_about(Dimension::decision_process, [](RepDesk& d) {
        d.fact(Dimension::decision_process, "2024-09-01", "Sarah Chen", "Sarah decides alone");
    });
    REQUIRE(desk.state().open->kind == AskKind::confirm);
    const Turn turn = desk.say("changed");
    CHECK(turn.messages.back().text.find("What is it now?") != std::string::npos);
}

TEST_CASE("a stored fact told with another figure stays under its heading", "[bot][dialogue]") {
    for (const auto& [heading, before, now] :
         {std::tuple{Dimension::why_change, "2 lorries a week leave the plant half empty",
                     "6 lorries a week leave the plant half empty."},
          std::tuple{Dimension::decision_process, "The partners decide on 18 September",
                     "The partners decide on 2 October."},
          std::tuple{Dimension::cost_of_inaction, "Expired stock costs them 3,000 a month",
                     "Expired stock costs them 5,500 a month, not what we wrote down."}}) {
        INFO(now);
        RepDesk desk;
        desk.contact("Sarah Chen", "COO");
        desk.fact(heading, "2025-02-20", "", before);
        desk.start();
        const Turn turn = desk.say(now);
        REQUIRE(turn.state.open);
        CHECK(turn.state.open->kind == AskKind::contradiction);
        CHECK(turn.state.open->dimension == heading);
    }
}

TEST_CASE("who spoke, and a bare no, are no findings", "[bot][dialogue]") {
    CHECK(says_nothing_itself("Jowan said"));
    CHECK(says_nothing_itself("No longer"));
    CHECK_FALSE(says_nothing_itself("Jowan said nothing works at night"));
    CHECK(without_lead("is that every lost batch costs them nine thousand pounds") ==
          "every lost batch costs them nine thousand pounds");
    CHECK(without_lead("that was 38,000 last year") == "that was 38,000 last year");
}

TEST_CASE("words that fit everybody are asked about once", "[bot][dialogue]") {
    CHECK(is_hollow("They want to get to the next level"));
    RepDesk desk = asking_about(Dimension::desired_outcome);
    const Turn turn = desk.say("They want to get to the next level.");
    REQUIRE(turn.state.open);
    CHECK(turn.state.open->kind == AskKind::probe);
    CHECK_FALSE(is_hollow("They want the next level of the car park lit by 2026"));
}

TEST_CASE("somebody who calls in sick is nobody in particular", "[bot][dialogue]") {
    RepDesk desk = asking_about(Dimension::why_change);
    desk.say("Sarah rings round till nine at night when somebody calls in sick.");
    CHECK(has_text(desk, "Sarah rings round till nine at night"));
    RepDesk own = asking_about(Dimension::why_change);
    own.say("Sarah called in sick because of her back.");
    CHECK_FALSE(has_text(own, "sick"));
}
