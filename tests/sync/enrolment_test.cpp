#include "sync/device_key.hpp"
#include "tests/sync/support/server_house.hpp"

using namespace debrief;
using namespace debrief::sync;
using namespace debrief::sync::test;

namespace {
const core::Bytes seed(seed_bytes, 7);
const core::Bytes key = public_key(seed);
}  // namespace

SCENARIO("an invitation lets one device in, once, for three days", "[sync][enrol]") {
    ServerHouse house;
    const auto secret = *invite(*house.store, "ann");
    CHECK(secret.size() == 32);
    const auto refusal = house.store->enrol(core::Bytes(32, 1), "x", 5, key);
    REQUIRE_FALSE(refusal);
    CHECK(refusal.error().code == core::Errc::denied);

    WHEN("it is used") {
        const auto enrolled = house.store->enrol(secret, "Ann's phone", 5, key);
        REQUIRE(enrolled);
        CHECK(enrolled->user == house.ann);
        CHECK(house.store->sign_in(enrolled->device, enrolled->token));
        THEN("nobody else can use it, and is told the same as for a wrong one") {
            const auto second = house.store->enrol(secret, "Mallory", 6, key);
            REQUIRE_FALSE(second);
            CHECK(second.error().detail == refusal.error().detail);
            CHECK_FALSE(house.store->enrol(secret, "Ann's phone", 5, key));  // It has signed in: no more tries.
        }
        THEN("the list shows it, without its token") {
            const auto devices = house.store->devices();
            REQUIRE(devices->size() == 1);
            CHECK((*devices)[0].name == "Ann's phone");
            CHECK((*devices)[0].seen_at == house.clock.now());
        }
    }
    WHEN("the answer is lost and the same device asks again") {
        const auto first = house.store->enrol(secret, "phone", 5, key);
        const auto second = house.store->enrol(secret, "phone", 5, key);
        REQUIRE(second);
        CHECK(second->device == first->device);
        CHECK_FALSE(house.store->sign_in(first->device, first->token));
        CHECK(house.store->sign_in(second->device, second->token));
    }
    WHEN("the answer is lost and somebody else asks, who has seen the invitation and the incarnation") {
        REQUIRE(house.store->enrol(secret, "phone", 5, key));
        const auto other = house.store->enrol(secret, "phone", 5, public_key(core::Bytes(seed_bytes, 8)));
        REQUIRE_FALSE(other);
        CHECK(other.error().detail == refusal.error().detail);
    }
    WHEN("the user was made inactive") {
        REQUIRE(house.store->write({core::Put{"user", house.ann, {{"active", false}}, {}}}));
        CHECK_FALSE(house.store->enrol(secret, "phone", 5, key));
        THEN("the invitation is not used up") {
            REQUIRE(house.store->write({core::Put{"user", house.ann, {{"active", true}}, {}}}));
            CHECK(house.store->enrol(secret, "phone", 5, key));
        }
    }
    WHEN("three days have passed") {
        house.clock.advance(ServerStore::invitation_life);
        const auto late = house.store->enrol(secret, "phone", 5, key);
        REQUIRE_FALSE(late);
        CHECK(late.error().detail == refusal.error().detail);
    }
}

SCENARIO("a token is good for an hour; a fresh one is had for a proof", "[sync][token]") {
    ServerHouse house;
    const auto enrolled = *house.store->enrol(*invite(*house.store, "Ann"), "phone", 5, key);
    const core::Bytes nonce(nonce_bytes, 3);
    const auto proof = [&](const core::Bytes& with) {
        return sign(with, proof_message(house.store->server_id(), enrolled.device, 5, nonce));
    };
    WHEN("the hour is over") {
        house.clock.advance(ServerStore::token_life - std::chrono::milliseconds{1});
        CHECK(house.store->sign_in(enrolled.device, enrolled.token));
        house.clock.advance(std::chrono::milliseconds{1});
        CHECK_FALSE(house.store->sign_in(enrolled.device, enrolled.token));
        THEN("the device proves itself, and the fresh token is the only one") {
            const auto proven = house.store->prove(enrolled.device, 5, nonce, proof(seed));
            REQUIRE(proven);
            CHECK(proven->user == house.ann);
            CHECK(house.store->sign_in(enrolled.device, proven->fresh_token));
            const auto again = house.store->prove(enrolled.device, 5, nonce, proof(seed));
            CHECK_FALSE(house.store->sign_in(enrolled.device, proven->fresh_token));
            CHECK(house.store->sign_in(enrolled.device, again->fresh_token));
        }
    }
    WHEN("anything about the token is wrong") {
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
        CHECK(revoke_device(*house.store, "phone").error().code == core::Errc::not_found);
        THEN("its token says nothing any more, and only its key tells it why") {
            CHECK(house.store->sign_in(enrolled.device, enrolled.token).error().field.empty());
            CHECK(house.store->prove(enrolled.device, 5, nonce, proof(seed)).error().field == "revoked");
            const auto stranger = house.store->prove(enrolled.device, 5, nonce, proof(core::Bytes(seed_bytes, 8)));
            const auto nobody = house.store->prove(house.id(), 5, nonce, proof(seed));
            CHECK(stranger.error().field.empty());
            CHECK(stranger.error().detail == nobody.error().detail);
        }
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
