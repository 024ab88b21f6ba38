// Orders over a connection: who is heard is judged at that moment, by the directory; and who hears what waits to be
// filed.
#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "core/error_names.hpp"
#include "sync/client/client_session.hpp"
#include "sync/client/inbox_memory.hpp"
#include "sync/device_key.hpp"
#include "sync/server/access.hpp"
#include "sync/server/handover.hpp"
#include "sync/server/server_session.hpp"
#include "tests/sync/support/server_house.hpp"

using namespace debrief;
using namespace debrief::sync;
using namespace debrief::sync::test;

namespace {

/// A server with sessions of several people, and what was ordered.
struct Office {
    ServerHouse house;
    SessionHub hub{*house.store, house.clock, house.random};
    core::Bytes seed{core::Bytes(seed_bytes, 7)};
    std::vector<std::pair<core::Uuid, std::vector<std::string>>> ordered;

    Office() {
        hub.on_admin([this](const core::Uuid& user, const std::vector<std::string>& words) {
            ordered.emplace_back(user, words);
            return words.back() == "nobody"
                       ? core::Result<std::string>{core::Error{core::Errc::not_found, "Nobody.", "user", "look"}}
                       : core::Result<std::string>{std::string{R"({"done":true})"}};
        });
    }

    std::unique_ptr<ServerSession> greeted(const std::string& name) {
        const auto enrolled = *house.store->enrol(*invite(*house.store, name), "phone", 5, public_key(seed));
        auto session = std::make_unique<ServerSession>(hub, ServerConfig{}, [] {});
        session->on_open();
        session->on_frame(encode(HelloFrame{enrolled.device, enrolled.token, 5, 0, 0, {}, 1, {}}));
        REQUIRE(hub.commit());
        REQUIRE(session->user());
        return session;
    }

    template <typename Kind>
    std::vector<Kind> said(ServerSession& session) {
        REQUIRE(hub.commit());
        std::vector<Kind> frames;
        while (const auto message = session.next_frame()) {
            auto frame = decode_frame(**message);
            REQUIRE(frame);
            if (auto* wanted = std::get_if<Kind>(&*frame)) frames.push_back(std::move(*wanted));
        }
        return frames;
    }

    AdministeredFrame answer(ServerSession& session, const std::vector<std::string>& words) {
        session.on_frame(encode(AdminFrame{41, words}));
        const auto answers = said<AdministeredFrame>(session);
        REQUIRE(answers.size() == 1);
        CHECK(answers[0].order == 41);
        return answers[0];
    }

    /// A change of Ben's, who served Acme until now.
    void hand_over(const core::Changeset& change) {
        house.store->note_granted(house.ben, {core::account_scope(house.acme)});
        house.store->submit({0, house.device, house.ben, 1, change.dot.n, {core::encode(change)}});
        REQUIRE(hub.commit());
    }
};

}  // namespace

TEST_CASE("what a user's device may order follows from the role", "[sync][access][admin]") {
    ServerHouse house;
    const auto& directory = house.store->directory();
    CHECK(duty_of(directory, house.ann) == Duty::none);
    CHECK(duty_of(directory, house.dora) == Duty::filing);
    CHECK(duty_of(directory, house.root) == Duty::all);
    CHECK(duty_of(directory, house.id()) == Duty::none);
    const auto acme = core::account_scope(house.acme), own = core::private_scope(house.ann, house.acme);
    for (const auto& scope : {acme, own}) {
        CHECK(may_file(directory, house.dora, scope));
        CHECK(may_file(directory, house.root, scope));
        CHECK_FALSE(may_file(directory, house.ann, scope));  // A rep, also of what is their own.
    }
    const auto elsewhere = house.id();
    CHECK_FALSE(may_file(directory, house.dora, core::account_scope(elsewhere)));
    CHECK_FALSE(may_file(directory, house.dora, core::private_scope(house.ann, elsewhere)));
    CHECK_FALSE(may_file(directory, house.dora, core::user_scope(house.ann)));
    CHECK_FALSE(may_file(directory, house.dora, "no scope"));
    REQUIRE(disable_user(*house.store, "Root"));
    CHECK(duty_of(house.store->directory(), house.root) == Duty::none);
    CHECK_FALSE(may_file(house.store->directory(), house.root, acme));
}

TEST_CASE("an order is judged by the role that its user has when it comes", "[sync][access][admin]") {
    Office office;
    const auto ann = office.greeted("Ann"), root = office.greeted("Root"), dora = office.greeted("Dora");

    const auto refused = office.answer(*ann, {"user", "add", "Mallory"});
    CHECK(refused.code == "denied");
    CHECK(refused.result.empty());
    CHECK(office.ordered.empty());  // Nobody was even asked.
    const auto nonsense = office.answer(*ann, {"no", "such", "thing"});
    CHECK(nonsense.code == refused.code);
    CHECK(nonsense.text == refused.text);

    CHECK(office.answer(*root, {"user", "list"}).result == R"({"done":true})");
    CHECK(office.answer(*dora, {"handover", "list"}).result == R"({"done":true})");
    const auto missing = office.answer(*root, {"user", "disable", "nobody"});
    CHECK(missing.code == "not_found");
    CHECK(missing.text == "Nobody.");
    CHECK(missing.field == "user");
    CHECK(missing.hint == "look");
    REQUIRE(office.ordered.size() == 3);
    CHECK(office.ordered[0].first == office.house.root);
    CHECK(office.ordered[1].first == office.house.dora);

    // An administrator no longer, on the same connection.
    REQUIRE(add_user(*office.house.store, {"Root", "rep", {}, {}, {}}));
    CHECK(office.answer(*root, {"user", "list"}).code == "denied");
    REQUIRE(add_user(*office.house.store, {"Ann", "admin", {}, {}, {}}));
    CHECK(office.answer(*ann, {"user", "list"}).code.empty());
    CHECK(office.ordered.size() == 4);
}

TEST_CASE("a server that takes no orders says so", "[sync][admin]") {
    Office office;
    office.hub.on_admin({});
    const auto root = office.greeted("Root");
    CHECK(office.answer(*root, {"user", "list"}).code == "unavailable");
}

TEST_CASE("who orders without reading the answers is cut", "[sync][admin][flow]") {
    Office office;
    const auto ann = office.greeted("Ann");
    Actions actions;
    for (int i = 0; i < 20'000 && actions.empty(); ++i)
        actions = ann->on_frame(encode(AdminFrame{1, {"user", "list"}}));
    REQUIRE(actions.size() == 1);
    CHECK(std::get<Close>(actions[0]).code == 1008);
}

SCENARIO("what waits to be filed is told to who may file it", "[sync][access][handover][admin]") {
    Office office;
    REQUIRE(add_user(*office.house.store, {"Eve", "manager", {}, {}, {}}));
    const auto dora = office.greeted("Dora"), root = office.greeted("Root"), eve = office.greeted("Eve"),
               ann = office.greeted("Ann");
    for (auto* session : {dora.get(), root.get(), eve.get(), ann.get()})
        CHECK(office.said<InboxFrame>(*session).empty());
    const auto came = office.house.clock.now();
    office.hand_over(office.house.contact(1, office.house.id(), "canary"));
    office.house.clock.advance(std::chrono::minutes{1});
    office.hand_over(office.house.contact(2, office.house.id(), "canary too"));

    for (auto* session : {dora.get(), root.get()}) {
        const auto told = office.said<InboxFrame>(*session);
        REQUIRE(told.size() == 2);  // Once for each.
        REQUIRE(told[1].items.size() == 1);
        const auto& item = told[1].items[0];
        CHECK(item.scope == core::account_scope(office.house.acme));
        CHECK(item.author == office.house.ben);
        CHECK(item.changes == 2);
        CHECK(item.since == came);
    }
    CHECK(office.said<InboxFrame>(*eve).empty());
    CHECK(office.said<InboxFrame>(*ann).empty());

    WHEN("another manager comes to look after the account, and the one before does no longer") {
        REQUIRE(assign(*office.house.store, "Acme", "Eve"));
        REQUIRE(unassign(*office.house.store, "Acme", "Ann"));
        REQUIRE(office.hub.commit());
        const auto told = office.said<InboxFrame>(*eve);
        REQUIRE(told.size() == 1);
        CHECK(told[0].items.size() == 1);
        const auto gone = office.said<InboxFrame>(*dora);
        REQUIRE(gone.size() == 1);
        CHECK(gone[0].items.empty());
        CHECK(office.said<InboxFrame>(*root).empty());  // For them nothing has changed.
    }
    WHEN("all of it is filed or dropped") {
        const auto items = *office.house.store->handovers();
        REQUIRE(office.house.store->file_handover(items[0].id, {}));
        REQUIRE(office.house.store->drop_handover(items[1].id));
        REQUIRE(office.hub.commit());
        const auto told = office.said<InboxFrame>(*dora);
        REQUIRE(told.size() == 1);
        CHECK(told[0].items.empty());
    }
    WHEN("a device of theirs comes later") {
        const auto later = office.greeted("Dora");
        const auto told = office.said<InboxFrame>(*later);
        REQUIRE(told.size() == 1);
        CHECK(told[0].items.size() == 1);
    }
}

SCENARIO("a device orders while it is connected, and never later", "[sync][admin]") {
    FakeClock clock;
    FakeRandom random{3};
    core::Store::Config config;
    config.path = ":memory:";
    auto store = std::move(*core::DeviceStore::open(config, clock, random));
    auto identity = store->records().identity();
    identity.user = identity.workspace = identity.device = store->records().new_id();
    identity.incarnation = 7;
    REQUIRE(store->records().set_identity(identity));
    const auto server = store->records().new_id();
    REQUIRE(store->set_enrolment(
        {"ws://server/sync", base64url(core::Bytes(32, 1)), server.text(), base64url(core::Bytes(seed_bytes, 2))}));
    ClientSession session{*store, clock, random};
    const auto welcomed = [&] {
        REQUIRE(session.start());
        session.on_open();
        WelcomeFrame welcome;
        welcome.server = server;
        welcome.expected_n = 1;
        session.on_frame(encode(welcome));
    };
    const auto offline = session.administer({"user", "list"});
    REQUIRE_FALSE(offline);
    CHECK(offline.error().code == core::Errc::offline);
    CHECK_FALSE(session.administered());
    welcomed();
    // What a server could only answer by ending the connection does not go out.
    CHECK(session.administer({}).error().code == core::Errc::invalid);
    CHECK(session.administer({"user", "\xff"}).error().code == core::Errc::invalid);
    CHECK(session.administer({std::string(70'000, 'x')}).error().code == core::Errc::too_large);
    const auto ordered = session.administer({"user", "list"});
    REQUIRE(ordered);
    CHECK(ordered->size() == 1);

    WHEN("the answer comes, after one to another order") {
        session.on_frame(encode(AdministeredFrame{9, "{}", {}, {}, {}, {}}));
        CHECK_FALSE(session.administered());
        session.on_frame(encode(AdministeredFrame{1, {}, "ambiguous", "Two.", "user", "the id"}));
        REQUIRE(session.administered());
        const auto& error = session.administered()->error();
        CHECK(error.code == core::Errc::ambiguous);
        CHECK(error.detail == "Two.");
        CHECK(error.hint == "the id");
    }
    WHEN("the connection ends first") {
        session.on_closed({"cut", true});
        THEN("nobody says that it was not done, and it does not go out again") {
            REQUIRE(session.administered());
            CHECK(session.administered()->error().code == core::Errc::offline);
            CHECK(session.administered()->error().detail.find("may have been done") != std::string::npos);
            session.retry_now();
            for (const auto& action : session.on_open()) {
                if (const auto* sent = std::get_if<SendFrame>(&action))
                    CHECK_FALSE(std::holds_alternative<AdminFrame>(*decode_frame(*sent->bytes)));
            }
        }
    }
    WHEN("it is told what waits to be filed") {
        session.on_frame(encode(InboxFrame{{{"account/x", server, 3, core::Instant{5}}}}));
        CHECK(kept_inbox(store->records()).items.size() == 1);
        session.on_closed({"cut", true});
        CHECK(kept_inbox(store->records()).items.size() == 1);  // Also without a network.
        session.retry_now();
        session.on_open();
        WelcomeFrame welcome;
        welcome.server = server;
        welcome.expected_n = 1;
        session.on_frame(encode(welcome));
        CHECK(kept_inbox(store->records()).items.empty());
    }
}

TEST_CASE("every error has a word of its own, and comes back from it", "[core][errors]") {
    std::set<std::string_view> words;
    for (const auto& [code, word] : core::errc_names) {
        CHECK(core::errc_named(core::name_of(code)) == code);
        CHECK(words.insert(word).second);
    }
    CHECK(core::errc_named("of a newer version") == core::Errc::internal);
}
