// Coaching at the façade: goals, notes, one-to-ones, shares of seller talk, and what a rep's own outcomes say of them.
#include "app_fixture.hpp"

#include "bot/dialogue/codec.hpp"
#include "bot/dialogue/engine.hpp"
#include "core/catalogue/scope.hpp"
#include "platform/app/sources.hpp"
#include "platform/files/store_folder.hpp"

using namespace debrief;
using namespace debrief::platform;
using namespace debrief::platform::test;

namespace {

/// A store in which Dana is a rep of Ada's, written as if the server had sent the directory.
struct Team {
    TempFolder folder;
    std::string dana, ada, account;

    explicit Team(bool as_manager) {
        {
            Device device{folder};
            device.call("store.init", {{"workspace", "Acme"},
                                       {"user", as_manager ? "Ada Lind" : "Dana Reyes"},
                                       {"role", as_manager ? "manager" : "rep"}});
            const std::string me = device.call("system.info")["user"];
            const auto other = device.put(
                "user", {{"name", as_manager ? "Dana Reyes" : "Ada Lind"}, {"role", as_manager ? "rep" : "manager"}});
            dana = as_manager ? other : me;
            ada = as_manager ? me : other;
            const auto north = device.put("team", {{"name", "North"}, {"manager", ada}});
            device.put("member", {{"team", north}, {"user", dana}});
            account = device.put("account", {{"name", "Dairy"}, {"owner", dana}});
        }
    }
    /// Writes what only the bot writes, or another person's device.
    void write(const std::vector<core::Edit>& edits) {
        AppClock clock{core::parse_instant("2025-03-18T15:00:00Z")};
        AppRandom random;
        auto device = core::DeviceStore::open({.path = record_file(folder.store()), .vfs = {}}, clock, random);
        REQUIRE(device);
        const auto written = (*device)->records().write(edits);
        INFO((written ? std::string{} : written.error().detail));
        REQUIRE(written);
    }
    [[nodiscard]] core::Uuid id(const std::string& text) const { return *core::parse_uuid(text); }
};

void debrief_once(Device& device, const std::string& account, const std::string& words) {
    const std::string chat = device.call("chat.start", {{"kind", "debrief"}, {"account", account}})["conversation"];
    device.call("chat.say", {{"conversation", chat}, {"text", words}});
    device.call("chat.act", {{"conversation", chat}, {"action", "stop"}});
    if (device.call("chat.get", {{"conversation", chat}})["state"]["phase"] != "done")
        device.call("chat.act", {{"conversation", chat}, {"action", "confirm"}});
}

}  // namespace

SCENARIO("a goal is the rep's own until it is shared, and again afterwards", "[platform][coaching]") {
    Team team{false};
    Device device{team.folder};
    const auto goal = device.put("goal", {{"text", "Listen longer"}, {"since", "2025-03-01"}});
    CHECK(device.call("goal.list")["own"][0]["shared"] == false);
    CHECK(device.call("record.list", {{"table", "goal"}})["records"].size() == 1);
    device.call("goal.share", {{"goal", goal}});
    CHECK(device.call("goal.list")["own"][0]["shared"] == true);
    CHECK(device.call("goal.list")["own"].size() == 1);  // The copy is not a second goal.
    CHECK(device.call("record.list", {{"table", "goal"}})["records"].size() == 2);
    device.call("goal.share", {{"goal", goal}});
    CHECK(device.call("record.list", {{"table", "goal"}})["records"].size() == 2);
    device.call("goal.done", {{"goal", goal}});
    for (const auto& one : device.call("record.list", {{"table", "goal"}})["records"]) CHECK(one["done"] == true);
    device.call("goal.share", {{"goal", goal}, {"shared", false}});
    CHECK(device.call("record.list", {{"table", "goal"}})["records"].size() == 1);
    device.call("goal.share", {{"goal", goal}});
    CHECK(device.call("record.list", {{"table", "goal"}})["records"].size() == 2);
}

TEST_CASE("without a manager a goal stays where it is", "[platform][coaching]") {
    const TempFolder folder;
    Device device{folder};
    device.init();
    const auto goal = device.put("goal", {{"text", "Listen longer"}});
    CHECK(device.refuse("goal.share", {{"goal", goal}}).code == core::Errc::unavailable);
    CHECK(device.call("goal.list")["own"][0]["shared"] == false);
    CHECK(device.call("coaching.list")["reps"].empty());
    CHECK(device.refuse("chat.start", {{"kind", "coaching"}}).field == "rep");
}

SCENARIO("a rep sees exactly the figure that the manager gets", "[platform][coaching]") {
    Team team{false};
    Device device{team.folder};
    CHECK(device.call("focus.get")["months"].empty());
    debrief_once(
        device, team.account,
        "The old line stops twice a shift and their crew waits. If this slips I will miss my number this quarter.");
    const auto focus = device.call("focus.get");
    REQUIRE(focus["months"].size() == 1);
    CHECK(focus["months"][0]["from"] == "2025-03-01");
    CHECK(focus["months"][0]["sentences"] == 2);
    CHECK(focus["months"][0]["seller"] == 50);
    CHECK(focus["shared_with"][0]["name"] == "Ada Lind");
    const auto shared = device.call("record.list", {{"table", "focus_share"}})["records"];
    REQUIRE(shared.size() == 1);
    CHECK(shared[0]["seller"] == 1);
    CHECK(shared[0]["customer"] == 1);
    CHECK(shared[0].dump().find("number") == std::string::npos);
    CHECK(device.call("team.overview")["reps"][0]["focus_trend"] == focus["months"]);
    CHECK(focus["effect"]["enough"] == false);
    CHECK(focus["effect"]["above"]["bought_share"].is_null());

    WHEN("a second one is not finished") {
        const std::string chat =
            device.call("chat.start", {{"kind", "debrief"}, {"account", team.account}})["conversation"];
        device.call("chat.say", {{"conversation", chat}, {"text", "I need this order for my bonus."}});
        THEN("it does not count yet, neither here nor there") {
            CHECK(device.call("focus.get")["months"] == focus["months"]);
            CHECK(device.call("record.list", {{"table", "focus_share"}})["records"][0]["seller"] == 1);
        }
    }
}

SCENARIO("a manager prepares a one-to-one from what was shared and from where the rep is stuck",
         "[platform][coaching]") {
    Team team{true};
    const auto scope = core::text_of({core::ScopeKind::coaching, team.id(team.dana), team.id(team.ada)});
    const auto goal = core::derive_uuid("test", "goal");
    team.write({core::Put{"goal", goal, {{"text", "Listen longer"}, {"shared", true}}, scope},
                core::Put{"focus_share",
                          core::derive_uuid("test", "share"),
                          {{"rep", team.id(team.dana)},
                           {"month", "2025-02"},
                           {"customer", std::int64_t{6}},
                           {"seller", std::int64_t{2}},
                           {"neutral", std::int64_t{2}}},
                          scope}});
    Device device{team.folder};
    device.put("observation", {{"account", team.account},
                               {"dimension", "why_change"},
                               {"text", "The old line stops twice a shift"},
                               {"said_on", "2025-01-10"},
                               {"state", "confirmed"}});
    device.put("commitment", {{"account", team.account},
                              {"text", "Sends the log"},
                              {"due", "2025-02-18"},
                              {"state", "open"},
                              {"since", "2025-01-10"}});

    const auto list = device.call("coaching.list")["reps"];
    REQUIRE(list.size() == 1);
    CHECK(list[0]["name"] == "Dana Reyes");
    CHECK(list[0]["goals"][0]["text"] == "Listen longer");
    CHECK(list[0]["focus_trend"][0]["seller"] == 20);
    REQUIRE(list[0]["needs"].size() == 1);
    int points = 0;
    bool stuck = false, silent = false;
    for (const auto& reason : list[0]["needs"][0]["reasons"]) {
        points += reason["points"].get<int>();
        stuck = stuck || reason["code"] == "stuck";
        silent = silent || reason["code"] == "silent";
    }
    CHECK(points == list[0]["points"]);
    CHECK(stuck);
    CHECK(silent);
    CHECK(device.call("team.overview")["reps"][0]["focus_trend"][0]["customer"] == 60);

    const auto talk = device.call("chat.start", {{"kind", "coaching"}, {"rep", "Dana Reyes"}});
    const std::string opening = talk["messages"][0]["text"];
    CHECK(opening.find("“Listen longer”") != std::string::npos);
    CHECK(opening.find("“Listen longer”") < opening.find("Dairy"));
    CHECK(opening.find("Sends the log") != std::string::npos);
    CHECK(talk["messages"][1]["ask"]["dimension"] == "rep_goal");
    const std::string chat = talk["conversation"];
    CHECK(device.call("chat.start", {{"kind", "coaching"}, {"rep", team.dana}})["conversation"] == chat);
    const auto say = [&](const char* text) {
        return device.call("chat.say", {{"conversation", chat}, {"text", text}});
    };
    CHECK(say("What will you close this month?")["messages"][0]["ask"]["kind"] == "reframe");
    CHECK(say("She wants to be calmer in front of a board")["messages"].back()["ask"]["question"] == "rep_obstacle");
    say("She was interrupted twice and lost the thread");
    CHECK(say("I will sit in on the next one by Friday")["state"]["phase"] == "confirming");
    const auto outcome = device.call("chat.get", {{"conversation", chat}})["outcome"];
    CHECK(outcome["help"][0]["text"] == "sit in on the next one by Friday");
    device.call("chat.act", {{"conversation", chat}, {"action", "share"}});

    const auto after = device.call("coaching.list")["reps"][0];
    CHECK(after["promises"][0]["text"] == "sit in on the next one by Friday");
    CHECK(after["promises"][0]["due"] == "2025-03-21");
    CHECK(after["notes"][0]["shared"] == true);
    CHECK(after["notes"][0]["text"].get<std::string>().find("calmer in front of a board") != std::string::npos);
    // What the talk refers to is no word of the manager's own scope.
    for (const auto& message : device.call("record.list", {{"table", "message"}})["records"]) {
        CHECK(message.dump().find("Sends the log") == std::string::npos);
        CHECK(message.dump().find("Listen longer") == std::string::npos);
    }
    // The manager's own words are looked at in the same way, and stay the manager's.
    CHECK_FALSE(device.call("focus.get")["one_to_ones"].empty());
    CHECK(device.call("record.list", {{"table", "focus_share"}})["records"].size() == 1);
    CHECK(device.refuse("chat.start", {{"kind", "coaching"}, {"rep", team.ada}}).code == core::Errc::denied);
    for (const auto& [method, params] :
         device.told_of("message").empty() ? std::vector<std::pair<std::string, json>>{} : device.told) {
        if (method == "message") CHECK(params["message"]["text"].get<std::string>().find("{goal") == std::string::npos);
    }
}

TEST_CASE("what customer focus went with is told from five ended opportunities a side, and never as a cause",
          "[platform][coaching]") {
    Team team{false};
    std::vector<core::Edit> edits;
    const auto dana = team.id(team.dana), account = team.id(team.account);
    const auto one = [&](int i, int customer, int seller, const char* outcome) {
        const auto name = std::to_string(i);
        const auto opportunity = core::derive_uuid("test", "opportunity" + name),
                   room = core::derive_uuid("test", "room" + name);
        edits.emplace_back(core::Put{"opportunity",
                                     opportunity,
                                     {{"account", account},
                                      {"name", "Deal " + name},
                                      {"owner", dana},
                                      {"outcome", std::string{outcome}},
                                      {"engaged_on", "2025-01-01"},
                                      {"ended_on", "2025-03-01"}},
                                     {}});
        bot::Conversation talk;
        talk.id = room;
        talk.account = {account, "Dairy"};
        talk.rep = talk.owner = {dana, "Dana Reyes"};
        talk.opportunity = opportunity;
        talk.playbook = "debrief";
        talk.version = "2";
        talk.started = *core::parse_instant("2025-02-03T10:00:00Z");
        auto put = bot::room_put(talk);
        put.fields["phase"] = std::string{"done"};
        edits.emplace_back(put);
        bot::Message line;
        line.id = core::derive_uuid("test", "line" + name);
        line.conversation = room;
        line.at = talk.started;
        line.author = bot::AuthorKind::user;
        line.user = talk.rep;
        line.text = "…";
        for (int n = 0; n < customer; ++n) line.focus.push_back({"theirs", core::Focus::customer});
        for (int n = 0; n < seller; ++n) line.focus.push_back({"ours", core::Focus::seller});
        edits.emplace_back(bot::message_put(talk, line));
    };
    for (int i = 0; i < 5; ++i) one(i, 8, 2, i < 4 ? "bought" : "stayed");
    for (int i = 5; i < 9; ++i) one(i, 2, 8, "elsewhere");
    team.write(edits);
    {
        Device device{team.folder};
        const auto effect = device.call("focus.get")["effect"];
        CHECK(effect["n"] == 9);
        CHECK(effect["enough"] == false);
        CHECK(effect["below"]["n"] == 4);
        CHECK(effect["below"]["bought_share"].is_null());
        CHECK(effect["text"].get<std::string>().find("too few") != std::string::npos);
    }
    edits.clear();
    one(9, 2, 8, "bought");
    team.write(edits);
    Device device{team.folder};
    const auto effect = device.call("focus.get")["effect"];
    CHECK(effect["enough"] == true);
    CHECK(effect["median"] == 50);
    CHECK(effect["above"]["bought_share"]["count"] == 4);
    CHECK(effect["above"]["bought_share"]["n"] == 5);
    CHECK(effect["below"]["bought_share"]["count"] == 1);
    CHECK(effect["text"].get<std::string>().find("shows no cause") != std::string::npos);
}
