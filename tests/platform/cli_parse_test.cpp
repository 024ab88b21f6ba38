// From words to a command.
#include <catch2/catch.hpp>

#include "platform/cli/parse.hpp"

using namespace debrief::platform::cli;

namespace {

Parsed parsed(const std::vector<std::string>& words) {
    auto result = parse(words);
    if (auto* failure = std::get_if<Failure>(&result)) FAIL(failure->what);
    return std::get<Parsed>(result);
}

Failure refused(const std::vector<std::string>& words) {
    auto result = parse(words);
    REQUIRE(std::holds_alternative<Failure>(result));
    CHECK(std::get<Failure>(result).code == ExitCode::usage);
    return std::get<Failure>(result);
}

}  // namespace

TEST_CASE("options that hold everywhere stand before or behind the command", "[cli][parse]") {
    for (const auto& words : std::vector<std::vector<std::string>>{{"--store", "/x", "--json", "accounts"},
                                                                   {"accounts", "--json", "--store=/x"}}) {
        const auto got = parsed(words);
        CHECK(got.command->name == "accounts");
        CHECK(got.globals.store == "/x");
        CHECK(got.globals.json);
    }
    CHECK(parsed({}).command == nullptr);
    CHECK(parsed({"--version"}).command->name == "version");
    CHECK(parsed({"chat", "--help"}).help);
    CHECK(parsed({"conflicts"}).command->name == "conflicts");
    CHECK(parsed({"conflicts", "resolve", "1", "--keep", "2"}).command->name == "conflicts resolve");
}

TEST_CASE("a name that is also a command is a name behind a command", "[cli][parse]") {
    const auto got = parsed({"chat", "plan"});
    CHECK(got.command->name == "chat");
    CHECK(got.arguments.text("account") == "plan");
    const auto two = parsed({"history", "contact", "Sarah Chen", "--field", "role"});
    CHECK(two.arguments.text("table") == "contact");
    CHECK(two.arguments.text("record") == "Sarah Chen");
    CHECK(parsed({"add", "meeting", "a", "Visit", "--with", "Sarah", "--with", "Mo"}).arguments.list("with") ==
          std::vector<std::string>{"Sarah", "Mo"});
    CHECK(parsed({"search", "status", "sync"}).arguments.joined("words") == "status sync");
}

TEST_CASE("the test clock may stand alone", "[cli][parse]") {
    CHECK(parsed({"rpc", "--test-clock"}).globals.test_clock == "");
    CHECK(parsed({"--test-clock", "rpc"}).command->name == "rpc");
    CHECK(parsed({"rpc", "--test-clock", "2025-03-18T09:30:00Z", "--seed", "7"}).globals.test_clock ==
          "2025-03-18T09:30:00Z");
    CHECK(parsed({"rpc", "--seed", "7"}).globals.seed == 7U);
}

TEST_CASE("an administrator's words are handed over as they are", "[cli][parse]") {
    const auto got = parsed({"admin", "--data", "d", "user", "add", "Ama", "--role", "rep", "--json"});
    CHECK(got.arguments.joined("words") == "--data d user add Ama --role rep");
    CHECK(got.globals.json);
    const auto own = parsed({"admin", "user", "list", "--store", "phone"});  // On an administrator's device.
    CHECK(own.arguments.joined("words") == "user list");
    CHECK(own.globals.store == "phone");
    CHECK(parsed({"admin", "--store=phone", "user", "list"}).globals.store == "phone");
}

TEST_CASE("what is wrong is named, with a guess", "[cli][parse]") {
    CHECK(refused({"chta"}).next == "Did you mean: debrief chat?");
    CHECK(refused({"chat", "x", "--minuts", "3"}).next == "Did you mean --minutes?");
    CHECK(refused({"chat"}).what.find("needs ACCOUNT") != std::string::npos);
    CHECK(refused({"chat", "x", "--minutes", "soon"}).field == "minutes");
    CHECK(refused({"chat", "x", "--minutes", "-3"}).field == "minutes");
    CHECK(refused({"plan", "Two", "Words"}).why.find("quotes") != std::string::npos);
    CHECK(refused({"check", "f", "--kind", "mial"}).next == "Did you mean 'mail'?");
    CHECK(refused({"add"}).what.find("one more word") != std::string::npos);
    CHECK(refused({"add", "acount", "X"}).next == "Did you mean: debrief add account?");
    CHECK(refused({"accounts", "--store"}).next == "debrief help accounts");
    CHECK(refused({"--color", "blue"}).field == "color");
    CHECK(refused({"--seed", "x", "rpc"}).field == "seed");
}

TEST_CASE("what the door says to programs is said in commands", "[cli][failure]") {
    const auto failure = failure_of({debrief::core::Errc::invalid, "It was changed by somebody else since.", "",
                                     "'record.history' shows who wrote what; write the value that is right."});
    CHECK(failure.next == "'debrief history' shows who wrote what; write the value that is right.");
    CHECK(failure_of({debrief::core::Errc::denied, "Nobody's.", "", "'debrief init' (store.init) begins one."}).next ==
          "'debrief init' begins one.");
}
