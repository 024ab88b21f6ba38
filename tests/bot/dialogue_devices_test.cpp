// One rep, two devices, no network in between.
#include <catch2/catch.hpp>

#include "tests/bot/support/rep_desk.hpp"

using namespace debrief;
using namespace debrief::bot;
using test::RepDesk;

namespace {

/// What each has, both have: what syncing does to records that only one of them wrote.
void sync(RepDesk& a, RepDesk& b) {
    for (const auto& [key, record] : a.records) b.records.emplace(key, record);
    for (const auto& [key, record] : b.records) a.records.emplace(key, record);
}

}  // namespace

SCENARIO("two devices of one rep debrief the same meeting offline", "[bot][dialogue]") {
    GIVEN("a debrief opened on both") {
        RepDesk phone;
        RepDesk laptop;
        phone.contact("Sarah Chen", "COO");
        laptop.contact("Sarah Chen", "COO");
        const Turn a = phone.start();
        const Turn b = laptop.start();
        THEN("the opening is one and the same line") {
            CHECK(a.messages[0].id == b.messages[0].id);
        }
        WHEN("each hears something else, and they meet again") {
            phone.say("Sarah is worried about moving the recipes.");
            Input input;
            input.text = "Every stop costs them 8k in spoiled milk.";
            laptop.now += std::chrono::seconds{20};
            const auto line =
                user_line(laptop.book, laptop.conversation(), laptop.world(), laptop.id("a line of the laptop"), input);
            laptop.write(line_edits(laptop.room, *line));
            laptop.write(advance(laptop.book, laptop.conversation(), laptop.world()).edits);
            sync(phone, laptop);
            THEN("both answers are kept, both see one open question, and nothing answered is asked again") {
                CHECK(phone.understood_items().size() == 2);
                const State here = phone.state();
                const State there = laptop.state();
                REQUIRE(here.open.has_value());
                CHECK(*here.open == *there.open);
                CHECK(here.open_message == there.open_message);
                const Turn next = phone.act(Action::skip);
                REQUIRE(next.state.open.has_value());
                CHECK(next.state.open->dimension != core::Dimension::concern);
                CHECK(next.state.open->dimension != core::Dimension::cost_of_inaction);
            }
        }
    }
}
