#include "app_fixture.hpp"

#include <stdexcept>

using namespace debrief;
using namespace debrief::platform;
using namespace debrief::platform::test;

namespace {

const std::string note =
    "Sarah said their line has stopped four times since January and each stop costs them 9000 euros. "
    "She has to present a plan to the board by the end of May.";

struct Visit {
    std::string account, sarah, meeting;
};

Visit prepare(Device& device) {
    device.init();
    Visit visit;
    visit.account = device.put("account", {{"name", "Brightfield Dairy"}, {"industry", "food"}});
    visit.sarah = device.put("contact", {{"account", visit.account}, {"name", "Sarah Chen"}, {"role", "COO"}});
    visit.meeting = device.put("meeting", {{"account", visit.account},
                                           {"title", "Site visit"},
                                           {"at", "2025-03-18T10:00:00Z"},
                                           {"contacts", {visit.sarah}}});
    return visit;
}

json confirmed(Device& device) {
    return device.call("record.list", {{"table", "observation"}, {"where", {{"state", "confirmed"}}}})["records"];
}

}  // namespace

SCENARIO("a debrief goes from the first question to the journey", "[app][chat]") {
    const TempFolder folder;
    Device device{folder};
    const auto visit = prepare(device);
    const auto opened = device.call("chat.start", {{"kind", "debrief"}, {"account", "Brightfield Dairy"}});
    const auto conversation = opened["conversation"];
    REQUIRE(opened["messages"].size() >= 1);
    CHECK(opened["resumed"] == false);
    CHECK(opened["state"]["phase"] == "asking");
    CHECK(opened["state"]["meeting"] == visit.meeting);
    CHECK(opened["state"]["open"]["playbook"] == "debrief");

    WHEN("the rep tells what was said") {
        device.told.clear();
        const auto turn = device.call("chat.say", {{"conversation", conversation}, {"text", note}});
        THEN("the own line was told first, then the bot's") {
            const auto lines = device.told_of("message");
            REQUIRE(lines.size() >= 2);
            CHECK(lines[0]["message"]["text"] == note);
            CHECK(lines[0]["message"]["author"]["kind"] == "user");
            CHECK(lines[1]["message"]["author"]["kind"] == "bot");
            CHECK(turn["messages"].size() == lines.size() - 1);
        }
        THEN("what was understood waits for a confirmation and counts for nothing") {
            const auto got = device.call("chat.get", {{"conversation", conversation}});
            CHECK_FALSE(got["understood"].empty());
            CHECK(got["understood"][0]["state"] == "proposed");
            CHECK(confirmed(device).empty());
        }
        AND_WHEN("the bot repeats it on its screen") {
            device.call("chat.act", {{"conversation", conversation}, {"action", "stop"}});
            THEN("a search finds what the rep said, and not the bot's repetition") {
                const auto hits = device.call("search", {{"query", "stopped"}})["hits"];
                CHECK_FALSE(hits.empty());
                for (const auto& hit : hits) {
                    const auto found = device.call("record.get", {{"table", hit["table"]}, {"id", hit["id"]}});
                    CHECK(found.value("author_kind", "user") == "user");
                }
            }
        }
        AND_WHEN("it is stopped and confirmed") {
            const auto stopped = device.call("chat.act", {{"conversation", conversation}, {"action", "stop"}});
            CHECK(stopped["state"]["phase"] == "confirming");
            CHECK(stopped["state"]["open"].is_null());
            const auto done = device.call("chat.act", {{"conversation", conversation}, {"action", "confirm"}});
            CHECK(done["state"]["phase"] == "done");
            THEN("it stands in the journey, with the words that it came from") {
                const auto facts = confirmed(device);
                REQUIRE_FALSE(facts.empty());
                CHECK(facts[0]["source"]["conversation"] == conversation);
                CHECK_FALSE(facts[0]["source"]["quote"].get<std::string>().empty());
                const auto journey = device.call("journey.get", {{"account", visit.account}});
                bool known = false;
                for (const auto& [name, dimension] : journey["dimensions"].items())
                    known = known || dimension["status"] == "known";
                CHECK(known);
                CHECK_FALSE(
                    device.call("journey.changes", {{"account", visit.account}, {"from", "2025-03-01"}})["changes"]
                        .empty());
                CHECK(device.call("record.get", {{"table", "meeting"}, {"id", visit.meeting}})["debriefed"] == true);
            }
            THEN("the call plan asks for what is still unknown") {
                const auto plan = device.call("plan.get", {{"account", visit.account}});
                CHECK_FALSE(plan["questions"].empty());
                CHECK(plan["questions"][0]["because"]["code"].is_string());
            }
            THEN("starting again is another conversation") {
                CHECK(device.call("chat.start", {{"kind", "debrief"}, {"account", visit.account}})["conversation"] !=
                      conversation);
            }
        }
    }
    WHEN("it is started again before it is done") {
        const auto again = device.call("chat.start", {{"kind", "debrief"}, {"meeting", visit.meeting}});
        THEN("it goes on where it was") {
            CHECK(again["resumed"] == true);
            CHECK(again["conversation"] == conversation);
            CHECK(again["messages"] == opened["messages"]);
        }
    }
    WHEN("a line is typed and not sent") {
        device.call("chat.draft", {{"conversation", conversation}, {"text", "Half a sent"}});
        THEN("it is there after a restart, and gone once something was said") {
            device.close();
            Device again{folder};
            CHECK(again.call("chat.get", {{"conversation", conversation}})["state"]["draft"] == "Half a sent");
            again.call("chat.say", {{"conversation", conversation}, {"text", note}});
            CHECK(again.call("chat.draft", {{"conversation", conversation}})["text"] == "");
        }
    }
    THEN("it is listed") {
        const auto list = device.call("chat.list")["conversations"];
        REQUIRE(list.size() == 1);
        CHECK(list[0]["id"] == conversation);
        CHECK(list[0]["state"]["phase"] == "asking");
    }
    THEN("what is no action and no conversation is refused by name") {
        CHECK(device.refuse("chat.act", {{"conversation", conversation}, {"action", "fly"}}).field == "action");
        CHECK(device.refuse("chat.say", {{"conversation", visit.account}, {"text", "x"}}).field == "conversation");
        CHECK(device.refuse("chat.say", {{"conversation", conversation}, {"text", ""}}).code == core::Errc::invalid);
        CHECK(device.refuse("chat.start", {{"kind", "debrief"}}).field == "account");
        CHECK(device.refuse("chat.start", {{"kind", "coaching"}, {"account", visit.account}}).field == "rep");
        CHECK(device.call("chat.get", {{"conversation", conversation}})["messages"] == opened["messages"]);
    }
}

SCENARIO("a reply that a crash swallowed is computed again, the same", "[app][chat][crash]") {
    const auto tell = [](const TempFolder& folder, bool crash) {
        Device device{folder};
        prepare(device);
        const auto conversation =
            device.call("chat.start", {{"kind", "debrief"}, {"account", "Brightfield Dairy"}})["conversation"]
                .get<std::string>();
        if (!crash) {
            device.call("chat.say", {{"conversation", conversation}, {"text", note}});
        } else {
            // The program dies the moment that the line was told as saved.
            device.app().on_notification([](const std::string& method, const json& params) {
                if (method == "message" && params["message"]["author"]["kind"] == "user")
                    throw std::runtime_error{"power cut"};
            });
            CHECK_FALSE(device.app().call("chat.say", {{"conversation", conversation}, {"text", note}}).has_value());
        }
        device.close();
        AppConfig config = quiet_config(folder);
        config.seed.reset();  // Whatever chance brings later, the reply is the same.
        Device again{config};
        auto got = again.call("chat.get", {{"conversation", conversation}});
        got.erase("understood");
        return got;
    };
    const TempFolder whole;
    const TempFolder broken;
    const auto undisturbed = tell(whole, false);
    CHECK(undisturbed["messages"].size() >= 3);
    CHECK(tell(broken, true) == undisturbed);
}

TEST_CASE("a private remark is not kept", "[app][chat][privacy]") {
    const TempFolder folder;
    Device device{folder};
    prepare(device);
    const auto conversation =
        device.call("chat.start", {{"kind", "debrief"}, {"account", "Brightfield Dairy"}})["conversation"];
    device.told.clear();
    device.call("chat.say",
                {{"conversation", conversation},
                 {"text", "Their auditors come in May. Off the record, Sarah has cancer and is in chemotherapy."}});
    const auto line = device.told_of("message")[0]["message"];
    CHECK(line["redacted"] == true);
    CHECK(line["text"].get<std::string>().find("cancer") == std::string::npos);
    CHECK(device.call("search", {{"query", "chemotherapy"}})["hits"].empty());
}

TEST_CASE("a debrief has nothing to share: that is a wrong parameter, not a missing method", "[app][chat]") {
    const TempFolder folder;
    Device device{folder};
    device.init();
    device.put("account", {{"name", "Brightfield"}});
    const std::string id = device.call("chat.start", {{"kind", "debrief"}, {"account", "Brightfield"}})["conversation"];
    const json answer = json::parse(device.app().handle(json{
        {"jsonrpc", "2.0"}, {"id", 1}, {"method", "chat.act"}, {"params", {{"conversation", id}, {"action", "share"}}}}
                                                            .dump()));
    CHECK(answer["error"]["code"] == -32602);
    CHECK(answer["error"]["data"]["field"] == "action");
    CHECK(answer["error"]["data"]["reason"].get<std::string>().find("confirming") != std::string::npos);
}

SCENARIO("of a long conversation the newest lines are given, and how many come before", "[app][chat]") {
    const TempFolder folder;
    Device device{folder};
    prepare(device);
    const json start{{"kind", "debrief"}, {"account", "Brightfield Dairy"}};
    const auto conversation = device.call("chat.start", start)["conversation"];
    device.call("chat.say", {{"conversation", conversation}, {"text", note}});
    const auto all = device.call("chat.get", {{"conversation", conversation}});
    const auto lines = all["messages"].size();
    REQUIRE(lines >= 3);
    CHECK_FALSE(all.contains("earlier"));

    const auto newest = device.call("chat.get", {{"conversation", conversation}, {"last", 2}});
    CHECK(newest["messages"] == json({all["messages"][lines - 2], all["messages"][lines - 1]}));
    CHECK(newest["earlier"] == lines - 2);
    CHECK(newest["understood"] == all["understood"]);
    const auto many = device.call("chat.get", {{"conversation", conversation}, {"last", 1000}});
    CHECK(many["messages"] == all["messages"]);
    CHECK(many["earlier"] == 0);
    const auto after =
        device.call("chat.get", {{"conversation", conversation}, {"after", all["messages"][0]["id"]}, {"last", 1}});
    CHECK(after["messages"] == json::array({all["messages"][lines - 1]}));
    CHECK(after["earlier"] == lines - 1);
    const auto last = device.call(
        "chat.get", {{"conversation", conversation}, {"after", all["messages"][lines - 1]["id"]}, {"last", 1}});
    CHECK(last["messages"].empty());
    CHECK(last["earlier"] == lines);

    auto some = start;
    some["last"] = 1;
    const auto resumed = device.call("chat.start", some);
    CHECK(resumed["messages"].size() == 1);
    CHECK(resumed["earlier"] >= lines - 1);
    CHECK(device.refuse("chat.get", {{"conversation", conversation}, {"last", 0}}).field == "last");
}
