// docs/edge-cases.md, and those of its cases that no other test shows.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "tests/sync/support/world.hpp"

using namespace debrief;
using namespace debrief::sync;
using namespace debrief::sync::test;

namespace {

std::string text_of(const std::string& path) {
    std::ifstream file{std::string{DEBRIEF_SOURCE_DIR} + "/" + path};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// Looks for what the last column of a row names: `path`: "name", "name"; `path`: … Gives how many files.
std::size_t tests_of(const std::string& line) {
    INFO(line);
    std::size_t tests = 0;
    const auto last = line.substr(line.rfind(" | ", line.size() - 3) + 3);
    std::string text;
    for (std::size_t at = 0; at < last.size(); ++at) {
        if (last[at] != '`' && last[at] != '"') continue;
        const auto end = last.find(last[at], at + 1);
        REQUIRE(end != std::string::npos);
        const auto word = last.substr(at + 1, end - at - 1);
        INFO(word);
        if (last[at] == '`') {
            text = text_of(word);
            CHECK_FALSE(text.empty());
            ++tests;
        } else {
            CHECK(text.find("(\"" + word + "\"") != std::string::npos);
        }
        at = end;
    }
    return tests;
}

}  // namespace

TEST_CASE("every row of the reliability tests says what is missing, or names tests that are there", "[sync][docs]") {
    std::set<std::string> rows;
    std::ifstream page{std::string{DEBRIEF_SOURCE_DIR} + "/docs/reliability.md"};
    for (std::string line; std::getline(page, line);) {
        if (line.rfind("| ", 0) != 0 || line.size() < 4 || line[3] < '0' || line[3] > '9') continue;
        for (std::size_t at = 2; at + 1 < line.size() && line[at] >= 'A' && line[at] <= 'G';) {
            const auto end = line.find_first_of(", ", at);
            rows.insert(line.substr(at, end - at));
            at = line[end] == ',' ? end + 2 : line.size();
        }
        tests_of(line);
    }
    const std::map<char, int> wanted{{'A', 8}, {'B', 10}, {'C', 4}, {'D', 9}, {'G', 6}};
    for (const auto& [group, count] : wanted) {
        for (int number = 1; number <= count; ++number) {
            INFO(group << number);
            CHECK(rows.count(group + std::to_string(number)) == 1);
        }
    }
}

TEST_CASE("every edge case has a row, and each test that a row names is there", "[sync][docs]") {
    std::set<int> cases;
    std::size_t tests = 0;
    std::ifstream page{std::string{DEBRIEF_SOURCE_DIR} + "/docs/edge-cases.md"};
    for (std::string line; std::getline(page, line);) {
        if (line.rfind("| ", 0) != 0 || line.size() < 3 || line[2] < '0' || line[2] > '9') continue;
        INFO(line);
        CHECK(cases.insert(std::stoi(line.substr(2))).second);
        tests += tests_of(line);
    }
    for (int number = 1; number <= 52; ++number) {
        INFO(number);
        CHECK(cases.count(number) == 1);
    }
    CHECK(tests >= 50);
}

TEST_CASE("a user's phone and laptop are two devices, with numbers of their own", "[sync]") {
    World world{1};
    world.user("Ann");
    const auto acme = world.account("Acme", "Ann");
    const auto phone = world.device("Ann"), laptop = world.device("Ann");
    const auto by_phone = world.put(phone, "contact", {{"account", acme}, {"name", std::string{"Mia"}}});
    const auto by_laptop = world.put(laptop, "contact", {{"account", acme}, {"name", std::string{"Jo"}}});
    world.settle();
    CHECK(world.store(phone).identity().user == world.store(laptop).identity().user);
    CHECK(world.store(phone).identity().device != world.store(laptop).identity().device);
    for (const auto device : {phone, laptop}) {
        CHECK(*world.device_store(device).last_n() == 1);
        CHECK(world.device_store(device).counts()->parked == 0);
        CHECK(world.store(device).get("contact", by_phone).operator*()->text("name") == "Mia");
        CHECK(world.store(device).get("contact", by_laptop).operator*()->text("name") == "Jo");
    }
}

TEST_CASE("two devices that make the same account apart make two, and both stay", "[sync]") {
    World world{2};
    world.user("Ann");
    const auto phone = world.device("Ann"), laptop = world.device("Ann");
    world.offline(phone);
    const auto one = world.put(phone, "account", {{"name", std::string{"Acme"}}});
    const auto two = world.put(laptop, "account", {{"name", std::string{"Acme"}}});
    world.settle();
    world.online(phone);
    world.settle();
    for (const auto device : {phone, laptop}) {
        CHECK(world.store(device).get("account", one)->has_value());
        CHECK(world.store(device).get("account", two)->has_value());
        CHECK(world.device_store(device).counts()->conflicts == 0);
    }
}
