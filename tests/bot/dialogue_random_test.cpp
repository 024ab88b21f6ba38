// Whatever a rep says, in whatever order: limits hold, no line is lost, every finding points at words that were kept,
// and the same inputs make the same conversation.
#include <algorithm>
#include <map>
#include <random>

#include <catch2/catch.hpp>

#include "bot/playbook/wording_rules.hpp"
#include "tests/bot/support/rep_desk.hpp"

using namespace debrief;
using namespace debrief::bot;
using test::RepDesk;

namespace {

const char* const answers[]{
    "The line stops twice a month and nobody can restart it.",
    "Every stop costs them 8k in spoiled milk.",
    "Sarah is worried about moving the recipes.",
    "Sarah will send the downtime log by Friday.",
    "They want a week without a stop by autumn.",
    "The board approves anything above 50k in May.",
    "Dana is against it.",
    "It went well.",
    "Good energy.",
    "I need to close this before the quarter ends.",
    "We should offer a discount.",
    "I don't know",
    "I don't know who sits on the board.",
    "skip",
    "back",
    "undo",
    "why",
    "stop",
    "resume",
    "yes",
    "no",
    "both",
    "changed",
    "when did they mention the audit?",
    "Remind me to send the case study on Friday.",
    "No, that was Tim, not Sarah.",
    "make it June",
    "no, the 27th",
    "make it 9k, not 8k",
    "Sorry, that was Tim, Sarah only nodded.",
    "no, it was Dana who said that",
    "remind me on Friday to call Sarah",
    "yes, all good",
    "not now",
    "No idea what happens there.",
    "that's not a person",
    "Sarah is not worried about moving the recipes any more.",
    "Let's see what comes out of it.",
    "Sarah's son is ill.",
    "Sie haben Angst vor dem Umzug der Rezepte und wollen warten.",
    "just a note",
    "We met at noon in the canteen on the second floor of the plant.",
    "drop 1",
    "1: Sarah fears a stop",
    "confirm 1",
    "Quick, I am boarding.",
    "\xF0\x9F\x98\x80",
};

/// Plays `steps` random lines; the run is decided by the seed alone.
RepDesk played(unsigned seed, int steps, bool killed) {
    std::mt19937 chance(seed);
    RepDesk desk;
    desk.contact("Sarah Chen", "COO");
    desk.contact("Tim Hale", "plant manager");
    desk.fact(core::Dimension::timing, "2025-02-20", "", "The audit is in May");
    desk.fact(core::Dimension::why_change, "2024-06-01", "", "The line stops twice a month");
    desk.promise("Sarah Chen", "2025-03-01", "Sarah will send the log");
    desk.start();
    for (int i = 0; i < steps && desk.state().phase != Phase::done; ++i) {
        const char* words = answers[chance() % std::size(answers)];
        if (killed) {
            desk.say_and_die(words);
            desk.start();
        } else {
            desk.say(words);
        }
    }
    return desk;
}

void check_promises(const RepDesk& desk, int lines_said) {
    const Conversation c = desk.conversation();
    const State state = desk.state();
    CHECK(state.asked <= desk.book.limits.questions);
    CHECK_FALSE(state.reply_due);
    CHECK((state.phase == Phase::asking) == state.open.has_value());
    int lines = 0;
    std::map<std::string, int> probes, reframes;
    for (std::size_t i = 0; i < c.messages.size(); ++i) {
        const Message& m = c.messages[i];
        CHECK(m.text.find('!') == std::string::npos);
        if (i > 0) CHECK(m.follows == c.messages[i - 1].id);
        if (m.author == AuthorKind::user) ++lines;
        if (m.ask) {
            CHECK(count_words(m.text) <= question_words_max);
            if (m.ask->kind == AskKind::reframe && !m.ask->restated) ++reframes[m.ask->question];
            if (m.ask->kind == AskKind::probe && !m.ask->restated) ++probes[m.ask->question];
        }
    }
    CHECK(lines >= std::min(lines_said, 1));
    for (const core::Record& r : desk.all("observation")) {
        if (r.ref("conversation") != c.id) continue;
        const Proposal p = *proposal_of(
            r, [](const core::Uuid&) { return std::string(); }, [](const core::Uuid&) { return std::string(); });
        REQUIRE(p.item.source.message.has_value());
        const auto said = std::find_if(c.messages.begin(), c.messages.end(),
                                       [&](const Message& m) { return m.id == *p.item.source.message; });
        REQUIRE(said != c.messages.end());
        CHECK(said->author == AuthorKind::user);
        CHECK(said->text.find(p.item.source.quote) != std::string::npos);
    }
}

}  // namespace

TEST_CASE("random debriefs keep every promise", "[bot][dialogue]") {
    for (unsigned seed = 1; seed <= 60; ++seed) {
        INFO("seed " << seed);
        check_promises(played(seed, 25, false), 25);
    }
}

TEST_CASE("a debrief killed after every line is the debrief that was not", "[bot][dialogue]") {
    for (unsigned seed = 100; seed < 110; ++seed) {
        INFO("seed " << seed);
        const RepDesk whole = played(seed, 20, false);
        const RepDesk killed = played(seed, 20, true);
        REQUIRE(whole.records.size() == killed.records.size());
        for (const auto& [key, record] : whole.records) {
            REQUIRE(killed.records.count(key) == 1);
            CHECK(killed.records.at(key).fields == record.fields);
        }
    }
}
