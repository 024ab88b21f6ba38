// A server's store over a disk that fails at every call.
#include "core/catalogue/scope.hpp"
#include "sync/server/admin.hpp"
#include "sync/server/server_store.hpp"
#include "tests/sim/disk_sweep.hpp"

using namespace debrief;
using namespace debrief::sim;

namespace {

// 200 steps: pushes of several changesets, one of them refused; writes of the server's own; access given and taken.
struct ServerHouse {
    sync::test::FakeClock clock;
    sync::test::FakeRandom random;
    std::unique_ptr<sync::ServerStore> store;

    ServerHouse(SimDisk& disk, std::size_t step) : random(step) {
        clock.advance(std::chrono::minutes{step});
        core::Store::Config config;
        config.path = "server.db";
        config.vfs = disk.name();
        config.search = false;
        auto opened = sync::ServerStore::open(config, clock, random, "Sales");
        if (opened) store = std::move(*opened);
    }
    [[nodiscard]] bool open() const { return store != nullptr; }
    core::Database& database() { return store->records().database(); }

    void prepare() {
        REQUIRE(sync::add_user(*store, {"Ann", "rep", {}, {}, {}}));
        REQUIRE(sync::add_user(*store, {"Ben", "rep", {}, {}, {}}));
        REQUIRE(store->write({core::Put{"account", id_of(100), {{"name", std::string{"Acme"}}}, {}}}));
        REQUIRE(sync::assign(*store, "Acme", "Ann"));
        REQUIRE(store->commit());
    }

    bool step(std::size_t i) {
        switch (i % 10) {
            case 3:
                return store->write({core::Put{"account", id_of(600 + i), {{"name", "Firm " + std::to_string(i)}}, {}}})
                    .has_value();
            case 6:
                return i % 20 == 6 ? sync::assign(*store, "Acme", "Ben").has_value()
                                   : sync::unassign(*store, "Acme", "Ben").has_value();
            case 8: {
                if (i % 40 != 8) return push(i);
                const auto known = store->records().locate(id_of(200 + (i - 1) % 40));
                if (!known) return false;
                return !*known || store->erase(id_of(200 + (i - 1) % 40)).has_value();
            }
            default:
                return push(i);
        }
    }

    bool push(std::size_t i) {
        const auto user = sync::find_user(store->directory(), "Ann");
        if (!user) return false;
        const auto expected = store->expected_n(id_of(3), 1);
        if (!expected) return false;
        std::vector<core::Bytes> payloads;
        for (std::uint64_t n = *expected; n < *expected + 3; ++n) payloads.push_back(core::encode(change(n, i, *user)));
        store->submit({1, id_of(3), *user, 1, *expected, std::move(payloads)});
        const auto done = store->commit();
        if (!done) return false;
        CHECK(done->answers.at(0).results.size() == 3);
        return true;
    }

    core::Changeset change(std::uint64_t n, std::size_t i, const core::Uuid&) {
        core::Changeset made;
        made.dot = {id_of(3), 1, n};
        made.scope = core::account_scope(n % 11 == 5 ? id_of(999) : id_of(100));  // Refused: not there.
        made.time = core::HybridTime::at(clock.now());
        made.catalogue = 1;
        core::RecordWrite record{"contact", id_of(200 + (i + n) % 40), {}};
        record.fields.push_back({"account", n % 11 == 5 ? id_of(999) : id_of(100), {}, {}, {}});
        record.fields.push_back({"name", "word" + std::to_string(n), {}, {}, {}});
        made.records.push_back(std::move(record));
        return made;
    }
};

}  // namespace

TEST_CASE("a server's store survives a power cut at every call", "[sim][disk]") {
    const auto cut = GENERATE(PowerCut::all, PowerCut::torn);
    CHECK(Sweep<ServerHouse>{200}.run(DiskFault::dies, cut, every(61), cut == PowerCut::torn ? 30 : 0) > 10);
}

TEST_CASE("a server's store goes on after an error of every call", "[sim][disk]") {
    const auto fault = GENERATE(DiskFault::error_once, DiskFault::error_on, DiskFault::short_write, DiskFault::full);
    CHECK(Sweep<ServerHouse>{200}.run(fault, PowerCut::all, every(131), static_cast<std::size_t>(fault)) > 10);
}
