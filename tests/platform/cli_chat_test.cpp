// A conversation, line by line, over a made-up bot.
#include <catch2/catch.hpp>

#include <algorithm>

#include "platform/cli/chat.hpp"
#include "platform/cli/watch.hpp"
#include "tests/platform/cli_fake_door.hpp"

using namespace debrief;
using namespace debrief::platform::cli;
using nlohmann::json;

namespace {

struct Talk {
    test::FakeWorld world;
    test::FakeDoor door{world};
    std::string out, err;
    Output output{
        [this](std::string_view text) { out += text; }, [this](std::string_view text) { err += text; }, {.width = 100}};
    Environment environment;
    Context context{environment, {}, output, "/x", [this](const Context&) -> core::Result<std::unique_ptr<Door>> {
                        return std::unique_ptr<Door>{std::make_unique<test::FakeDoor>(world)};
                    }};
    Chat chat{context, door, {"a1", "Brightfield Dairy"}, true};

    Talk() {
        environment.variable = [](const std::string&) { return std::nullopt; };
        environment.now = core::Instant(1742299200000);
    }
    void start() { REQUIRE(chat.start({{"kind", "debrief"}, {"account", "a1"}})); }
    std::string after(const std::string& line) {
        out.clear();
        err.clear();
        chat.line(line);
        return out;
    }
};

}  // namespace

TEST_CASE("who leaves a review leaves it to the others as it stands", "[cli][chat]") {
    Talk talk;
    REQUIRE(talk.chat.start({{"kind", "deal_review"}, {"account", "a1"}}));
    talk.chat.line("They fear the switch");
    CHECK(talk.chat.stop().next == Chat::Next::quit);
    CHECK(std::none_of(talk.world.calls.begin(), talk.world.calls.end(),
                       [](const auto& call) { return call.first == "chat.act"; }));
}

SCENARIO("a debrief at a terminal", "[cli][chat]") {
    GIVEN("a conversation that has begun") {
        Talk talk;
        talk.start();
        CHECK(talk.out.find("What did you learn about Brightfield Dairy?") != std::string::npos);

        WHEN("the rep answers and stops") {
            talk.chat.line("They fear the switch");
            talk.chat.line("I will offer a discount");
            const std::string stopped = talk.after("/stop");
            const std::string screen = talk.after("/show");
            THEN("the screen shows each item with a number, and apart from them what was said about us") {
                CHECK(screen.find(" 1. worries · Sarah Chen") != std::string::npos);
                CHECK(screen.find("They fear the switch") != std::string::npos);
                CHECK(stopped.find("About us, kept apart") != std::string::npos);
                CHECK(screen.find("About us, kept apart") != std::string::npos);
                CHECK(screen.find("“I will offer a discount”") != std::string::npos);
            }
            THEN("a number means the item that the screen shows") {
                talk.chat.line("/drop 1");
                CHECK(talk.world.calls.size() > 2);
                const auto drop = *std::find_if(talk.world.calls.rbegin(), talk.world.calls.rend(),
                                                [](const auto& call) { return call.first == "chat.act"; });
                CHECK(drop.second["item"] == "i1");
                talk.chat.line("/drop 1");
                const auto next = *std::find_if(talk.world.calls.rbegin(), talk.world.calls.rend(),
                                                [](const auto& call) { return call.first == "chat.act"; });
                CHECK(next.second["item"] == "i2");
            }
            THEN("a number that is not there changes nothing") {
                const auto done = talk.chat.line("/drop 9");
                CHECK(done.failed);
                CHECK(done.code == ExitCode::usage);
            }
            THEN("confirming ends it") {
                CHECK(talk.chat.line("/confirm").next == Chat::Next::over);
            }
        }
        WHEN("a line cannot be stored") {
            talk.world.special["chat.say"] = [](const json&) -> test::FakeWorld::Answer {
                return core::Error{core::Errc::full, "The disk is full.", "", ""};
            };
            const auto done = talk.chat.line("They fear the switch");
            THEN("it is told, and the conversation stays open") {
                CHECK(done.failed);
                CHECK(done.code == ExitCode::store);
                CHECK(done.next == Chat::Next::more);
                CHECK(talk.err.find("The disk is full.") != std::string::npos);
            }
        }
        WHEN("Ctrl-D is pressed") {
            THEN("with something understood, the bot stops first and the second one leaves") {
                talk.chat.line("They fear the switch");
                CHECK(talk.chat.stop().next == Chat::Next::more);
                CHECK(talk.chat.stop().next == Chat::Next::quit);
            }
            THEN("with nothing understood it is over") {
                CHECK(talk.chat.stop().next == Chat::Next::over);
            }
        }
        WHEN("a mistyped command is typed") {
            const auto before = talk.world.calls.size();
            const auto done = talk.chat.line("/skpi");
            THEN("nothing is sent") {
                CHECK(done.failed);
                CHECK(talk.world.calls.size() == before);
            }
        }
        WHEN("the network goes and comes") {
            json status = talk.world.sync;
            status["state"] = "offline";
            status["pending"] = 3;
            THEN("each is said once") {
                CHECK(talk.chat.noticed("sync", status) == "offline, 3 changes waiting, last sync 11:58");
                CHECK(talk.chat.noticed("sync", status).empty());
                status["state"] = "connecting";
                CHECK(talk.chat.noticed("sync", status).empty());
                status["state"] = "caught_up";
                status["pending"] = 0;
                CHECK(talk.chat.noticed("sync", status) == "in step with the server, last sync 11:58");
            }
        }
        WHEN("something is typed and not sent") {
            talk.chat.keep_draft("They fe");
            THEN("the next opening has it") {
                Chat again{talk.context, talk.door, {"a1", "Brightfield Dairy"}, true};
                REQUIRE(again.start({{"kind", "debrief"}, {"account", "a1"}}));
                CHECK(again.draft() == "They fe");
            }
        }
    }
}

TEST_CASE("watch shows evidence in full and the rest in a line", "[cli][watch]") {
    Talk talk;
    talk.world.tables["observation"] = {
        {{"id", "o1"},
         {"account", "a1"},
         {"dimension", "why_change"},
         {"text", "It stops twice a month"},
         {"person", "c1"},
         {"by", "u1"},
         {"said_on", "2025-03-18"},
         {"state", "confirmed"},
         {"source", R"({"quote":"it stops","question":"why_change","playbook":"debrief","version":"1"})"}},
        {{"id", "o2"},
         {"account", "a1"},
         {"dimension", "concern"},
         {"text", "secret until confirmed"},
         {"state", "proposed"}}};
    Watch watch{talk.context, talk.door};
    const auto changed = [](const char* table, const char* id) {
        return json{{"tables", {table}}, {"records", json::array({{{"table", table}, {"id", id}}})}};
    };

    SECTION("for people") {
        watch.show("changed", changed("observation", "o1"));
        CHECK(talk.out.find("Brightfield Dairy · why they must change · Sarah Chen") != std::string::npos);
        CHECK(talk.out.find("told by Jonas, answering “Why must they change?”") != std::string::npos);
        CHECK(watch.observations_seen() == 1);
    }
    SECTION("for programs") {
        talk.output.want_json();
        watch.show("changed", changed("observation", "o1"));
        const auto line = json::parse(talk.out);
        CHECK(line["kind"] == "observation");
        CHECK(line["by"]["name"] == "Jonas");
        CHECK(line["question"] == "why_change");
        CHECK(line["quote"] == "it stops");
    }
    SECTION("once, and not what was there before") {
        watch.show("changed", changed("observation", "o1"));
        watch.show("changed", changed("observation", "o1"));
        CHECK(watch.observations_seen() == 1);
        Watch later{talk.context, talk.door};
        REQUIRE(later.remember_present());
        later.show("changed", changed("observation", "o1"));
        CHECK(later.observations_seen() == 0);
    }
    SECTION("what is only proposed stays with its author") {
        watch.show("changed", changed("observation", "o2"));
        CHECK(talk.out.find("secret") == std::string::npos);
    }
    SECTION("a contact in one line") {
        watch.show("changed", changed("contact", "c1"));
        CHECK(talk.out.find("contact  Brightfield Dairy · Sarah Chen") != std::string::npos);
    }
}
