#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/catalogue/scope.hpp"
#include "tests/sync/support/server_house.hpp"
#include "tests/sync/support/world.hpp"

using namespace debrief;
using namespace debrief::sync;
using namespace debrief::sync::test;

namespace {

/// The files under `folder` whose bytes hold `word`.
std::vector<std::string> files_with(const std::string& folder, const std::string& word) {
    std::vector<std::string> found;
    for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
        if (!file.is_regular_file()) continue;
        std::ifstream in{file.path(), std::ios::binary};
        const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
        if (bytes.find(word) != std::string::npos) found.push_back(file.path().filename());
    }
    return found;
}

/// Ann debriefs about Mia at Acme: a private talk, evidence with its confirmed copy, and what was made of it.
struct Debrief {
    core::Uuid mia, room, line, answer, proposed, confirmed, other_fact, commitment, plan, question, reply;

    Debrief(World& world, std::size_t ann, const core::Uuid& acme, const core::Uuid& user) {
        const auto home = core::private_scope(user, acme);
        mia = world.put(ann, "contact",
                        {{"account", acme}, {"name", text("canary-name")}, {"role", text("canary-role")}});
        room = world.put(ann, "room", {{"account", acme}, {"kind", text("debrief")}});
        line = say(world, ann, acme, "canary-line: Mia fears canary-clause, Bob is calm", "user", {});
        answer = say(world, ann, acme, "You said: canary-clause", "bot", line);
        const auto source =
            R"({"conversation":")" + room.text() + R"(","message":")" + line.text() + R"(","quote":"canary-clause"})";
        proposed = fact(world, ann, acme, "canary-clause", source, mia, "proposed", home);
        confirmed = fact(world, ann, acme, "canary-clause", source, mia, "confirmed", core::account_scope(acme));
        const auto beside = R"({"message":")" + line.text() + R"(","quote":"Bob is calm"})";
        other_fact = fact(world, ann, acme, "Bob is calm", beside, {}, "confirmed", core::account_scope(acme));
        commitment = world.put(ann, "commitment",
                               {{"account", acme},
                                {"text", text("send canary-clause")},
                                {"observation", confirmed},
                                {"state", text("open")}});
        plan = world.put(ann, "call_plan", {{"account", acme}, {"objective", text("Learn more")}});
        question = world.put(ann, "plan_question",
                             {{"account", acme},
                              {"plan", plan},
                              {"text", text("Why canary-clause?")},
                              {"because_text", text("canary-clause")},
                              {"evidence", core::UuidSet{confirmed}}});
    }

    core::Uuid say(World& world, std::size_t ann, const core::Uuid& acme, const char* words, const char* who,
                   std::optional<core::Uuid> follows) {
        core::FieldMap fields{{"room", room},
                              {"account", acme},
                              {"at", std::int64_t{1'750'000'000'000}},
                              {"author_kind", text(who)},
                              {"text", text(words)}};
        if (follows) fields["follows"] = *follows;
        return world.put(ann, "message", std::move(fields));
    }

    static core::Uuid fact(World& world, std::size_t ann, const core::Uuid& acme, const char* words,
                           const std::string& source, std::optional<core::Uuid> person, const char* state,
                           const std::string& scope) {
        core::FieldMap fields{{"account", acme},      {"dimension", text("concern")},
                              {"text", text(words)},  {"said_on", text("2025-03-18")},
                              {"state", text(state)}, {"source", source}};
        if (person) fields["person"] = *person;
        return world.put(ann, "observation", std::move(fields), {}, scope);
    }
};

void erase_on(World& world, std::size_t device, const core::Uuid& record) {
    auto& store = world.store(device);
    const auto reached = store.quoting({record});
    REQUIRE(reached);
    REQUIRE(store.erase(*reached));
    world.put(device, "goal", {{"text", text("go on")}});  // Wakes the session.
}

void same_everywhere(World& world) {
    for (std::size_t at = 0; at < world.devices(); ++at) {
        INFO("device " << at);
        const auto here = content(world.store(at)),
                   there = content_for(world.server(), world.store(at).identity().user);
        for (const auto& [id, shown] : here) {
            const auto found = there.find(id);
            INFO(id << " is " << shown);
            CHECK(found != there.end());
            if (found != there.end()) CHECK(found->second == shown);
        }
        CHECK(here.size() == there.size());
    }
}

}  // namespace

SCENARIO("a contact is erased: no word of them is in any file of any device or of the server",
         "[sync][erase][privacy]") {
    World world{11};
    world.user("Dora", "manager");
    world.team("North", "Dora");
    const auto user = world.user("Ann", "rep", "North");
    world.user("Ben", "rep", "North");
    const auto acme = world.account("Acme", "Ann");
    world.assign("Acme", "Ben");
    const auto ann = world.device("Ann"), dora = world.device("Dora"), ben = world.device("Ben");
    const Debrief said{world, ann, acme, user};
    world.settle();
    REQUIRE(world.store(dora).get("observation", said.confirmed)->has_value());
    REQUIRE_FALSE(files_with(world.folder(), "canary-clause").empty());

    WHEN("their rep erases them") {
        erase_on(world, ann, said.mia);
        world.settle();
        THEN("the words are gone, the records are not") {
            for (const auto* word : {"canary-name", "canary-role", "canary-clause", "canary-line"}) {
                INFO(word);
                CHECK(files_with(world.folder(), word).empty());
            }
            for (const auto at : {ann, dora, ben}) {
                CHECK(world.store(at).get("contact", said.mia).operator*()->text("name") == "erased");
                const auto fact = world.store(at).get("observation", said.confirmed);
                CHECK(fact.operator*()->text("text") == "erased");
                CHECK(fact.operator*()->text("dimension") == "concern");
                CHECK(world.store(at).get("plan_question", said.question).operator*()->text("text") == "erased");
                CHECK(world.store(at).get("commitment", said.commitment).operator*()->text("text") == "erased");
                // What was heard about somebody else in the same line stays.
                CHECK(world.store(at).get("observation", said.other_fact).operator*()->text("text") == "Bob is calm");
            }
            same_everywhere(world);
        }
    }
    WHEN("a colleague erases them who cannot see the talk") {
        erase_on(world, ben, said.mia);
        world.settle();
        THEN("the server follows the ids into the private place as well") {
            CHECK(world.store(ann).get("message", said.line).operator*()->text("text") == "erased");
            CHECK(world.store(ann).get("message", said.answer).operator*()->text("text") == "erased");
            CHECK(world.store(ann).get("observation", said.proposed).operator*()->text("text") == "erased");
            CHECK(files_with(world.folder(), "canary").empty());
            same_everywhere(world);
        }
    }
    WHEN("only the line is erased") {
        erase_on(world, ann, said.line);
        world.settle();
        THEN("all that was understood from it goes, the person stays") {
            CHECK(files_with(world.folder(), "canary-clause").empty());
            CHECK(files_with(world.folder(), "Bob is calm").empty());
            CHECK(world.store(dora).get("contact", said.mia).operator*()->text("name") == "canary-name");
            same_everywhere(world);
        }
    }
    WHEN("a device was away meanwhile, with words of its own that it had not sent") {
        world.offline(ben);
        world.put(ben, "contact", {{"role", text("canary-late")}}, said.mia);
        Debrief::fact(world, ben, acme, "canary-later", R"({"quote":"canary-later"})", said.mia, "confirmed",
                      core::account_scope(acme));
        erase_on(world, ann, said.mia);
        world.settle();
        world.pass(std::chrono::hours{24 * 20});
        world.online(ben);
        world.settle();
        THEN("they are stripped at the door, and go from that device when it has heard") {
            CHECK(files_with(world.folder(), "canary").empty());
            CHECK(world.received(ann).find("canary-late") == std::string::npos);
            same_everywhere(world);
        }
    }
    WHEN("a device joins afterwards") {
        erase_on(world, ann, said.mia);
        world.settle();
        const auto late = world.device("Ben");
        world.settle();
        CHECK(world.received(late).find("canary") == std::string::npos);
        same_everywhere(world);
    }
}

SCENARIO("words erased between sending a change and its answer do not make it another change", "[sync][erase]") {
    ServerHouse house;
    const auto mia = house.id();
    const auto made = house.contact(1, mia, "Mia");
    REQUIRE(house.verdict(house.ann, made) == "ok");  // The answer was lost.
    auto erase = house.contact(2, mia, "x");
    erase.records.clear();
    erase.erases = {core::whole_record(core::catalogue().table("contact"), mia)};
    auto stripped = made;
    stripped.original = core::payload_hash(core::encode(made));
    stripped.records[0].fields[1].value = std::string{"erased"};
    const auto committed = house.push(house.ann, {stripped, erase});
    REQUIRE(committed.answers[0].results.size() == 2);
    CHECK(committed.answers[0].duplicate[0]);
    CHECK(committed.answers[0].results[0].code.empty());
    CHECK(committed.answers[0].results[1].kind == core::PushResult::Kind::ok);
    CHECK(committed.rewritten == std::set<std::string>{core::account_scope(house.acme)});
    CHECK(house.store->records().get("contact", mia).operator*()->text("name") == "erased");
    // The one with its words, from an older copy of the outbox, is the same change too.
    const auto again = house.push(house.ann, {made});
    CHECK(again.answers[0].duplicate[0]);
    CHECK(again.answers[0].results[0].code.empty());
}

SCENARIO("nobody erases what they may not write, and learns nothing from trying", "[sync][erase][access]") {
    ServerHouse house;
    const auto mia = house.id();
    REQUIRE(house.verdict(house.ann, house.contact(1, mia, "Mia")) == "ok");
    const auto erasing = [&](std::uint64_t n, const std::string& scope, const core::Uuid& record) {
        auto made = house.contact(n, record, "x");
        made.scope = scope;
        made.records.clear();
        made.erases = {{record, {}, {}}};
        return made;
    };
    const auto home = core::account_scope(house.acme);
    CHECK(house.verdict(house.ben, erasing(2, home, mia)) == "not_found");
    CHECK(house.verdict(house.ben, erasing(3, home, house.id())) == "not_found");
    CHECK(house.verdict(house.ben, erasing(4, core::user_scope(house.ben), mia)) == "not_found");
    CHECK(house.verdict(house.ben, erasing(5, core::user_scope(house.ben), house.id())) == "not_found");
    CHECK(house.verdict(house.ann, erasing(6, "workspace", house.ben)) == "denied");
    CHECK(house.store->records().get("contact", mia).operator*()->text("name") == "Mia");
    WHEN("an administrator does, who may not read the account") {
        CHECK(house.verdict(house.root, erasing(7, home, mia)) == "ok");
        CHECK(house.store->records().get("contact", mia).operator*()->text("name") == "erased");
    }
}

SCENARIO("a source that points into a foreign private place reaches nothing there", "[sync][erase][access]") {
    World world{12};
    const auto user = world.user("Ann");
    world.user("Eve");
    const auto acme = world.account("Acme", "Ann");
    world.assign("Acme", "Eve");
    const auto ann = world.device("Ann"), eve = world.device("Eve");
    const Debrief said{world, ann, acme, user};
    world.settle();
    const auto decoy = world.put(eve, "contact", {{"account", acme}, {"name", text("Nobody")}});
    Debrief::fact(world, eve, acme, "made up", R"({"message":")" + said.line.text() + R"("})", decoy, "confirmed",
                  core::account_scope(acme));
    world.settle();
    erase_on(world, eve, decoy);
    world.settle();
    CHECK(world.store(ann).get("message", said.line).operator*()->text("text").find("canary-line") == 0);
    CHECK(world.store(ann).get("observation", said.confirmed).operator*()->text("text") == "canary-clause");
}
