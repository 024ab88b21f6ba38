// Every page under tests/conversations is played and compared byte for byte.
// DEBRIEF_RECORD=1 writes the pages anew; read the difference before you keep it.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>

#include "tests/bot/support/transcript.hpp"

namespace {

std::string contents(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

}  // namespace

TEST_CASE("each recorded conversation goes as written", "[bot][dialogue]") {
    const std::filesystem::path folder = std::filesystem::path(DEBRIEF_SOURCE_DIR) / "tests" / "conversations";
    std::vector<std::filesystem::path> pages;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().extension() == ".md" && entry.path().filename() != "README.md") pages.push_back(entry.path());
    }
    std::sort(pages.begin(), pages.end());
    REQUIRE_FALSE(pages.empty());
    for (const auto& page : pages) {
        INFO(page.filename().string());
        const std::string written = contents(page);
        const std::string played = debrief::bot::test::play(written);
        if (std::getenv("DEBRIEF_RECORD") != nullptr) {
            std::ofstream(page, std::ios::binary) << played;
        } else {
            CHECK(played == written);
        }
    }
}
