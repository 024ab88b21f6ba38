// A server store in memory with a few people, and changesets made by hand.
#pragma once

#include <catch2/catch.hpp>

#include <memory>
#include <string>
#include <vector>

#include "core/catalogue/scope.hpp"
#include "sync/server/admin.hpp"
#include "sync/server/server_store.hpp"
#include "tests/sync/support/fakes.hpp"

namespace debrief::sync::test {

struct ServerHouse {
    FakeClock clock;
    FakeRandom random{99};
    std::unique_ptr<ServerStore> store;
    core::Uuid ann, ben, dora, root, acme, device;

    ServerHouse() {
        core::Store::Config config;
        config.path = ":memory:";
        auto opened = ServerStore::open(config, clock, random, "Sales");
        REQUIRE(opened);
        store = std::move(*opened);
        dora = *add_user(*store, {"Dora", "manager", {}, {}, {}});
        REQUIRE(add_team(*store, {"North", "Dora", {}, {}}));
        ann = *add_user(*store, {"Ann", "rep", "North", {}, {}});
        ben = *add_user(*store, {"Ben", "rep", {}, {}, {}});
        root = *add_user(*store, {"Root", "admin", {}, {}, {}});
        acme = store->records().new_id();
        REQUIRE(store->write({core::Put{"account", acme, {{"name", std::string{"Acme"}}}, {}}}));
        REQUIRE(assign(*store, "Acme", "Ann"));
        device = store->records().new_id();
        REQUIRE(store->commit());
    }

    core::Uuid id() { return store->records().new_id(); }

    core::Changeset change(std::uint64_t n, const std::string& scope, const std::string& table,
                           const core::Uuid& record, std::vector<std::pair<std::string, core::Value>> fields) {
        core::Changeset made;
        made.dot = {device, 1, n};
        made.scope = scope;
        made.time = core::HybridTime::at(clock.now());
        made.catalogue = 1;
        core::RecordWrite write{table, record, {}};
        std::sort(fields.begin(), fields.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        for (auto& [field, value] : fields) write.fields.push_back({field, std::move(value), {}, {}, {}});
        made.records.push_back(std::move(write));
        return made;
    }
    core::Changeset contact(std::uint64_t n, const core::Uuid& record, const std::string& name) {
        return change(n, core::account_scope(acme), "contact", record, {{"account", acme}, {"name", name}});
    }

    Committed push(const core::Uuid& user, const std::vector<core::Changeset>& changes) {
        std::vector<core::Bytes> payloads;
        for (const auto& changeset : changes) payloads.push_back(core::encode(changeset));
        return push_bytes(user, changes.front().dot.n, std::move(payloads));
    }
    Committed push_bytes(const core::Uuid& user, std::uint64_t first, std::vector<core::Bytes> payloads) {
        store->submit({1, device, user, 1, first, std::move(payloads)});
        auto committed = store->commit();
        REQUIRE(committed);
        return *committed;
    }
    /// The code of the only result: `ok`, `handed_over`, or why it was refused.
    std::string verdict(const core::Uuid& user, const core::Changeset& changeset) {
        const auto committed = push(user, {changeset});
        REQUIRE(committed.answers.size() == 1);
        REQUIRE(committed.answers[0].results.size() == 1);
        const auto& result = committed.answers[0].results[0];
        if (result.kind == core::PushResult::Kind::ok) return "ok";
        return result.kind == core::PushResult::Kind::handed_over ? "handed_over" : result.code;
    }
};

}  // namespace debrief::sync::test
