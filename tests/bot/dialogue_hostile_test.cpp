// Whatever is pasted: refused with a reason, or kept; the conversation goes on either way. The desk checks each record
// against the catalogue, so a field that grows too large stops this test.
#include <catch2/catch.hpp>

#include "tests/bot/support/rep_desk.hpp"

using namespace debrief;
using namespace debrief::bot;
using test::RepDesk;

namespace {

std::string repeated(const std::string& piece, std::size_t bytes) {
    std::string out;
    while (out.size() + piece.size() <= bytes) out += piece;
    return out;
}

}  // namespace

TEST_CASE("a paste of any kind leaves a conversation that goes on", "[bot][dialogue]") {
    const std::string pastes[]{
        repeated("x", 65536),
        repeated("\xF0\x9F\x98\x80", 65536),
        repeated("\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D ", 20000),
        repeated("Every stop costs them 8k in spoiled milk. ", 65536),
        repeated("Sarah is worried about stop number 7 and ", 65536),
        repeated("\"\\", 6000),
        repeated("{person} ", 20000),
        repeated("\n", 200) + "- Sarah will send the log by Friday\n- Mo is worried",
        repeated("? ", 5000),
    };
    for (const std::string& paste : pastes) {
        INFO(paste.substr(0, 40));
        RepDesk desk;
        desk.contact("Sarah Chen", "COO");
        desk.start();
        desk.say(paste);
        desk.say("Sarah is worried about moving the recipes.");
        desk.say("undo");
        desk.say("back");
        desk.say(paste);
        desk.say("don't know");
        desk.act(Action::stop);
        const auto items = desk.understood_items();
        if (!items.empty()) desk.act(Action::correct, items[0].id, paste);
        desk.act(Action::confirm);
        CHECK((desk.state().phase == Phase::done || desk.state().phase == Phase::stopped));
    }
}

TEST_CASE("what no line can hold is refused with what to do", "[bot][dialogue]") {
    RepDesk desk;
    desk.start();
    Input input;
    input.text = repeated("x", 10'000'000);
    const auto large = user_line(desk.book, desk.conversation(), desk.world(), desk.id("x"), input);
    REQUIRE_FALSE(large);
    CHECK(large.error().code == core::Errc::too_large);
    CHECK_FALSE(large.error().hint.empty());
    input.text = "Sarah \xC3\x28 said";
    const auto broken = user_line(desk.book, desk.conversation(), desk.world(), desk.id("x"), input);
    REQUIRE_FALSE(broken);
    CHECK(broken.error().code == core::Errc::invalid);
}
