#include <algorithm>

#include <catch2/catch.hpp>

#include "bot/playbook/playbook.hpp"
#include "bot/playbook/wording_rules.hpp"

using namespace debrief;
using namespace debrief::bot;

namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}
std::string built_in() {
    return std::string(builtin_playbooks().front().json);
}
bool blames(const PlaybookCheck& check, const std::string& entry) {
    return std::any_of(check.errors.begin(), check.errors.end(),
                       [&](const PlaybookFinding& f) { return f.entry == entry; });
}

}  // namespace

TEST_CASE("the built-in debriefs have no fault, no warning, and a question for every dimension", "[bot][playbook]") {
    const Builtin& built_in = GENERATE(from_range(builtin_playbooks()));
    INFO(built_in.playbook.version);
    const PlaybookCheck check = check_playbook(built_in.json);
    for (const auto& e : check.errors) FAIL_CHECK(e.entry << ": " << e.reason);
    for (const auto& w : check.warnings) FAIL_CHECK(w.entry << ": " << w.reason);
    REQUIRE(check.playbook.has_value());
    for (const Question& q : check.playbook->questions) {
        INFO(q.id);
        CHECK_FALSE(q.text.de.empty());
        // With a lead ("Fine, it goes on the next call plan.") and a name of two words it is still one breath.
        CHECK(count_words(q.text.en) <= 18);
        CHECK(count_words(q.text.de) <= 20);
    }
}

TEST_CASE("a broken playbook is refused whole, with entry and reason", "[bot][playbook]") {
    CHECK(blames(check_playbook("{"), "playbook"));
    CHECK(blames(check_playbook("[]"), "playbook"));
    CHECK(blames(check_playbook("{}"), "questions"));
    CHECK(blames(check_playbook(replaced(built_in(), "\"version\": \"1\"", "\"version\": 1")), "version"));
    CHECK(blames(check_playbook(replaced(built_in(), "\"dimension\": \"why_change\"", "\"dimension\": \"budget\"")),
                 "questions[1].dimension"));
    CHECK(blames(check_playbook(replaced(built_in(), "\"id\": \"desired_outcome\"", "\"id\": \"why_change\"")),
                 "questions[2].id"));
    CHECK(blames(check_playbook(replaced(built_in(), "[\"start\"]", "[\"sometimes\"]")), "questions[0].when.any"));
    CHECK(blames(check_playbook(replaced(built_in(), "\"questions\": 5", "\"questions\": 6")), "limits.questions"));
    CHECK(blames(check_playbook(replaced(built_in(), "\"value\": 90", "\"worth\": 90")), "questions[1].worth"));
    const auto refused = parse_playbook(replaced(built_in(), "\"kind\": \"debrief\"", "\"kind\": \"chat\""));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().field == "kind");
}

TEST_CASE("a playbook cannot make the bot ask about us, shout or ramble", "[bot][playbook]") {
    CHECK_FALSE(faults_of_wording("What is the close date?", true).empty());
    CHECK_FALSE(faults_of_wording("Which discount would help?", true).empty());
    CHECK_FALSE(faults_of_wording("Tell me more!", true).empty());
    CHECK_FALSE(faults_of_wording("Who is {boss}?", true).empty());
    CHECK_FALSE(faults_of_wording(std::string(2 * 26, 'a').replace(0, 0, "") +
                                      std::string(" a b c d e f g h i j k l m n o p q r s t u v w x y z"),
                                  true)
                    .empty());
    CHECK(faults_of_wording("What worries {person}?", true).empty());
}

TEST_CASE("weights that would ask the stale before the missing are warned about", "[bot][playbook]") {
    const PlaybookCheck check = check_playbook(replaced(built_in(), "\"missing\": 300", "\"missing\": 50"));
    CHECK(check.errors.empty());
    CHECK(std::any_of(check.warnings.begin(), check.warnings.end(),
                      [](const PlaybookFinding& w) { return w.entry == "weights"; }));
}
