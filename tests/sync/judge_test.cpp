#include "tests/sync/support/server_house.hpp"

using namespace debrief;
using namespace debrief::sync;
using namespace debrief::sync::test;
using Kind = core::PushResult::Kind;

SCENARIO("every change gets one final result, and a resend gets the same", "[sync][judge]") {
    ServerHouse house;
    const auto mia = house.id();
    const auto first = house.push(house.ann, {house.contact(1, mia, "Mia")});
    REQUIRE(first.answers.size() == 1);
    CHECK(first.answers[0].results[0].kind == Kind::ok);
    CHECK(first.answers[0].expected == 2);
    CHECK(first.scopes == std::set<std::string>{core::account_scope(house.acme)});
    const auto position = first.answers[0].results[0].position;

    WHEN("it is sent again, with the next one") {
        const auto again = house.push(house.ann, {house.contact(1, mia, "Mia"), house.contact(2, house.id(), "Jo")});
        const auto& answer = again.answers[0];
        REQUIRE(answer.results.size() == 2);
        CHECK(answer.duplicate[0]);
        CHECK(answer.results[0].position == position);
        CHECK_FALSE(answer.duplicate[1]);
        CHECK(answer.results[1].position == position + 1);
        CHECK(answer.expected == 3);
        CHECK(house.store->read_log(core::account_scope(house.acme), position - 1, 1 << 20)->size() == 2);
    }
    WHEN("one is left out") {
        const auto gap = house.push(house.ann, {house.contact(3, house.id(), "Jo")});
        CHECK(gap.answers[0].results.empty());
        CHECK(gap.answers[0].expected == 2);
    }
    WHEN("another change comes under the same n") {
        const auto clone = house.push(house.ann, {house.contact(1, house.id(), "Somebody else")});
        CHECK(clone.answers[0].results[0].kind == Kind::rejected);
        CHECK(clone.answers[0].results[0].code == "clone");
    }
    WHEN("bytes come that are no changeset") {
        const auto broken =
            house.push_bytes(house.ann, 2, {core::Bytes{1, 2, 3}, core::encode(house.contact(3, house.id(), "Jo"))});
        REQUIRE(broken.answers[0].results.size() == 2);
        CHECK(broken.answers[0].results[0].code == "corrupt");
        CHECK(broken.answers[0].results[1].kind == Kind::ok);  // What follows is not held up.
    }
    WHEN("a change names another device than the one that sends it") {
        auto foreign = house.contact(2, house.id(), "Jo");
        foreign.dot.device = house.id();
        CHECK(house.verdict(house.ann, foreign) == "corrupt");
    }
}

SCENARIO("nobody writes where they may not, and learns nothing from it", "[sync][judge][access]") {
    ServerHouse house;
    const auto mia = house.id();
    REQUIRE(house.verdict(house.ann, house.contact(1, mia, "Mia")) == "ok");
    const auto before = *house.store->head(core::account_scope(house.acme));

    CHECK(house.verdict(house.ben, house.contact(2, house.id(), "Jo")) == "not_found");  // Not his account.
    auto missing = house.contact(3, house.id(), "Jo");
    missing.scope = core::account_scope(house.id());
    CHECK(house.verdict(house.ben, missing) == "not_found");  // Not an account at all: the same word.

    // Mia's home is Acme: under another scope she is not there.
    auto moved = house.change(4, core::user_scope(house.ben), "opportunity", mia, {{"name", std::string{"x"}}});
    CHECK(house.verdict(house.ben, moved) == "not_found");
    CHECK(house.verdict(house.ben, house.change(5, core::user_scope(house.ann), "goal", house.id(),
                                                {{"text", std::string{"x"}}})) == "not_found");
    CHECK(house.verdict(house.ann, house.change(6, core::private_scope(house.ben, house.acme), "task", house.id(),
                                                {{"text", std::string{"x"}}})) == "not_found");
    CHECK(house.store->head(core::account_scope(house.acme))->position == before.position);
}

SCENARIO("nobody puts words into a colleague's mouth", "[sync][judge][access]") {
    ServerHouse house;
    const auto scope = core::account_scope(house.acme);
    const auto room = house.id();
    REQUIRE(house.verdict(house.ann, house.change(1, scope, "room", room,
                                                  {{"account", house.acme}, {"kind", std::string{"deal_review"}}})) ==
            "ok");
    const auto line = [&](std::uint64_t n, const core::Uuid& id, const core::Uuid& speaker) {
        return house.change(n, scope, "message", id,
                            {{"room", room},
                             {"at", std::int64_t{1'742'000'000'000}},
                             {"author_kind", std::string{"user"}},
                             {"author", speaker},
                             {"text", std::string{"They will sign."}}});
    };
    const auto said = house.id();
    CHECK(house.verdict(house.ann, line(2, house.id(), house.ben)) == "denied");
    CHECK(house.verdict(house.ann, line(3, said, house.ann)) == "ok");
    // Nor afterwards.
    CHECK(house.verdict(house.ann, house.change(4, scope, "message", said, {{"author", house.ben}})) == "denied");
}

SCENARIO("the directory is the server's, playbooks are the administrators'", "[sync][judge][access]") {
    ServerHouse house;
    const std::string workspace{core::workspace_scope};
    CHECK(house.verdict(house.ann, house.change(1, workspace, "user", house.ann, {{"role", std::string{"admin"}}})) ==
          "denied");
    CHECK(house.verdict(house.root, house.change(2, workspace, "user", house.ann, {{"role", std::string{"admin"}}})) ==
          "denied");
    CHECK(house.verdict(house.ann, house.change(3, core::account_scope(house.acme), "assignment", house.id(),
                                                {{"account", house.acme}, {"user", house.ben}})) == "denied");
    const auto playbook = [&](std::uint64_t n) {
        return house.change(n, workspace, "playbook", house.id(),
                            {{"name", std::string{"mine"}},
                             {"kind", std::string{"debrief"}},
                             {"playbook_version", std::string{"1"}},
                             {"body", std::string{"{}"}}});
    };
    CHECK(house.verdict(house.dora, playbook(4)) == "denied");
    CHECK(house.verdict(house.root, playbook(5)) == "ok");
}

SCENARIO("a record lives where its table's rule says", "[sync][judge]") {
    ServerHouse house;
    CHECK(house.verdict(house.ann, house.change(1, core::user_scope(house.ann), "contact", house.id(),
                                                {{"account", house.acme}, {"name", std::string{"x"}}})) == "invalid");
    const auto bolt = house.id();
    CHECK(house.verdict(house.ann, house.change(2, core::account_scope(house.acme), "contact", house.id(),
                                                {{"account", bolt}, {"name", std::string{"x"}}})) == "invalid");
    const auto mia = house.id();
    CHECK(house.verdict(house.ann, house.contact(3, mia, "Mia")) == "ok");
    CHECK(house.verdict(house.ann, house.change(4, core::account_scope(house.acme), "contact", mia,
                                                {{"account", bolt}})) == "invalid");
    CHECK(house.verdict(house.ann, house.change(5, core::account_scope(house.acme), "meeting", mia,
                                                {{"title", std::string{"x"}}})) == "not_found");
}

SCENARIO("what stands on a refused change is refused with its number", "[sync][judge]") {
    ServerHouse house;
    const auto contact = house.id();
    REQUIRE(house.verdict(house.ben, house.contact(1, contact, "Mia")) == "not_found");
    REQUIRE(assign(*house.store, "Acme", "Ben"));

    auto role = house.change(2, core::account_scope(house.acme), "contact", contact, {{"role", std::string{"CFO"}}});
    CHECK(house.verdict(house.ben, role) == "depends 1");
    auto replacing =
        house.change(3, core::account_scope(house.acme), "account", house.acme, {{"note", std::string{"x"}}});
    replacing.records[0].fields[0].replaces = {{house.device, 1, 2}};
    CHECK(house.verdict(house.ben, replacing) == "depends 2");

    WHEN("it is issued again, and refused again") {
        REQUIRE(unassign(*house.store, "Acme", "Ben"));
        auto again = house.contact(4, contact, "Mia");
        again.was.push_back({{house.device, 1, 1}, core::Bytes(32, 0)});
        CHECK(house.verdict(house.ben, again) == "not_found");
        REQUIRE(assign(*house.store, "Acme", "Ben"));
        auto after =
            house.change(5, core::account_scope(house.acme), "contact", contact, {{"role", std::string{"CFO"}}});
        after.was.push_back({{house.device, 1, 2}, core::Bytes(32, 0)});
        CHECK(house.verdict(house.ben, after) == "depends 4");
    }
    WHEN("it is issued again") {
        auto again = house.contact(4, contact, "Mia");
        again.was.push_back({{house.device, 1, 1}, core::Bytes(32, 0)});
        CHECK(house.verdict(house.ben, again) == "ok");
        CHECK(house.verdict(house.ben, house.change(5, core::account_scope(house.acme), "contact", contact,
                                                    {{"role", std::string{"CFO"}}})) == "ok");
    }
}

SCENARIO("work for an account that was lost meanwhile is handed over", "[sync][judge][access]") {
    ServerHouse house;
    house.store->note_granted(house.ann, {core::account_scope(house.acme)});
    REQUIRE(house.store->commit());
    REQUIRE(unassign(*house.store, "Acme", "Ann"));
    CHECK(house.verdict(house.ann, house.contact(1, house.id(), "Mia")) == "handed_over");
    CHECK(*house.store->handed_over() == 1);
    CHECK(house.verdict(house.ann, house.contact(1, house.id(), "Mia")) == "clone");
}

SCENARIO("whoever makes an account owns it, in the same step", "[sync][judge]") {
    ServerHouse house;
    const auto bolt = house.id();
    const auto committed = house.push(
        house.ben, {house.change(1, core::account_scope(bolt), "account", bolt, {{"name", std::string{"Bolt"}}}),
                    house.change(2, core::private_scope(house.ben, bolt), "task", house.id(),
                                 {{"account", bolt}, {"text", std::string{"call"}}})});
    CHECK(committed.answers[0].results[0].kind == Kind::ok);
    CHECK(committed.answers[0].results[1].kind == Kind::ok);
    CHECK(committed.accounts == std::set<core::Uuid>{bolt});
    const auto& assigned = house.store->directory().assignments.at(bolt);
    REQUIRE(assigned.size() == 1);
    CHECK(assigned[0].user == house.ben);
    CHECK(assigned[0].owner);

    WHEN("the account itself is against the rules") {
        const auto broken = house.id();
        auto change = house.change(3, core::account_scope(broken), "account", broken, {{"name", std::string{"x"}}});
        change.records.push_back({"user", house.id(), {{"name", std::string{"x"}, {}, {}, {}}}});
        CHECK(house.verdict(house.ben, change) == "denied");
        CHECK(house.store->directory().assignments.count(broken) == 0);
        CHECK(house.store->head(core::account_scope(broken))->position == 0);
    }
    WHEN("somebody else wants it") {
        CHECK(house.verdict(house.ann, house.change(3, core::account_scope(bolt), "account", bolt,
                                                    {{"name", std::string{"mine"}}})) == "not_found");
    }
}

SCENARIO("a stamp from the future counts as two minutes ahead", "[sync][judge][clock]") {
    ServerHouse house;
    auto ahead = house.contact(1, house.id(), "Mia");
    ahead.time = core::HybridTime::at(house.clock.now() + std::chrono::hours{1000});
    const auto committed = house.push(house.ann, {ahead});
    const auto& result = committed.answers[0].results[0];
    CHECK(result.effective.wall() <= house.clock.now() + std::chrono::minutes{2});
    const auto entries = house.store->read_log(core::account_scope(house.acme), result.position - 1, 1000);
    REQUIRE(entries);
    CHECK(entries->back().effective == result.effective);
    CHECK(entries->back().author == house.ann);
}

SCENARIO("of a change that is refused after some of it was written nothing stays, and its neighbours are kept",
         "[sync][judge]") {
    ServerHouse house;
    const auto bolt = house.id(), mia = house.id(), jo = house.id(), kim = house.id();
    REQUIRE(house.store->write({core::Put{"account", bolt, {{"name", std::string{"Bolt"}}}, {}}}));
    REQUIRE(assign(*house.store, "Bolt", "Ann"));
    REQUIRE(house.verdict(house.ann, house.contact(1, mia, "Mia")) == "ok");
    const auto head = *house.store->head(core::account_scope(bolt));

    // Jo fits; Mia lives with Acme, which the merge finds out when Jo is written.
    auto mixed =
        house.change(3, core::account_scope(bolt), "contact", jo, {{"account", bolt}, {"name", std::string{"Jo"}}});
    mixed.records.push_back(
        house.change(3, core::account_scope(bolt), "contact", mia, {{"role", std::string{"CFO"}}}).records.front());
    // The same along with an account that would be Ann's.
    const auto made = house.id();
    auto claim = house.change(4, core::account_scope(made), "account", made, {{"name", std::string{"New"}}});
    claim.records.push_back(
        house.change(4, core::account_scope(made), "contact", mia, {{"role", std::string{"CFO"}}}).records.front());

    const auto committed =
        house.push(house.ann, {house.contact(2, kim, "Kim"), mixed, claim, house.contact(5, house.id(), "Lee")});
    const auto& results = committed.answers.at(0).results;
    REQUIRE(results.size() == 4);
    CHECK(results[0].kind == Kind::ok);
    CHECK(results[1].code == "not_found");
    CHECK(results[2].code == "not_found");
    CHECK(results[3].kind == Kind::ok);
    CHECK(results[3].position == results[0].position + 1);
    CHECK_FALSE(*house.store->records().get("contact", jo));
    CHECK(house.store->records().get("contact", mia).operator*()->text("role").empty());
    CHECK(house.store->head(core::account_scope(bolt))->position == head.position);
    CHECK_FALSE(*house.store->records().get("account", made));
    CHECK(house.store->directory().assignments.count(made) == 0);
    CHECK(*house.store->records().get("contact", kim));
}

SCENARIO("changes that come together stand on each other as if they had come one by one", "[sync][judge]") {
    ServerHouse house;
    const auto scope = core::account_scope(house.acme);
    const auto mia = house.id(), room = house.id(), line = house.id();
    const auto opened =
        house.change(2, scope, "room", room, {{"account", house.acme}, {"kind", std::string{"deal_review"}}});
    // Made, edited, and named in one commit: what is held back of the first must be known to those that follow.
    const auto said = house.change(4, scope, "message", line,
                                   {{"room", room},
                                    {"at", std::int64_t{1'742'292'000'000}},
                                    {"author", house.ann},
                                    {"author_kind", std::string{"user"}},
                                    {"text", std::string{"They must decide"}}});
    const auto role = house.change(3, scope, "contact", mia, {{"role", std::string{"CFO"}}});
    const auto elsewhere = house.change(5, scope, "meeting", mia, {{"title", std::string{"x"}}});
    const auto committed = house.push(house.ann, {house.contact(1, mia, "Mia"), opened, role, said, elsewhere});

    const auto& results = committed.answers.at(0).results;
    REQUIRE(results.size() == 5);
    for (std::size_t i = 0; i < 4; ++i) {
        INFO(i << " " << results[i].code);
        CHECK(results[i].kind == Kind::ok);
    }
    CHECK(results[4].code == "not_found");
    CHECK(house.store->records().get("contact", mia).operator*()->text("role") == "CFO");
    CHECK(*house.store->records().get("message", line));
    // The scope's head, written once for all, is the last one's place.
    CHECK(house.store->head(scope)->position == results[3].position);
    const auto entries = house.store->read_log(scope, results[0].position - 1, 1 << 20);
    REQUIRE(entries->size() == 4);
    CHECK(entries->back().salt == house.store->head(scope)->salt);
}
