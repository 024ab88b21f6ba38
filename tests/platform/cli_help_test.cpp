// Help, manual and completions say the same as the parser, because they are made from one table.
#include <catch2/catch.hpp>

#include "platform/cli/help.hpp"
#include "platform/cli/layout.hpp"
#include "tests/platform/cli_fake_door.hpp"

using namespace debrief;
using namespace debrief::platform::cli;
using test::run_cli;

TEST_CASE("every command explains itself, on any screen, and exists in every printing", "[cli][help]") {
    test::FakeWorld world;
    for (const auto& command : commands()) {
        if (command.group.empty()) continue;
        const std::string name{command.name};
        INFO(name);
        const auto help = run_cli(world, {"help", name}, {.width = 80});
        CHECK(help.code == ExitCode::done);
        CHECK(help.out.find("usage: debrief " + name) != std::string::npos);
        for (const std::size_t width : {40U, 80U}) {
            for (const auto& line : wrap(run_cli(world, {"help", name}, {.width = width}).out, 0)) {
                // Lines to be copied are never broken.
                if (line.rfind("usage", 0) == 0 ||
                    (line.rfind("  ", 0) == 0 && line.find("debrief ") != std::string::npos))
                    continue;
                CHECK(display_width(line) <= width);
            }
        }
        const auto page = manual_page(&command);
        CHECK(page.rfind(".TH DEBRIEF", 0) == 0);
        CHECK(page.find(".SH EXIT STATUS") != std::string::npos);
        for (const auto& param : command.params) {
            if (!param.is_option()) continue;
            CHECK(help.out.find(param.name) != std::string::npos);
        }
        if (name.find(' ') != std::string::npos) continue;
        for (const char* shell : {"bash", "zsh", "fish"})
            CHECK(completion_script(shell).find(name) != std::string::npos);
    }
    CHECK(world.calls.empty());
}

TEST_CASE("the pages of help", "[cli][help]") {
    test::FakeWorld world;
    for (const auto& topic : topics()) CHECK(run_cli(world, {"help", std::string{topic.name}}).code == ExitCode::done);
    const auto codes = run_cli(world, {"help", "exit-codes"}).out;
    for (const char* code :
         {"0  done", "1  failed", "2  usage", "3  cancelled", "4  not_allowed", "5  network", "6  store"})
        CHECK(codes.find(code) != std::string::npos);
    const auto typo = run_cli(world, {"help", "exit-cods"});
    CHECK(typo.code == ExitCode::usage);
    CHECK(typo.err.find("debrief help exit-codes") != std::string::npos);
    CHECK(run_cli(world, {"--help"}).out == run_cli(world, {"help"}).out);
    CHECK(run_cli(world, {"chat", "--help"}).out == run_cli(world, {"help", "chat"}).out);
}

TEST_CASE("TAB offers the accounts that begin with what is typed", "[cli][completion]") {
    test::FakeWorld world;
    CHECK(run_cli(world, {"complete", "accounts", "bright"}).out == "Brightfield Dairy\nBrightwater\n");
    CHECK(run_cli(world, {"complete", "accounts", "Brightfield\\ D"}).out == "Brightfield Dairy\n");
    world.initialised = false;
    const auto nothing = run_cli(world, {"complete", "accounts", ""});
    CHECK(nothing.out.empty());
    CHECK(nothing.err.empty());
}
