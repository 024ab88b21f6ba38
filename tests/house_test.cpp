// The house's own rules, read from the sources: arrows point down, the outside stays outside.
#include <catch2/catch.hpp>

#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

struct Include {
    std::string file;  // From the root: core/store/store.cpp
    int line = 0;
    std::string what;  // Without the brackets or quotes.
};

const std::array<std::string, 4> rooms{"core", "sync", "bot", "platform"};

std::string room_of(const std::string& path) {
    return path.substr(0, path.find('/'));
}

bool is_source(const fs::path& path) {
    const auto ending = path.extension();
    return ending == ".cpp" || ending == ".hpp" || ending == ".h";
}

std::vector<Include> includes_of(const std::string& name, std::istream& text) {
    std::vector<Include> found;
    std::string line;
    for (int number = 1; std::getline(text, line); ++number) {
        const auto start = line.find_first_not_of(" \t");
        if (start == std::string::npos || line.compare(start, 8, "#include") != 0) continue;
        const auto open = line.find_first_of("<\"", start);
        if (open == std::string::npos) continue;
        const auto close = line.find_first_of(">\"", open + 1);
        if (close == std::string::npos) continue;
        found.push_back({name, number, line.substr(open + 1, close - open - 1)});
    }
    return found;
}

std::vector<Include> includes_of_house() {
    std::vector<Include> all;
    const fs::path root{DEBRIEF_SOURCE_DIR};
    for (const auto& room : rooms) {
        for (const auto& entry : fs::recursive_directory_iterator(root / room)) {
            if (!entry.is_regular_file() || !is_source(entry.path())) continue;
            std::ifstream file{entry.path()};
            const auto found = includes_of(fs::relative(entry.path(), root).generic_string(), file);
            all.insert(all.end(), found.begin(), found.end());
        }
    }
    return all;
}

// Which rooms a room may include from, itself among them.
const std::map<std::string, std::set<std::string>> allowed_rooms{
    {"core", {"core"}},
    {"sync", {"sync", "core"}},
    {"bot", {"bot", "core"}},
    {"platform", {"platform", "sync", "bot", "core"}},
};

bool starts_with(const std::string& text, std::string_view start) {
    return text.rfind(start, 0) == 0;
}

std::vector<std::string> broken_arrows(const std::vector<Include>& includes) {
    std::vector<std::string> broken;
    const auto say = [&](const Include& at, const std::string& why) {
        broken.push_back(at.file + ":" + std::to_string(at.line) + " includes <" + at.what + ">: " + why);
    };
    // Headers that bring in threads, the wall clock, entropy, the environment, files or sockets.
    const std::set<std::string> outside{
        "thread",   "mutex",        "condition_variable", "future",  "random", "fstream", "filesystem", "iostream",
        "unistd.h", "sys/socket.h", "sys/stat.h",         "fcntl.h", "poll.h", "netdb.h", "signal.h"};
    for (const auto& at : includes) {
        const auto from = room_of(at.file);
        const auto to = room_of(at.what);
        if (allowed_rooms.count(to) != 0 && at.what.find('/') != std::string::npos &&
            allowed_rooms.at(from).count(to) == 0) {
            say(at, from + " may not know " + to);
        }
        if (at.what.find("../") != std::string::npos) say(at, "include from the root");
        if (from != "platform") {
            if (starts_with(at.what, "boost/")) say(at, "Boost appears in platform/ only");
            if (outside.count(at.what) != 0) say(at, "time, chance and I/O are handed in");
        }
        // A browser's files are SQLite's, too.
        if (at.what == "sqlite3.h" && !starts_with(at.file, "core/store/") && at.file != "platform/web/core/vfs.cpp")
            say(at, "SQLite's header stays in core/store/");
        if (starts_with(at.what, "nlohmann/") && from != "platform" && fs::path(at.file).extension() != ".cpp") {
            say(at, "nlohmann/json stays in codec .cpp files below platform/");
        }
        if (starts_with(at.what, "boost/beast") && !starts_with(at.file, "platform/net/")) {
            say(at, "Beast stays in platform/net/");
        }
    }
    return broken;
}

}  // namespace

TEST_CASE("no arrow points up and the outside stays outside", "[house]") {
    const auto includes = includes_of_house();
    REQUIRE(includes.size() > 100);
    for (const auto& line : broken_arrows(includes)) FAIL_CHECK(line);
}

TEST_CASE("the house test sees what it is there to see", "[house]") {
    const std::vector<std::pair<std::string, std::string>> wrong{
        {"core/a.cpp", "sync/client/client_session.hpp"},
        {"bot/a.cpp", "sync/frames.hpp"},
        {"sync/a.hpp", "boost/asio.hpp"},
        {"sync/a.cpp", "sqlite3.h"},
        {"bot/a.hpp", "nlohmann/json.hpp"},
        {"core/a.cpp", "thread"},
        {"platform/app/a.cpp", "boost/beast/core.hpp"},
        {"core/a.cpp", "../sync/frames.hpp"},
    };
    for (const auto& [file, what] : wrong) {
        INFO(file << " <- " << what);
        CHECK(broken_arrows({{file, 1, what}}).size() == 1);
    }
    CHECK(
        broken_arrows({{"platform/net/a.cpp", 1, "boost/beast/core.hpp"}, {"bot/a.cpp", 1, "core/uuid.hpp"}}).empty());
}

TEST_CASE("every room says what lives in it", "[house]") {
    const fs::path root{DEBRIEF_SOURCE_DIR};
    for (const auto& room : rooms) {
        INFO(room);
        CHECK(fs::exists(root / room / "README.md"));
    }
}

TEST_CASE("no source file grows past a room's patience", "[house]") {
    const fs::path root{DEBRIEF_SOURCE_DIR};
    for (const auto& room : rooms) {
        for (const auto& entry : fs::recursive_directory_iterator(root / room)) {
            if (!entry.is_regular_file() || !is_source(entry.path())) continue;
            std::ifstream file{entry.path()};
            std::size_t lines = 0;
            for (std::string line; std::getline(file, line);) ++lines;
            INFO(entry.path().string() << " has " << lines << " lines");
            CHECK(lines <= 450);
        }
    }
}
