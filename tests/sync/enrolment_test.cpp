#include "tests/sync/support/server_house.hpp"

using namespace debrief;
using namespace debrief::sync;
using namespace debrief::sync::test;

SCENARIO("an invitation lets one device in, once, for three days", "[sync][enrol]") {
    ServerHouse house;
    const auto secret = *invite(*house.store, "ann");
    CHECK(secret.size() == 32);
    const auto refusal = house.store->enrol(core::Bytes(32, 1), "x", 5);
    REQUIRE_FALSE(refusal);
    CHECK(refusal.error().code == core::Errc::denied);

    WHEN("it is used") {
        const auto enrolled = house.store->enrol(secret, "Ann's phone", 5);
        REQUIRE(enrolled);
        CHECK(enrolled->user == house.ann);
        CHECK(house.store->sign_in(enrolled->device, enrolled->token));
        THEN("nobody else can use it, and is told the same as for a wrong one") {
            const auto second = house.store->enrol(secret, "Mallory", 6);
            REQUIRE_FALSE(second);
            CHECK(second.error().detail == refusal.error().detail);
            CHECK_FALSE(house.store->enrol(secret, "Ann's phone", 5));  // It has signed in: no more tries.
        }
        THEN("the list shows it, without its token") {
            const auto devices = house.store->devices();
            REQUIRE(devices->size() == 1);
            CHECK((*devices)[0].name == "Ann's phone");
            CHECK((*devices)[0].seen_at == house.clock.now());
        }
    }
    WHEN("the answer is lost and the same device asks again") {
        const auto first = house.store->enrol(secret, "phone", 5);
        const auto second = house.store->enrol(secret, "phone", 5);
        REQUIRE(second);
        CHECK(second->device == first->device);
        CHECK_FALSE(house.store->sign_in(first->device, first->token));
        CHECK(house.store->sign_in(second->device, second->token));
    }
    WHEN("three days have passed") {
        house.clock.advance(ServerStore::invitation_life);
        const auto late = house.store->enrol(secret, "phone", 5);
        REQUIRE_FALSE(late);
        CHECK(late.error().detail == refusal.error().detail);
    }
}

SCENARIO("tokens end, are renewed in time, and can be cut", "[sync][token]") {
    ServerHouse house;
    const auto enrolled = *house.store->enrol(*invite(*house.store, "Ann"), "phone", 5);
    WHEN("half of its life is over") {
        house.clock.advance(std::chrono::hours{24 * 16});
        const auto renewed = house.store->sign_in(enrolled.device, enrolled.token);
        REQUIRE(renewed);
        REQUIRE(renewed->fresh_token.size() == 32);
        THEN("both count until the fresh one is used") {
            CHECK(house.store->sign_in(enrolled.device, enrolled.token));
            const auto newest = house.store->sign_in(enrolled.device, enrolled.token)->fresh_token;
            CHECK_FALSE(house.store->sign_in(enrolled.device, renewed->fresh_token));  // Replaced by the newest.
            CHECK(house.store->sign_in(enrolled.device, newest));
            CHECK_FALSE(house.store->sign_in(enrolled.device, enrolled.token));
        }
    }
    WHEN("it was never renewed") {
        house.clock.advance(ServerStore::token_life);
        CHECK_FALSE(house.store->sign_in(enrolled.device, enrolled.token));
    }
    WHEN("anything about it is wrong") {
        auto wrong = enrolled.token;
        wrong[31] ^= 1U;
        CHECK_FALSE(house.store->sign_in(enrolled.device, wrong));
        CHECK_FALSE(house.store->sign_in(enrolled.device, core::Bytes{}));
        CHECK_FALSE(house.store->sign_in(enrolled.device, core::Bytes(1 << 20, 7)));
        CHECK_FALSE(house.store->sign_in(house.id(), enrolled.token));
    }
    WHEN("an administrator cuts it") {
        REQUIRE(revoke_device(*house.store, "phone"));
        CHECK(house.store->commit()->revoked == std::set<core::Uuid>{enrolled.device});
        CHECK_FALSE(house.store->sign_in(enrolled.device, enrolled.token));
        CHECK(revoke_device(*house.store, "phone").error().code == core::Errc::not_found);
    }
}

SCENARIO("administration takes names, and says which when several fit", "[sync][admin]") {
    ServerHouse house;
    CHECK(*add_user(*house.store, {"ANN", "manager", {}, "de", {}}) ==
          house.ann);  // Again on an existing name: updates it.
    CHECK(house.store->directory().users.at(house.ann).role == "manager");
    CHECK(house.store->directory().users.at(house.ann).name == "Ann");
    CHECK(add_user(*house.store, {"  ", "rep", {}, {}, {}}).error().code == core::Errc::invalid);
    CHECK(add_user(*house.store, {"Zed", "boss", {}, {}, {}}).error().field == "role");
    CHECK(add_user(*house.store, {"Zed", "rep", "Nowhere", {}, {}}).error().code == core::Errc::not_found);

    REQUIRE(house.store->write({core::Put{"account", house.id(), {{"name", std::string{"acme"}}}, {}}}));
    const auto several = assign(*house.store, "Acme", "Ben");
    CHECK(several.error().code == core::Errc::ambiguous);
    CHECK(several.error().detail.find(house.acme.text()) != std::string::npos);
    CHECK(assign(*house.store, house.acme.text(), "Ben"));
    const auto log = house.store->head(core::account_scope(house.acme))->position;
    CHECK(assign(*house.store, house.acme.text(), "Ben"));
    CHECK(house.store->head(core::account_scope(house.acme))->position == log);
    CHECK(unassign(*house.store, house.acme.text(), "Ben"));
    CHECK(unassign(*house.store, house.acme.text(), "Ben").error().code == core::Errc::not_found);

    REQUIRE(add_team(*house.store, {"Europe", {}, {}, {}}));
    CHECK(add_team(*house.store, {"North", {}, "Europe", {}}));
    CHECK(add_team(*house.store, {"Europe", {}, "North", {}}).error().field == "parent");
    CHECK(add_team(*house.store, {"Ann", {}, {}, {}}));
    CHECK(assign(*house.store, house.acme.text(), "Ann").error().code == core::Errc::ambiguous);
}
