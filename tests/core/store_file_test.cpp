// The file behind a store: damage, newer versions, two owners, a disk that stops.
#include <sqlite3.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/store/database.hpp"
#include "core/store/schema.hpp"
#include "tests/core/support/failing_vfs.hpp"
#include "tests/core/support/fakes.hpp"

using namespace debrief::core;
using namespace debrief::core::test;

namespace {

std::string bytes_of(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}
void write_file(const std::string& path, const std::string& bytes) {
    std::ofstream{path, std::ios::binary} << bytes;
}

Error open_error(const std::string& path) {
    FakeClock clock;
    FakeRandom random;
    const auto store = Store::open({.path = path}, clock, random);
    REQUIRE_FALSE(store);
    CHECK_FALSE(store.error().hint.empty());
    return store.error();
}

Put account(std::uint64_t number, const std::string& name) {
    return {"account", id_of(number), {{"name", name}, {"note", "About " + name}}, std::nullopt};
}

}  // namespace

TEST_CASE("a store is for its owner's eyes", "[core][store][file]") {
    const Folder folder;
    Device device{1, folder.file()};
    must(device->write({account(1, "Acme")}));
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        const auto mode = std::filesystem::status(entry.path()).permissions();
        CHECK((mode & (std::filesystem::perms::group_all | std::filesystem::perms::others_all)) ==
              std::filesystem::perms::none);
    }
}

TEST_CASE("a store of a newer version is refused, and not a byte of it changes", "[core][store][file]") {
    const Folder folder;
    {
        Device device{1, folder.file()};
        must(device->write({account(1, "Acme")}));
    }
    {
        auto db = must(Database::open(folder.file(), {}, {}));
        must(db->run("PRAGMA user_version = " + std::to_string(store_version(catalogue()) + 1)));
    }
    const auto before = bytes_of(folder.file());
    const auto error = open_error(folder.file());
    CHECK(error.code == Errc::too_new);
    CHECK(bytes_of(folder.file()) == before);
}

TEST_CASE("what is no store is refused and left alone", "[core][store][file]") {
    const Folder folder;
    const auto path = folder.file();
    SECTION("text") {
        write_file(path, std::string(5000, 'x'));
    }
    SECTION("somebody else's database") {
        auto db = must(Database::open(path, {}, {}));
        must(db->run("CREATE TABLE recipe(name)"));
    }
    SECTION("another application's mark") {
        auto db = must(Database::open(path, {}, {}));
        must(db->run("PRAGMA application_id = 7; CREATE TABLE record(name)"));
    }
    const auto before = bytes_of(path);
    CHECK(open_error(path).code == Errc::corrupt);
    CHECK(bytes_of(path) == before);
}

TEST_CASE("a folder that is not there is named", "[core][store][file]") {
    const auto error = open_error("/nonexistent/folder/store.db");
    CHECK(error.code == Errc::io);
    CHECK_THAT(error.detail, Catch::Contains("/nonexistent/folder/store.db"));
}

TEST_CASE("a store cut short or overwritten says so and does not crash", "[core][store][file]") {
    const Folder folder;
    {
        Device device{1, folder.file()};
        for (std::uint64_t i = 0; i < 50; ++i) must(device->write({account(i, "Acme " + std::to_string(i))}));
    }
    const auto whole = bytes_of(folder.file());
    FakeRandom random{5};
    const auto says_so = [](const auto& result) {
        if (result) return true;
        return result.error().code != Errc::internal && !result.error().detail.empty();
    };
    int refused = 0;
    for (int round = 0; round < 60; ++round) {
        auto broken = whole;
        if (round % 2 == 0) {
            broken.resize(random.below(broken.size()));
        } else {
            // Few bytes more often than not pass the look that is taken when it is opened.
            for (int i = 0; i < (round % 4 == 1 ? 200 : 4); ++i)
                broken[100 + random.below(broken.size() - 100)] = static_cast<char>(random.below(256));
        }
        const auto path = folder.file("broken" + std::to_string(round));
        write_file(path, broken);
        FakeClock clock;
        const auto store = DeviceStore::open({.path = path}, clock, random);
        CHECK(says_so(store));
        if (!store) {
            ++refused;
            continue;
        }
        auto& records = (*store)->records();
        CHECK(says_so(records.list({.table = "account"})));
        CHECK(says_so(records.search("acme")));
        CHECK(says_so(records.write({account(3, "New")})));
        CHECK(says_so(records.conflicts()));
    }
    CHECK(refused > 0);
    CHECK(refused < 60);
}

TEST_CASE("two processes on one file see each other's writes and never the same n", "[core][store][file]") {
    const Folder folder;
    Device first{1, folder.file()}, second{1, folder.file()};
    const auto version = must(first->data_version());
    must(first->write({account(1, "Acme")}));
    CHECK(must(second->get("account", id_of(1))));
    const auto heard = must(second->data_version());
    must(second->write({account(1, "Acme Ltd"), account(2, "Other")}));
    CHECK(must(first->data_version()) > version);
    CHECK(must(second->data_version()) > heard);
    must(first->write({account(2, "Third")}));
    CHECK(must(first.store->last_n()) == 4);
    CHECK(must(second->history("account", id_of(2), "name")).versions.size() == 2);
    CHECK(must(first->search("third")).size() == 2);
    CHECK(must(second->search("acme ltd")).size() == 2);
    auto renamed = first->identity();
    renamed.user_name = "Robin";
    must(first->set_identity(renamed));
    must(second->write({account(3, "Fourth")}));
    CHECK(second->identity().user_name == "Robin");
}

TEST_CASE("a file that another process holds is busy, not broken", "[core][store][file]") {
    const Folder folder;
    Device device{1, folder.file(), {.busy_wait = std::chrono::milliseconds{20}}};
    auto other = must(Database::open(folder.file(), {}, {}));
    must(other->run("BEGIN IMMEDIATE"));
    CHECK(device->write({account(1, "Acme")}).error().code == Errc::busy);
    must(other->run("ROLLBACK"));
    must(device->write({account(1, "Acme")}));
}

TEST_CASE("a full disk is said, and what was there stays", "[core][store][file]") {
    Device device{1};
    must(device->write({account(1, "Acme")}));
    must(device->database().run("PRAGMA max_page_count = 1"));
    bool full = false;
    std::uint64_t i = 2;
    for (; i < 400 && !full; ++i) {
        const auto written = device->write({account(i, std::string(3000, 'a'))});
        full = !written;
        if (!written) {
            CHECK(written.error().code == Errc::full);
            CHECK_FALSE(must(device->get("account", id_of(i))));
        }
    }
    REQUIRE(full);
    CHECK(must(device->list({.table = "account"})).records.size() == i - 2);
    CHECK(must(device.store->last_n()) == i - 2);
    must(device->database().run("PRAGMA max_page_count = 100000"));
    must(device->write({account(i, "Room again")}));
    CHECK(must(device->search("room again")).size() == 2);
}

TEST_CASE("a disk that stops at any write loses nothing that was said to be saved", "[core][store][file][crash]") {
    const bool full = GENERATE(false, true);
    std::int64_t stop = 1;
    for (bool finished = false; !finished; stop += full ? 7 : 3) {
        const Folder folder;
        std::size_t saved = 0;
        FailingDisk::say_full(full);
        FailingDisk::stop_after(FailingDisk::never);
        {
            Device device{1, folder.file(), {.vfs = FailingDisk::name}};
            FailingDisk::stop_after(stop);
            for (std::uint64_t i = 0; i < 6; ++i) {
                // The second write of a pair changes a record and deletes another, in two scopes.
                const auto written = device->write(
                    {account(i, "Acme " + std::to_string(i)), account(100, "Shared " + std::to_string(i))});
                if (!written) break;
                ++saved;
            }
            finished = saved == 6;
            FailingDisk::stop_after(finished ? FailingDisk::never : 0);
        }
        FailingDisk::stop_after(FailingDisk::never);
        INFO("stopped after " << stop << " operations, " << saved << " saves");
        Device device{1, folder.file()};
        const auto accounts = must(device->list({.table = "account"})).records;
        // A save that failed at its very end may be there, whole.
        REQUIRE(accounts.size() >= (saved == 0 ? 0 : saved + 1));
        REQUIRE(accounts.size() <= saved + 2);
        const auto there = accounts.empty() ? 0 : accounts.size() - 1;
        for (std::uint64_t i = 0; i < there; ++i)
            CHECK(must(device->get("account", id_of(i)))->text("name") == "Acme " + std::to_string(i));
        if (there > 0)
            CHECK(must(device->get("account", id_of(100)))->text("name") == "Shared " + std::to_string(there - 1));
        CHECK(must(device.store->last_n()) == 2 * there);
        CHECK(must(device->search("acme")).size() == 2 * there);
        CHECK(must(device->database().integer(
                  "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'")) == 0);
    }
}

TEST_CASE("a transaction inside another fails alone", "[core][store][file]") {
    Device device{1};
    must(device->transact([&]() -> Status {
        must(device->write({account(1, "Kept")}));
        const auto inner = device->transact([&]() -> Status {
            must(device->write({account(2, "Undone")}));
            return Error{Errc::invalid, "no", {}, {}};
        });
        CHECK_FALSE(inner);
        must(device->write({account(3, "Kept too")}));
        return Ok{};
    }));
    CHECK(must(device->list({.table = "account"})).records.size() == 2);
    CHECK(must(device.store->last_n()) == 2);
    CHECK(must(device->search("undone")).empty());
    CHECK(must(device->search("kept")).size() == 4);
    const auto outer = device->transact([&]() -> Status {
        must(device->write({account(4, "Gone")}));
        return Error{Errc::invalid, "no", {}, {}};
    });
    CHECK_FALSE(outer);
    CHECK_FALSE(must(device->get("account", id_of(4))));
}
