// Reviews: a room with several members, the bot once, the customer first.
#include <algorithm>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/civil_date.hpp"
#include "tests/bot/support/review_room.hpp"

using namespace debrief;
using namespace debrief::bot;
using nlohmann::json;
using test::ReviewRoom;

namespace {

ReviewRoom deal() {
    ReviewRoom room{"deal_review", {"Mara", "Jonas", "Priya"}};
    room.start("Mara");
    return room;
}
std::string open_of(const ReviewRoom& room, const std::string& member) {
    const State state = room.state(member);
    return state.open ? state.open->question : std::string("none");
}
std::string text_of(const Turn& turn) {
    std::string all;
    for (const Message& m : turn.messages) all += m.text + "\n";
    return all;
}
bool says(const Turn& turn, const std::string& words) {
    return text_of(turn).find(words) != std::string::npos;
}
void skip_to(ReviewRoom& room, const std::string& question) {
    for (int i = 0; i < 10 && open_of(room, "Mara") != question; ++i) room.act("Mara", Action::skip);
    REQUIRE(open_of(room, "Mara") == question);
}

const char* const loss = "They lose two batches a month because the valve sticks.";

}  // namespace

SCENARIO("a review of an account without evidence says so in its first lines", "[bot][review]") {
    ReviewRoom room{"deal_review", {"Mara", "Jonas"}};
    const Turn opening = room.start("Mara");
    CHECK(says(opening, "There is no evidence about Brightfield Dairy yet"));
    CHECK(says(opening, "The largest gaps: why they must change and what staying as they are costs them."));
    CHECK(open_of(room, "Jonas") == "why_change");
}

SCENARIO("two people who answer the same question move the review on by one", "[bot][review]") {
    GIVEN("both online, the second having written before the first answer arrived") {
        ReviewRoom room = deal();
        room.offline("Jonas");
        room.say("Mara", loss);
        room.say("Jonas", "Sarah said that the line stops every week.");
        room.online("Jonas");
        THEN("the next question is open once, on every device, and both were heard") {
            for (const char* member : {"Mara", "Jonas", "Priya"}) {
                CHECK(open_of(room, member) == "cost_of_staying");
                CHECK(room.state(member).asked == 2);
            }
        }
        AND_WHEN("the review goes on on one side for a while before the other comes back") {
            ReviewRoom far = deal();
            far.offline("Priya");
            far.say("Mara", loss);
            far.say("Jonas", "If it goes on they lose the Aldi contract.");
            far.say("Mara", "They want a week without a stop.");
            const auto before = far.bot_lines("Mara").size();
            far.say("Priya", "Sarah told me that the valve is older than she is.");
            far.online("Priya");
            THEN("nothing is asked again, and the line stands in the room") {
                CHECK(open_of(far, "Mara") == "people");
                CHECK(open_of(far, "Priya") == "people");
                CHECK(far.state("Mara").asked == 4);
                // The far device could not know that it had been answered: what it said is at most its own reply.
                CHECK(far.bot_lines("Mara").size() <= before + 3);
            }
        }
    }
    GIVEN("the second sees the next question and still answers the one before") {
        ReviewRoom room = deal();
        room.say("Mara", loss);
        const Turn late = room.say("Jonas", "If they stay like this the dairy loses Aldi.");
        CHECK(open_of(room, "Mara") == "outcome");
        CHECK(says(late, "Noted, Jonas."));
    }
}

SCENARIO("only the device that wrote a line answers it", "[bot][review]") {
    ReviewRoom room = deal();
    room.say("Mara", loss);
    const auto lines = room.bot_lines("Jonas").size();
    // Five devices look at the room: none of them has anything to add.
    for (int i = 0; i < 5; ++i)
        CHECK(kind_called("deal_review")->advance(room.book, room.conversation("Jonas"), room.world).messages.empty());
    CHECK(room.bot_lines("Jonas").size() == lines);
}

SCENARIO("colleagues who heard it differently make a question for the customer", "[bot][review]") {
    GIVEN("both told to the same question") {
        THEN("the later one is told so, and the outcome asks the customer") {
            ReviewRoom both = deal();
            both.say("Mara", "The valve stops the line 2 times a month.");
            Conversation late = both.conversation("Jonas");
            // Jonas writes to the question that Mara has just answered: his line follows it.
            Message line;
            line.id = both.id("late");
            line.conversation = late.id;
            line.author = AuthorKind::user;
            line.user = late.rep;
            line.text = "The valve stops the line 9 times a month.";
            line.at = both.world.now + std::chrono::seconds{1};
            line.follows = late.messages[1].id;
            late.messages.push_back(line);
            late.messages = in_order(late.messages);
            const Turn reply = kind_called("deal_review")->advance(both.book, late, both.world);
            CHECK(says(reply, "Mara and Jonas heard it differently"));
            CHECK(says(reply, "Noted beside it, Jonas."));
            CHECK(reply.state.open->question == "cost_of_staying");
            for (const Message& m : reply.messages) late.messages.push_back(m);
            const auto outcome = json::parse(kind_called("deal_review")->outcome(both.book, late, both.world));
            CHECK(outcome["questions"][0]["because"] == "disagreement");
            CHECK(outcome["questions"][0]["text"].get<std::string>().find("9 times") != std::string::npos);
        }
    }
}

SCENARIO("a manager's question about our numbers is turned round once and is never a fact", "[bot][review]") {
    for (const char* line : {"are you committing this one?", "Give them ten percent and it closes.",
                             "Is it in the forecast for this quarter?"}) {
        INFO(line);
        ReviewRoom room = deal();
        const Turn first = room.say("Mara", line);
        REQUIRE_FALSE(first.messages.empty());
        CHECK(first.messages.back().ask->kind == AskKind::reframe);
        CHECK(first.state.open->question == "why_change");
        const Turn second = room.say("Mara", line);
        CHECK(says(second, "Kept apart, on our side."));
        CHECK(room.state("Mara").asked == 1);
        CHECK(room.conversation("Mara").proposals.empty());
        const auto outcome = json::parse(room.outcome("Jonas"));
        CHECK(outcome["our_side"].size() == 1);
        for (const auto& finding : outcome["findings"]) CHECK(finding["code"] != "told");
    }
}

SCENARIO("who has said it is no finding about who wants what", "[bot][review]") {
    for (const char* line : {"They want a week without a stop, Sarah said.", "A week without a stop, Sarah told me."}) {
        INFO(line);
        ReviewRoom room = deal();
        room.say("Mara", loss);
        room.say("Mara", "If it goes on they lose the Aldi contract.");
        room.say("Mara", "are you committing this one?");
        room.say("Jonas", line);
        const auto& told = room.conversation("Jonas").proposals;
        CHECK(told.size() == 1);
        for (const auto& one : told) CHECK(one.item.dimension == core::Dimension::desired_outcome);
    }
}

SCENARIO("help has an owner and a step of theirs, or serves only us", "[bot][review]") {
    ReviewRoom room = deal();
    core::Evidence evidence;
    core::CommitmentMade made;
    made.id = room.id("promise");
    made.text = "present the case to the board";
    made.owner = {room.id("sarah"), "Sarah Chen"};
    made.state = "open";
    made.since = "2025-03-01";
    evidence.commitments.push_back(made);
    room.world.journey = core::fold(evidence, *core::parse_day("2025-03-12"));
    skip_to(room, "help");
    CHECK(says(room.say("Mara", "Jonas writes the case with Sarah for the board by Friday."),
               "Jonas does that; it helps them with"));
    CHECK(says(room.say("Mara", "I send the drawings so that their planner can check the room."),
               "their planner can check the room"));
    CHECK(says(room.say("Jonas", "I polish our slides."), "listed as serving only us"));
    CHECK(open_of(room, "Jonas") == "help");
    room.say("Jonas", "that is all");
    CHECK(open_of(room, "Jonas") == "our_side");
    const auto help = json::parse(room.outcome("Priya"))["help"];
    REQUIRE(help.size() == 3);
    CHECK(help[0]["by"]["name"] == "Jonas");
    CHECK(help[0]["for"]["id"] == made.id.text());
    CHECK(help[0]["due"] == "2025-03-14");
    CHECK(help[1]["by"]["name"] == "Mara");
    CHECK(help[2]["for"].is_null());
    CHECK(json::parse(room.outcome("Priya"))["owners"].size() == 2);
}

SCENARIO("what a member tells counts once that member confirms it, also after the end", "[bot][review]") {
    ReviewRoom room = deal();
    room.say("Mara", loss);
    room.say("Jonas", "If it goes on they lose the Aldi contract.");
    CHECK_FALSE(room.conversation("Mara").proposals.empty());
    CHECK_FALSE(room.conversation("Jonas").proposals.empty());
    CHECK(room.records("observation").empty());
    room.act("Mara", Action::stop);
    CHECK(room.state("Jonas").phase == Phase::confirming);
    const Turn closed = room.act("Mara", Action::confirm);
    CHECK(says(closed, "is closed"));
    const auto observations = room.records("observation");
    REQUIRE_FALSE(observations.empty());
    for (const auto& one : observations) CHECK(one.ref("by") == room.id("Mara"));
    REQUIRE(room.records("review").size() == 1);
    CHECK(room.records("review")[0].text("text").find("To ask them") != std::string::npos);
    THEN("the other confirms afterwards") {
        room.act("Jonas", Action::confirm);
        CHECK(room.records("observation").size() > observations.size());
        CHECK(room.conversation("Jonas").proposals.empty());
    }
}

SCENARIO("what nobody knows becomes a question of the next call plan", "[bot][review]") {
    ReviewRoom room = deal();
    room.say("Jonas", "no idea");
    CHECK(open_of(room, "Mara") == "cost_of_staying");
    room.act("Jonas", Action::stop);
    room.act("Jonas", Action::confirm);
    const auto questions = room.records("plan_question");
    REQUIRE(questions.size() == 1);
    CHECK(questions[0].text("because") == "dont_know");
    CHECK(questions[0].text("dimension") == "why_change");
    // As one would ask it of them, not as the bot asks us.
    CHECK(questions[0].text("text").find("Brightfield Dairy") == std::string::npos);
}

SCENARIO("stepping away is an honest end", "[bot][review]") {
    ReviewRoom room = deal();
    const Turn turn = room.say("Jonas", "Honestly, we should step away from this one.");
    CHECK(says(turn, "Stepping away is an honest end."));
    CHECK(room.state("Mara").phase == Phase::confirming);
    const auto outcome = json::parse(room.outcome("Mara"));
    CHECK(std::any_of(outcome["findings"].begin(), outcome["findings"].end(),
                      [](const json& one) { return one["code"] == "step_away"; }));
    CHECK(outcome["questions"].empty());
}

SCENARIO("lines to a colleague are no answers, and the bot keeps quiet", "[bot][review]") {
    ReviewRoom room = deal();
    CHECK(room.say("Mara", "@Jonas were you there when they said that?").messages.empty());
    CHECK(open_of(room, "Jonas") == "why_change");
    CHECK_FALSE(room.say("Jonas", loss).messages.empty());
    CHECK(open_of(room, "Mara") == "cost_of_staying");
}

SCENARIO("a pasted plan is read sentence by sentence", "[bot][review]") {
    ReviewRoom room{"plan_review", {"Mara", "Jonas"}};
    room.world.plan_text = "What would have to be true for you to stand behind this change?\n";
    CHECK(says(room.start("Mara"), "% of this plan is about the customer"));
    const Turn turn = room.say("Jonas",
                               "# Plan for Tuesday\n- Show them the new release and our roadmap\n"
                               "- Get the signature before our quarter ends\n- Ask Sarah what the stops cost them\n"
                               "- Hear what their board wants to see in May\n");
    CHECK(says(turn, "About us: “Get the signature before our quarter ends.”"));
    CHECK(says(turn, "Not touched:"));
    CHECK(open_of(room, "Mara") == "aim");
    THEN("thirty pages are read as well, and answered in a few lines") {
        std::string pages;
        for (int i = 0; i < 1500; ++i)
            pages += "- Push them to sign the order number " + std::to_string(i) + " this quarter\n";
        const Turn long_one = room.say("Jonas", pages.substr(0, 60'000));
        CHECK(text_of(long_one).size() < 4000);
    }
}

SCENARIO("doing nothing stands first among their choices", "[bot][review]") {
    ReviewRoom room{"competitive_review", {"Mara", "Jonas"}};
    const Turn opening = room.start("Mara");
    CHECK(says(opening, "Leaving things as they are: nobody has told us what speaks for it."));
    CHECK(open_of(room, "Jonas") == "do_nothing");
    CHECK(room.say("Jonas", "We beat Lantern on every point, our product is far ahead.").messages.back().ask->kind ==
          AskKind::reframe);
    CHECK(room.conversation("Jonas").proposals.empty());
}
