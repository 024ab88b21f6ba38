// A device's store over a disk that fails at every call.
#include "core/catalogue/scope.hpp"
#include "core/changes/sealed.hpp"
#include "core/device/device_store.hpp"
#include "tests/sim/disk_sweep.hpp"

using namespace debrief;
using namespace debrief::sim;

namespace {

// 200 steps: writes in one and in two scopes, edits, deletes, results, others' changes, a scope lost, words erased.
struct DeviceHouse {
    sync::test::FakeClock clock;
    sync::test::FakeRandom random;
    std::unique_ptr<core::DeviceStore> store;

    DeviceHouse(SimDisk& disk, std::size_t step) : random(step) {
        clock.advance(std::chrono::minutes{step});
        core::Store::Config config;
        config.path = "device.db";
        config.vfs = disk.name();
        auto opened = core::DeviceStore::open(config, clock, random);
        if (opened) store = std::move(*opened);
    }
    [[nodiscard]] bool open() const { return store != nullptr; }
    core::Database& database() { return store->records().database(); }

    void prepare() {
        core::Identity identity;
        identity.workspace = id_of(1), identity.user = id_of(2), identity.device = id_of(3);
        identity.incarnation = 1;
        identity.user_name = "Ann", identity.role = "rep";
        REQUIRE(store->records().set_identity(identity));
        for (const auto number : {100U, 101U}) REQUIRE(store->open_scope(core::account_scope(id_of(number))));
    }

    bool write(const std::vector<core::Edit>& edits) { return store->records().write(edits).has_value(); }

    bool step(std::size_t i) {
        const auto account = id_of(100 + i % 2);
        const auto contact = id_of(200 + i % 40);
        const auto text = "word" + std::to_string(i) + std::string(i % 7 == 0 ? 6000 : 10, 'x');
        switch (i % 10) {
            case 0:
                return write({core::Put{"account", account, {{"name", text}}, {}},
                              core::Put{"task", id_of(1000 + i), {{"account", account}, {"text", text}}, {}}});
            case 5:
                return settle();
            case 7:
                return apply(id_of(i % 100 < 50 ? 101 : 100), i);
            case 8:
                if (i % 40 == 8) return forget(id_of(200 + (i - 2) % 40));
                return write(
                    {core::Put{"contact", id_of(200 + (i - 2) % 40), {{"account", account}, {"role", text}}, {}}});
            case 9:
                if (i % 50 == 49) return lose_or_get(account, i);
                return write({core::Put{"goal", id_of(3000 + i), {{"text", text}}, {}}});
            default:
                return write({core::Put{"contact", contact, {{"account", account}, {"name", text}}, {}}});
        }
    }

    bool settle() {
        const auto last = store->final_n();
        if (!last) return false;
        const auto unsent = store->unsent(*last + 1, 1U << 20U);
        if (!unsent) return false;
        std::vector<core::PushResult> results;
        for (const auto& entry : *unsent) {
            core::PushResult result;
            result.n = entry.n;
            if (entry.n % 7 == 3) {
                result.kind = core::PushResult::Kind::rejected;
                result.code = "not_found";
            } else {
                result.position = entry.n;
                result.effective = core::HybridTime::at(clock.now());
            }
            results.push_back(result);
        }
        const auto done = store->settle(results);
        if (!done) UNSCOPED_INFO(done.error().detail);
        return done.has_value();
    }

    bool apply(const core::Uuid& account, std::size_t i) {
        const auto scope = core::account_scope(account);
        const auto cursors = store->cursors();
        if (!cursors) return false;
        std::uint64_t position = 0;
        for (const auto& cursor : *cursors) {
            if (cursor.scope == scope) position = cursor.position;
        }
        // A step that is done again after it failed must be the same step.
        core::Changeset made;
        made.dot = {id_of(4), 1, i + 1};
        made.scope = scope;
        made.time = core::HybridTime::at(clock.now());
        made.catalogue = 1;
        core::RecordWrite record{"contact", id_of(5000 + i), {}};
        record.fields.push_back({"account", account, {}, {}, {}});
        record.fields.push_back({"name", "other" + std::to_string(i), {}, {}, {}});
        made.records.push_back(record);
        core::LogEntry entry{position + 1, i, made.dot, id_of(5), made.time, core::encode(made)};
        return store->apply_log(scope, {entry}).has_value();
    }

    bool forget(const core::Uuid& contact) {
        const auto known = store->records().get("contact", contact);
        if (!known) return false;
        if (!*known) return true;
        return store->records().erase({core::Erasure{contact, {}, {}}}).has_value();
    }

    bool lose_or_get(const core::Uuid& account, std::size_t step) {
        const auto scope = core::account_scope(account);
        return step % 100 == 49 ? store->close_scope(scope).has_value() : store->open_scope(scope).has_value();
    }
};

}  // namespace

TEST_CASE("a device's store survives a power cut at every call", "[sim][disk]") {
    const auto cut = GENERATE(PowerCut::all, PowerCut::torn);
    CHECK(Sweep<DeviceHouse>{200}.run(DiskFault::dies, cut, every(61), cut == PowerCut::torn ? 30 : 0) > 10);
}

TEST_CASE("a device's store goes on after an error of every call", "[sim][disk]") {
    const auto fault = GENERATE(DiskFault::error_once, DiskFault::error_on, DiskFault::short_write, DiskFault::full);
    CHECK(Sweep<DeviceHouse>{200}.run(fault, PowerCut::all, every(131), static_cast<std::size_t>(fault)) > 10);
}

TEST_CASE("what is saved after a failed sync and a restart survives the next power cut", "[sim][disk]") {
    SimDisk disk;
    sync::test::FakeRandom random{1};
    const auto write = [](DeviceHouse& house, std::uint32_t number) {
        return house.write({core::Put{"goal", id_of(number), {{"text", std::string{"said"}}}, {}}});
    };
    const auto restart = [&](std::optional<DeviceHouse>& house, PowerCut cut, std::size_t step) {
        disk.kill();
        house.reset();
        disk.power_on(cut, random);
        house.emplace(disk, step);
        REQUIRE(house->open());
    };
    std::optional<DeviceHouse> house;
    house.emplace(disk, 0);
    house->prepare();
    // Of the calls of this write the last is the sync: each is tried.
    for (std::uint64_t call = 1, number = 10; call < 12; ++call, number += 10) {
        INFO("call " << call);
        disk.fail_at(call, DiskFault::error_once);
        write(*house, static_cast<std::uint32_t>(number));
        disk.heal();
        restart(house, PowerCut::none, number);
        REQUIRE(write(*house, static_cast<std::uint32_t>(number + 1)));
        restart(house, PowerCut::all, number + 1);
        const auto found = house->store->records().get("goal", id_of(static_cast<std::uint32_t>(number + 1)));
        REQUIRE(found);
        CHECK(found->has_value());
    }
}

TEST_CASE("a lost scope's words leave the disk, at whatever call the program dies meanwhile", "[sim][disk][privacy]") {
    const auto scope = core::account_scope(id_of(100));
    bool through = false;
    for (std::uint64_t call = 1; !through; ++call) {
        INFO("call " << call);
        REQUIRE(call < 500);
        SimDisk disk;
        sync::test::FakeRandom random{call};
        std::optional<DeviceHouse> house;
        house.emplace(disk, 0);
        house->prepare();
        REQUIRE(house->write(
            {core::Put{"contact", id_of(200), {{"account", id_of(100)}, {"name", std::string{"canary-lost"}}}, {}}}));
        REQUIRE(house->settle());
        const auto key = core::seal_key(core::Bytes(core::seal_seed_bytes, 7));
        REQUIRE(house->write({core::Put{"contact", id_of(200), {{"role", std::string{"canary-waits"}}}, {}}}));
        disk.fail_at(call, DiskFault::dies);
        through = house->store->lose_scope(scope, key).has_value() && !disk.dead();
        disk.kill();
        house.reset();
        disk.power_on(PowerCut::none, random);
        house.emplace(disk, 1);
        REQUIRE(house->open());
        const auto cursors = house->store->cursors();
        REQUIRE(cursors);
        const bool open =
            std::any_of(cursors->begin(), cursors->end(), [&](const auto& at) { return at.scope == scope; });
        if (open) REQUIRE(house->store->lose_scope(scope, key));
        CHECK_FALSE(disk.holds("canary-lost"));
        CHECK_FALSE(disk.holds("canary-waits"));
        const auto sealed = house->store->sealed();
        REQUIRE(sealed);
        CHECK(sealed->size() == 1);
    }
}
