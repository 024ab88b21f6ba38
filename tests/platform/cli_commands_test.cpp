// Commands over a made-up façade: what they print, where, and how they end.
#include <catch2/catch.hpp>

#include <algorithm>

#include "core/error_names.hpp"
#include "tests/platform/cli_fake_door.hpp"

using namespace debrief;
using namespace debrief::platform::cli;
using nlohmann::json;
using test::run_cli;

TEST_CASE("every listing is JSON when asked, and [] when empty", "[cli][json]") {
    for (const auto& words : std::vector<std::vector<std::string>>{{"accounts"},
                                                                   {"contacts"},
                                                                   {"meetings"},
                                                                   {"conflicts"},
                                                                   {"search", "x"},
                                                                   {"drafts"},
                                                                   {"parked"},
                                                                   {"pending"},
                                                                   {"undo", "--list"}}) {
        test::FakeWorld world;
        world.tables.clear();
        auto with_json = words;
        with_json.push_back("--json");
        const auto ran = run_cli(world, with_json);
        INFO(words.front());
        CHECK(ran.code == ExitCode::done);
        CHECK(ran.out == "[]\n");
        CHECK(ran.err.empty());
    }
    test::FakeWorld world;
    CHECK(json::parse(run_cli(world, {"accounts", "--json"}).out).size() == 3);
    CHECK(json::parse(run_cli(world, {"contacts", "brightf", "--json"}).out).size() == 2);
}

TEST_CASE("data goes to standard output, talk to standard error", "[cli]") {
    test::FakeWorld world;
    world.tables["account"].clear();
    const auto ran = run_cli(world, {"accounts"});
    CHECK(ran.out.empty());
    CHECK(ran.err.find("debrief add account") != std::string::npos);
}

TEST_CASE("each kind of failure ends with its own code, in four parts", "[cli][errors]") {
    const std::vector<std::pair<core::Errc, int>> kinds{
        {core::Errc::invalid, 2},   {core::Errc::ambiguous, 2},   {core::Errc::not_found, 1},
        {core::Errc::too_large, 1}, {core::Errc::unavailable, 1}, {core::Errc::internal, 1},
        {core::Errc::denied, 4},    {core::Errc::offline, 5},     {core::Errc::busy, 6},
        {core::Errc::corrupt, 6},   {core::Errc::full, 6},        {core::Errc::too_new, 6},
        {core::Errc::io, 6},        {core::Errc::cancelled, 3}};
    for (const auto& [kind, code] : kinds) {
        const auto reason = kind;
        test::FakeWorld world;
        world.special["sync.once"] = [reason](const json&) -> test::FakeWorld::Answer {
            return core::Error{reason, "It went wrong.", "", ""};
        };
        const auto ran = run_cli(world, {"sync"});
        INFO(name_of(kind));
        CHECK(static_cast<int>(ran.code) == code);
        for (const char* part : {"debrief: It went wrong.", "  why   ", "  next  ", "  code  "})
            CHECK(ran.err.find(part) != std::string::npos);
        CHECK(ran.out.empty());
        const auto as_json = json::parse(run_cli(world, {"sync", "--json"}).err);
        CHECK(as_json["error"]["code"] == code);
        CHECK(as_json["error"]["reason"] == std::string{name_of(kind)});
        CHECK_FALSE(as_json["error"]["next"].get<std::string>().empty());
    }
}

TEST_CASE("a failure's second sentence is its reason", "[cli][errors]") {
    const auto failure =
        failure_of({core::Errc::io, "The folder e.g. /x cannot be opened. Others can read it.", "", "chmod 700 /x"});
    CHECK(failure.what == "The folder e.g. /x cannot be opened.");
    CHECK(failure.why == "Others can read it.");
    CHECK(failure.next == "chmod 700 /x");
}

TEST_CASE("a stranger is told in a few lines what to do", "[cli][greeting]") {
    test::FakeWorld world;
    world.initialised = false;
    const auto ran = run_cli(world, {});
    CHECK(ran.code == ExitCode::done);
    for (const char* word : {"debrief demo", "debrief init", "debrief join", "no/such/folder"})
        CHECK(ran.out.find(word) != std::string::npos);
    CHECK(std::count(ran.out.begin(), ran.out.end(), '\n') <= 8);
    CHECK(world.calls.empty());  // Looking makes no store.
}

TEST_CASE("the greeting names what waits and the next command", "[cli][greeting]") {
    test::FakeWorld world;
    world.sync["state"] = "offline";
    world.sync["pending"] = 3;
    const auto ran = run_cli(world, {});
    CHECK(ran.out.find("Jonas") != std::string::npos);
    CHECK(ran.out.find("offline, 3 changes waiting, last sync 11:58") != std::string::npos);
    CHECK(ran.out.find("1 meeting waits for a debrief, the newest: Brightfield Dairy") != std::string::npos);
    CHECK(ran.out.find("debrief chat \"Brightfield Dairy\"") != std::string::npos);
    CHECK(std::count(ran.out.begin(), ran.out.end(), '\n') <= 8);
}

TEST_CASE("a prompt never hangs: without a terminal it is an error that names the option", "[cli][prompt]") {
    test::FakeWorld world;
    CHECK(run_cli(world, {"init"}).err.find("belongs to") != std::string::npos);  // Refused before anything is asked.
    world.initialised = false;
    const auto init = run_cli(world, {"init"});
    CHECK(init.code == ExitCode::usage);
    CHECK(init.err.find("--workspace") != std::string::npos);
    CHECK(run_cli(world, {"init", "--workspace", "W"}).err.find("--user") != std::string::npos);
    CHECK(run_cli(world, {"init", "--workspace", "W", "--user", "U"}).code == ExitCode::done);
    world.initialised = true;
    const auto discard = run_cli(world, {"parked", "discard"});
    CHECK(discard.code == ExitCode::usage);
    CHECK(discard.err.find("--yes") != std::string::npos);
}

TEST_CASE("a refused change is corrected on the command line", "[cli][parked]") {
    test::FakeWorld world;
    world.special["sync.parked.fix"] = [](const nlohmann::json&) { return nlohmann::json{{"retried", 2}}; };
    const auto fixed = run_cli(world, {"parked", "fix", "7", "role=Head of = sales", "employees:=12"});
    CHECK(fixed.code == ExitCode::done);
    CHECK(fixed.out.find("2 put into the outbox again") != std::string::npos);
    const nlohmann::json asked{{"n", 7}, {"fields", {{"role", "Head of = sales"}, {"employees", 12}}}};
    CHECK(world.calls.back().second == asked);
    for (const auto& words : std::vector<std::vector<std::string>>{{"parked", "fix"},
                                                                   {"parked", "fix", "7"},
                                                                   {"parked", "fix", "7", "role"},
                                                                   {"parked", "fix", "7", "=CFO"},
                                                                   {"parked", "fix", "7", "employees:=a few"}}) {
        const auto refused = run_cli(world, words);
        CHECK(refused.code != ExitCode::done);
        CHECK(refused.err.find("role=CFO") != std::string::npos);
    }
}

TEST_CASE("colour only where it is wanted", "[cli][colour]") {
    Environment environment;
    std::map<std::string, std::string> set;
    environment.variable = [&](const std::string& name) -> std::optional<std::string> {
        const auto found = set.find(name);
        return found == set.end() ? std::nullopt : std::optional<std::string>{found->second};
    };
    CHECK(wants_colour(ColourWish::automatic, true, environment));
    CHECK_FALSE(wants_colour(ColourWish::automatic, false, environment));
    set = {{"NO_COLOR", "1"}, {"CLICOLOR_FORCE", "1"}};
    CHECK_FALSE(wants_colour(ColourWish::automatic, true, environment));
    CHECK(wants_colour(ColourWish::always, false, environment));
    set = {{"CLICOLOR_FORCE", "1"}};
    CHECK(wants_colour(ColourWish::automatic, false, environment));
    set = {{"TERM", "dumb"}};
    CHECK_FALSE(wants_colour(ColourWish::automatic, true, environment));
    test::FakeWorld world;
    CHECK(run_cli(world, {}, {.width = 80}).out.find('\033') == std::string::npos);
    CHECK(run_cli(world, {}, {.width = 80, .colour = true}).out.find('\033') != std::string::npos);
}

TEST_CASE("the store's folder: option, then DEBRIEF_HOME, then the platform's", "[cli]") {
    Environment environment;
    std::map<std::string, std::string> set{{"DEBRIEF_HOME", "/env"}, {"XDG_DATA_HOME", "/xdg"}, {"HOME", "/home/j"}};
    environment.variable = [&](const std::string& name) -> std::optional<std::string> {
        const auto found = set.find(name);
        return found == set.end() ? std::nullopt : std::optional<std::string>{found->second};
    };
    CHECK(*store_folder("/opt", environment) == "/opt");
    CHECK(*store_folder(std::nullopt, environment) == "/env");
    set.erase("DEBRIEF_HOME");
    CHECK(*store_folder(std::nullopt, environment) == "/xdg/debrief");
    set["XDG_DATA_HOME"] = "relative";
    CHECK(*store_folder(std::nullopt, environment) == "/home/j/.local/share/debrief");
    set.clear();
    CHECK_FALSE(store_folder(std::nullopt, environment));
}

TEST_CASE("a conflict is settled by number, by value, never by guessing", "[cli][conflicts]") {
    test::FakeWorld world;
    world.conflicts = json::array({{{"id", "c1:role"},
                                    {"table", "contact"},
                                    {"record", "c1"},
                                    {"field", "role"},
                                    {"versions", json::array({{{"value", "COO"},
                                                               {"author", "u1"},
                                                               {"author_name", "Jonas"},
                                                               {"at", "2025-03-18T09:00:00Z"},
                                                               {"device", "d"}},
                                                              {{"value", "CEO"},
                                                               {"author", "u2"},
                                                               {"author_name", "Ama"},
                                                               {"at", "2025-03-18T10:00:00Z"},
                                                               {"device", "e"}}})}}});
    const auto listed = run_cli(world, {"conflicts"});
    CHECK(listed.out.find("contact Sarah Chen, role") != std::string::npos);
    CHECK(listed.out.find("[2] CEO  — Ama, 10:00") != std::string::npos);
    CHECK(run_cli(world, {"conflicts", "resolve", "1", "--keep", "2"}).code == ExitCode::done);
    CHECK(world.calls.back().second == json({{"id", "c1:role"}, {"value", "CEO"}}));
    CHECK(run_cli(world, {"conflicts", "resolve", "c1:role", "--value", "Chair"}).code == ExitCode::done);
    CHECK(world.calls.back().second["value"] == "Chair");
    CHECK(run_cli(world, {"conflicts", "resolve", "1", "--keep", "3"}).code == ExitCode::usage);
    CHECK(run_cli(world, {"conflicts", "resolve", "1"}).code == ExitCode::usage);
    CHECK(run_cli(world, {"conflicts", "resolve", "9", "--keep", "1"}).code == ExitCode::failed);
}

TEST_CASE("hostile names are inert wherever they are printed", "[cli][text]") {
    test::FakeWorld world;
    for (auto& [table, records] : world.tables) {
        for (auto& record : records) {
            for (const char* key : {"name", "role", "title", "industry"})
                record[key] = std::string{"\033[2J\033]52;c;x\a\xC2\x9B"} + key;
        }
    }
    for (const auto& words : std::vector<std::vector<std::string>>{{},
                                                                   {"accounts"},
                                                                   {"contacts"},
                                                                   {"meetings"},
                                                                   {"history", "account", "a1"},
                                                                   {"chat", "a1"},
                                                                   {"accounts", "--json"}}) {
        const auto ran = run_cli(world, words, {.width = 80});
        INFO(ran.out);
        CHECK((ran.out + ran.err).find_first_of("\033\a") == std::string::npos);
        CHECK((ran.out + ran.err).find("\xC2\x9B") == std::string::npos);
    }
}
