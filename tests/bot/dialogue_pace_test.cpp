// How long a debrief takes the rep: what is said and read, at the pace of people.
#include <catch2/catch.hpp>

#include "bot/playbook/wording_rules.hpp"
#include "tests/bot/support/rep_desk.hpp"

using namespace debrief;
using namespace debrief::bot;
using test::RepDesk;

namespace {

// Words a minute: dictating; thumbs on a phone (Palin et al., MobileHCI 2019: 36 to 38); reading without a word aloud
// (Brysbaert, 2019: 238).
constexpr double speaking = 150, typing = 40, reading = 238;

struct FiveSentences {
    const char* spoken;  ///< Five sentences, as one dictates.
    const char* typed;   ///< Five sentences, as one types.
};
constexpr FiveSentences answers[]{
    {"The dryer on line two trips every time the humidity climbs, Sarah showed me the log. Each trip throws away a "
     "tank, "
     "she reckons nine thousand a go. She wants one summer without a single dumped tank. Mo is worried the new "
     "controls will not talk "
     "to his old network. Sarah will take the numbers to the board on the twenty eighth.",
     "Dryer trips when humid. Each trip dumps a tank, 9k. Sarah wants a summer without. Mo worries about his network. "
     "Sarah takes "
     "numbers to board on 28 March."},
    {"They count the parts by hand on Fridays and it takes three people the whole afternoon. If that goes on the "
     "auditor will not "
     "sign the stock again. Sarah would love to see the stock on her screen on a Monday. Mo has to agree before "
     "anything touches his "
     "servers. They also talk about hiring a fourth person instead.",
     "They count parts by hand on Fridays. Auditor wont sign otherwise. Sarah wants stock on screen Mondays. Mo has to "
     "agree first. "
     "They may hire a person instead."},
    {"The night shift lost two drivers because nobody could tell them their hours. Every driver gone costs them six "
     "thousand to "
     "replace. What they want is a roster that is out on the Wednesday before. Sarah fears that the union says no to "
     "the phones. Mo "
     "will ask the union on Thursday.",
     "Night shift lost two drivers over hours. Each costs 6k to replace. They want rosters out by Wednesday. Sarah "
     "fears the union "
     "says no. Mo asks the union Thursday."},
};

struct Time {
    double seconds = 0;
    std::size_t shown = 0;
};

/// Of a whole debrief: the answer, then stop and confirm as two taps.
Time played(const char* answer, double rate) {
    RepDesk desk;
    desk.contact("Sarah Chen", "COO");
    desk.contact("Mo Idris", "IT lead");
    Time time;
    const auto read = [&time](const Turn& turn) {
        for (const Message& m : turn.messages) {
            time.seconds += static_cast<double>(count_words(m.text)) / reading * 60;
            ++time.shown;
        }
    };
    read(desk.start());
    time.seconds += static_cast<double>(count_words(answer)) / rate * 60;
    read(desk.say(answer));
    constexpr double tap = 2;
    time.seconds += 2 * tap;
    read(desk.act(Action::stop));
    CHECK(desk.understood_items().size() >= 3);
    read(desk.act(Action::confirm));
    CHECK(desk.state().phase == Phase::done);
    return time;
}

}  // namespace

SCENARIO("five sentences in the car park take less than two minutes, spoken or typed", "[bot][dialogue]") {
    for (const FiveSentences& answer : answers) {
        const Time spoken = played(answer.spoken, speaking), typed = played(answer.typed, typing);
        INFO(answer.typed << "\nspoken " << spoken.seconds << " s, typed " << typed.seconds << " s");
        CHECK(spoken.seconds <= 120);
        CHECK(typed.seconds <= 120);
        WARN("spoken " << spoken.seconds << " s, typed " << typed.seconds << " s");
    }
}
