#include "app_fixture.hpp"

#include <fstream>

using namespace debrief;
using namespace debrief::platform;
using namespace debrief::platform::test;
namespace fs = std::filesystem;

SCENARIO("a store belongs to somebody before it holds anything", "[app][store]") {
    const TempFolder folder;
    Device device{folder};
    GIVEN("a fresh store") {
        const auto info = device.call("system.info");
        CHECK(info["user"].is_null());
        CHECK(info["workspace"].is_null());
        CHECK(info["device"].is_null());
        CHECK(info["today"] == "2025-03-18");
        THEN("nothing can be written into it, and the hint says how to begin") {
            const auto error =
                device.refuse("record.put", {{"table", "account"}, {"fields", {{"name", "Brightfield"}}}});
            CHECK(error.code == core::Errc::denied);
            CHECK(error.hint.find("store.init") != std::string::npos);
        }
        WHEN("it is made a workspace of one") {
            const auto made = device.call(
                "store.init", {{"workspace", "Acme"}, {"user", "Dana"}, {"role", "manager"}, {"team", "North"}});
            THEN("it says whose it is, and keeps that over a restart") {
                CHECK(device.call("system.info")["user"] == made["user"]);
                device.close();
                Device again{folder};
                const auto info_again = again.call("system.info");
                CHECK(info_again["user"] == made["user"]);
                CHECK(info_again["workspace_name"] == "Acme");
                CHECK(info_again["role"] == "manager");
                CHECK(again.call("record.list", {{"table", "team"}})["records"][0]["name"] == "North");
            }
            THEN("it is not made another time") {
                CHECK(device.refuse("store.init", {{"workspace", "B"}, {"user", "C"}}).code == core::Errc::invalid);
            }
        }
    }
}

SCENARIO("nobody else on the machine can read a store", "[app][store]") {
    const TempFolder folder;
    {
        Device device{folder};
        device.init();
    }
    CHECK((fs::status(folder.store()).permissions() & fs::perms{077}) == fs::perms::none);
    CHECK((fs::status(folder.store() + "/debrief.db").permissions() & fs::perms{077}) == fs::perms::none);
    for (const auto* open : {"", "/debrief.db"}) {
        const auto path = folder.store() + open;
        fs::permissions(path, fs::perms{0755});
        const auto opened = App::open(quiet_config(folder));
        REQUIRE_FALSE(opened.has_value());
        CHECK(opened.error().code == core::Errc::denied);
        CHECK(opened.error().hint.find("chmod ") != std::string::npos);
        fs::permissions(path, fs::perms{0700});
    }
}

TEST_CASE("an empty folder that others could read is closed, not refused", "[app][store]") {
    const TempFolder folder;
    fs::create_directory(folder.store());
    fs::permissions(folder.store(), fs::perms{0755});
    Device device{folder};
    CHECK((fs::status(folder.store()).permissions() & fs::perms{077}) == fs::perms::none);
}

TEST_CASE("a file that is no store is refused and left as it is", "[app][store]") {
    const TempFolder folder;
    fs::create_directory(folder.store());
    fs::permissions(folder.store(), fs::perms{0700});
    const std::string garbage(8192, 'x');
    std::ofstream{folder.store() + "/debrief.db"} << garbage;
    fs::permissions(folder.store() + "/debrief.db", fs::perms{0600});
    const auto opened = App::open(quiet_config(folder));
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().code == core::Errc::corrupt);
    CHECK_FALSE(opened.error().hint.empty());
    std::ifstream in{folder.store() + "/debrief.db"};
    CHECK(std::string{std::istreambuf_iterator<char>{in}, {}} == garbage);
}

SCENARIO("a store that was cut to nothing is not taken for a new one", "[app][store]") {
    const TempFolder folder;
    const auto file = folder.store() + "/debrief.db";
    GIVEN("a store that was in use") {
        {
            Device device{folder};
            device.init();
        }
        fs::resize_file(file, 0);
        THEN("it is refused, with what to do, and nothing is written over it") {
            const auto opened = App::open(quiet_config(folder));
            REQUIRE_FALSE(opened.has_value());
            CHECK(opened.error().code == core::Errc::corrupt);
            CHECK_FALSE(opened.error().hint.empty());
            CHECK(fs::file_size(file) == 0);
        }
    }
    GIVEN("a first run that was killed before it wrote anything") {
        fs::create_directory(folder.store());
        fs::permissions(folder.store(), fs::perms{0700});
        std::ofstream{file};
        fs::permissions(file, fs::perms{0600});
        THEN("the next one goes on as if it were the first") {
            Device device{folder};
            device.init();
            CHECK(fs::file_size(file) > 0);
        }
        THEN("but not over a log that holds something") {
            std::ofstream{file + "-wal"} << "something";
            const auto opened = App::open(quiet_config(folder));
            REQUIRE_FALSE(opened.has_value());
            CHECK(opened.error().code == core::Errc::corrupt);
        }
    }
}

SCENARIO("a seed repeats everything except between devices and runs", "[app][seed]") {
    const auto run = [](const TempFolder& folder) {
        Device device{folder};
        device.init();
        return device.put("account", {{"name", "Brightfield"}});
    };
    const TempFolder first;
    const TempFolder second;
    const auto a = run(first);
    CHECK(a == run(second));
    Device again{first};
    CHECK(again.put("account", {{"name", "Harbour"}}) != a);
    CHECK(again.call("record.list", {{"table", "account"}})["records"].size() == 2);
}
