// One turn of the bot on a journey with 1,000 observations, the encoder not counted, beside the least that it could
// cost: looking for the words of the line in every observation.
#include "core/catalogue/scope.hpp"
#include "tests/bench/bench_house.hpp"
#include "tests/bot/support/rep_desk.hpp"

using namespace debrief;
using namespace debrief::bot;
using bench::Figure;
using bench::seconds;
using bot::test::RepDesk;

namespace {

constexpr int observations = 1000;
constexpr int turns = 200;

RepDesk desk_with_history() {
    RepDesk desk;
    desk.contact("Sarah Chen", "COO");
    for (int i = 0; i < observations; ++i) {
        Proposal p;
        p.item.id = desk.id("fact " + std::to_string(i));
        p.item.dimension = static_cast<core::Dimension>(i % 9);
        p.item.text = "Line " + std::to_string(i) + " stops twice a month and the audit is near";
        p.item.said_on = "2025-02-" + std::to_string(10 + i % 18);
        p.item.by = desk.room.rep;
        p.item.state = core::ItemState::confirmed;
        core::Put put = proposal_put(desk.room, p);
        put.fields["conversation"] = desk.id("an earlier debrief");
        put.scope = core::account_scope(desk.room.account.id);
        desk.write({put});
    }
    return desk;
}

std::size_t words_found(const World& world, const std::vector<std::string>& words) {
    std::size_t found = 0;
    for (const auto& view : world.journey.dimensions) {
        for (const auto& item : view.items) {
            for (const auto& word : words) found += item.text.find(word) != std::string::npos ? 1U : 0U;
        }
    }
    return found;
}

}  // namespace

int main() {
    RepDesk desk = desk_with_history();
    desk.start();
    const World world = desk.world();
    const std::vector<std::string> words{"Line", "stop", "Sarah", "audit", "June", "mention"};
    Figure turn{"a bot turn on 1,000 observations"}, scan{"words looked for in 1,000 observations"},
        ratio{"a bot turn as a multiple of that"};
    std::size_t found = 0;
    for (int i = 0; i < turns; ++i) {
        RepDesk one = desk;
        one.say_and_die(i % 2 == 0 ? "Line 7 does not stop any more, says Sarah, and the audit is in June."
                                   : "when did they last mention the audit?");
        const Conversation conversation = one.conversation();
        const double raw = seconds([&] { found += words_found(world, words); });
        std::size_t lines = 0;
        const double spent = seconds([&] { lines = advance(one.book, conversation, world).messages.size(); });
        if (lines == 0 || found == 0) bench::stop("the bot said nothing");
        turn.add(1e3 * spent);
        scan.add(1e3 * raw);
        ratio.add(spent / raw);
    }
    turn.print("ms", "p99 <= 20");
    scan.print("ms", "raw limit");
    ratio.print("times", "reported");
}
