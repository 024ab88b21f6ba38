// A workspace whose logs are longer than what they led to, so that a new device gets state.
#pragma once

#include <catch2/catch.hpp>

#include "core/catalogue/scope.hpp"
#include "core/store/scope_digest.hpp"
#include "sync/server/access.hpp"
#include "tests/sync/support/world.hpp"

namespace debrief::sync::test {

struct StateWorld {
    explicit StateWorld(std::uint64_t seed, int contacts = 40, std::uint64_t state_after = 8)
        : world(seed, {.encoding = Encoding::cbor, .state_after = state_after}) {
        ann_id = world.user("Ann");
        world.user("Ben");
        acme = world.account("Acme", "Ann");
        world.assign("Acme", "Ben");
        ben = world.device("Ben");
        for (int i = 0; i < contacts; ++i) {
            ids.push_back(world.put(
                ben, "contact",
                {{"account", acme}, {"name", "Contact " + std::to_string(i)}, {"note", noise() + std::to_string(i)}}));
        }
        world.put(ben, "contact", {{"role", std::string{"CFO"}}}, ids.front());
        world.put(ben, "contact", {{"role", std::string{"CEO"}}}, ids.front());
        world.settle();
    }

    /// Words that deflate can do little about, so that many messages are needed for many contacts.
    std::string noise() {
        std::string text;
        for (int i = 0; i < 900; ++i) text += static_cast<char>('0' + noise_.below(64));
        return text;
    }

    /// Ann's device has joined, and nothing more has happened.
    std::size_t join() {
        ann = world.device_without_settling("Ann");
        return ann;
    }

    /// The same content and equal digests wherever a scope may be read.
    void check_equal() {
        REQUIRE(content(world.store(ann)) == content_for(world.server(), ann_id));
        for (const auto& scope : scopes_of(world.server().directory(), ann_id)) {
            INFO(scope);
            CHECK(must(core::digest_of(world.store(ann), scope)) ==
                  must(core::digest_of(world.server().records(), scope)));
        }
        const auto by_log = core::account_scope(acme);
        CHECK(must(core::digest_of(world.store(ben), by_log)) ==
              must(core::digest_of(world.server().records(), by_log)));
        CHECK(must(world.device_store(ann).staged()).empty());
        CHECK(world.session(ann).status().problem.empty());
    }

    template <typename T>
    static T must(core::Result<T> result) {
        if (!result) FAIL(result.error().detail);
        return std::move(*result);
    }

    FakeRandom noise_{77};
    World world;
    core::Uuid ann_id, acme;
    std::size_t ben = 0, ann = 0;
    std::vector<core::Uuid> ids;
};

}  // namespace debrief::sync::test
