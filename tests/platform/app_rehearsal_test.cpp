// Rehearsals over the façade: practice, and nobody else's business.
#include "app_fixture.hpp"
#include "platform/app/sources.hpp"

#include <set>

using namespace debrief;
using namespace debrief::platform;
using namespace debrief::platform::test;

namespace {

const std::string told_in_practice =
    "Sarah said that the zebrafish line stops every Monday and costs them 7777 euros. Miriam will send the log by "
    "Friday.";
const std::string weak = "Our platform is the market leader.";

struct Brightfield {
    std::string account, sarah, miriam;
};
Brightfield prepare(Device& device) {
    device.init();
    Brightfield there;
    there.account = device.put("account", {{"name", "Brightfield Dairy"}});
    there.sarah = device.put("contact", {{"account", there.account}, {"name", "Sarah Chen"}, {"role", "COO"}});
    there.miriam = device.put("contact", {{"account", there.account}, {"name", "Miriam Hale"}, {"role", "head of IT"}});
    device.put("observation", {{"account", there.account},
                               {"dimension", "concern"},
                               {"person", there.sarah},
                               {"text", "Sarah fears that the night shift cannot work with a new screen"},
                               {"state", "confirmed"}});
    return there;
}
json begin(Device& device, const std::string& contact = "Sarah Chen") {
    return device.call("chat.start", {{"kind", "rehearsal"}, {"contact", contact}});
}
json say(Device& device, const json& conversation, const std::string& text) {
    return device.call("chat.say", {{"conversation", conversation}, {"text", text}});
}
json judged(const json& turn) {
    for (const auto& message : turn["messages"]) {
        if (message.contains("judged")) return message["judged"];
    }
    return nullptr;
}
AppConfig on(const TempFolder& folder, const std::string& instant) {
    auto config = quiet_config(folder);
    config.test_clock = core::parse_instant(instant);
    return config;
}

}  // namespace

SCENARIO("a rehearsal with a contact", "[app][rehearsal]") {
    const TempFolder folder;
    Device device{folder};
    const auto there = prepare(device);
    const auto opened = begin(device);
    const auto conversation = opened["conversation"];
    CHECK(opened["state"]["account"] == there.account);
    CHECK(opened["state"]["meeting"].is_null());
    CHECK(opened["state"]["open"]["unexpected"] == true);
    CHECK(opened["state"]["open"]["about"].size() == 1);
    CHECK(opened["messages"][1]["text"].get<std::string>().find("I fear that the night shift") == 0);

    WHEN("an answer is weak") {
        const auto turn = say(device, conversation, weak);
        THEN("the verdict says so, with reasons and one better line from what is stored") {
            const auto verdict = judged(turn);
            CHECK(verdict["credited"] == false);
            CHECK(verdict["focus"] == false);
            CHECK(verdict["why"].get<std::string>().find("market leader") != std::string::npos);
            CHECK(verdict["better"].get<std::string>().find(
                      "Sarah fears that the night shift cannot work with a new screen") != std::string::npos);
            CHECK(turn["state"]["open"]["kind"] == "probe");
        }
        THEN("it is due tomorrow, not today") {
            CHECK(device.call("drill.due")["turns"].empty());
            device.close();
            Device tomorrow{on(folder, "2025-03-19T08:00:00Z")};
            const auto due = tomorrow.call("drill.due")["turns"];
            REQUIRE(due.size() == 1);
            CHECK(due[0]["contact"]["name"] == "Sarah Chen");
            CHECK(due[0]["account"] == there.account);
            CHECK(due[0]["contingency"] == "own_concern");
            CHECK(due[0]["text"] == opened["messages"][1]["text"]);
            CHECK(due[0]["due"] == "2025-03-19");
            CHECK(due[0]["credited"] == false);
        }
        THEN("it is read back after a restart as it was told") {
            const auto before = device.call("chat.get", {{"conversation", conversation}})["messages"];
            device.close();
            Device again{folder};
            CHECK(again.call("chat.get", {{"conversation", conversation}})["messages"] == before);
        }
    }
    WHEN("it is started again before it is done") {
        THEN("it goes on, but with somebody else it is another one") {
            CHECK(begin(device)["conversation"] == conversation);
            CHECK(begin(device)["resumed"] == true);
            CHECK(begin(device, there.miriam)["conversation"] != conversation);
        }
    }
    THEN("it stands among the conversations") {
        const auto list = device.call("chat.list")["conversations"];
        REQUIRE(list.size() == 1);
        CHECK(list[0]["kind"] == "rehearsal");
    }
    THEN("nothing of it can be confirmed, and there is nobody to share it with") {
        for (const char* action : {"confirm", "share"}) {
            const auto error = device.refuse("chat.act", {{"conversation", conversation}, {"action", action}});
            CHECK(error.field == "action");
        }
    }
}

TEST_CASE("nothing of a rehearsal is evidence", "[app][rehearsal][privacy]") {
    const TempFolder folder;
    Device device{folder};
    const auto there = prepare(device);
    const auto journey = device.call("journey.get", {{"account", there.account}});
    const auto plan = device.call("plan.get", {{"account", there.account}});
    const auto changes = device.call("journey.changes", {{"account", there.account}, {"from", "2025-01-01"}});
    const auto page = device.call("export", {{"format", "markdown"}, {"account", there.account}});
    const auto overview = device.call("team.overview");

    const auto conversation = begin(device)["conversation"];
    json turn;
    for (int i = 0; i < 12; ++i) turn = say(device, conversation, told_in_practice);
    CHECK(turn["state"]["phase"] == "done");

    CHECK(device.call("journey.get", {{"account", there.account}}) == journey);
    CHECK(device.call("plan.get", {{"account", there.account}}) == plan);
    CHECK(device.call("journey.changes", {{"account", there.account}, {"from", "2025-01-01"}}) == changes);
    CHECK(device.call("export", {{"format", "markdown"}, {"account", there.account}}) == page);
    CHECK(device.call("export", {{"format", "training"}})["text"].get<std::string>().find("zebrafish") ==
          std::string::npos);
    CHECK(device.call("team.overview") == overview);
    CHECK(device.call("chat.get", {{"conversation", conversation}})["understood"].empty());
    for (const char* table : {"commitment", "task", "stance"})
        CHECK(device.call("record.list", {{"table", table}})["records"].empty());
    const auto refused =
        device.refuse("record.put", {{"table", "observation"},
                                     {"fields",
                                      {{"account", there.account},
                                       {"dimension", "why_change"},
                                       {"text", "x"},
                                       {"source", {{"conversation", conversation}, {"quote", "x"}}}}}});
    CHECK(refused.field == "fields.source");

    // All of it in the one place that nobody else reads.
    device.close();
    AppClock clock{std::nullopt};
    AppRandom random;
    const auto store = core::DeviceStore::open({.path = folder.store() + "/debrief.db", .vfs = {}}, clock, random);
    REQUIRE(store.has_value());
    const auto user = (*store)->records().identity().user.text();
    for (const char* table : {"room", "message", "rehearsal", "rehearsal_turn"}) {
        const auto found =
            (*store)->records().list({.table = table, .where = {}, .order = "id", .limit = 0, .after = {}});
        REQUIRE(found.has_value());
        CHECK_FALSE(found->records.empty());
        for (const auto& record : found->records) CHECK(record.scope == "private/" + user + "/" + there.account);
    }
}

TEST_CASE("the same seed gives the same scenario in another store", "[app][rehearsal][seed]") {
    const auto played = [](std::uint64_t seed) {
        const TempFolder folder;
        auto config = quiet_config(folder);
        config.seed = seed;
        Device device{config};
        prepare(device);
        auto opened = begin(device);
        std::vector<std::string> texts;
        const auto keep = [&](const json& messages) {
            for (const auto& message : messages) texts.push_back(message["text"]);
        };
        keep(opened["messages"]);
        for (int i = 0; i < 6; ++i) keep(say(device, opened["conversation"], i % 2 == 0 ? weak : "next")["messages"]);
        return texts;
    };
    CHECK(played(3) == played(3));
    std::set<std::vector<std::string>> all;
    for (const std::uint64_t seed : {3U, 4U, 5U, 6U}) all.insert(played(seed));
    CHECK(all.size() >= 3);
}

TEST_CASE("a reply of the played person that a crash swallowed is the same", "[app][rehearsal][crash]") {
    const TempFolder whole, broken;
    const auto answer = [](const TempFolder& folder, bool crash) {
        Device device{folder};
        prepare(device);
        const auto conversation = begin(device)["conversation"].get<std::string>();
        if (crash) {
            device.app().on_notification([](const std::string& method, const json& params) {
                if (method == "message" && params["message"]["author"]["kind"] == "user")
                    throw std::runtime_error{"power cut"};
            });
            CHECK_FALSE(device.app().call("chat.say", {{"conversation", conversation}, {"text", weak}}).has_value());
        } else {
            say(device, conversation, weak);
        }
        device.close();
        auto config = quiet_config(folder);
        config.seed.reset();
        Device again{config};
        return again.call("chat.get", {{"conversation", conversation}})["messages"];
    };
    CHECK(answer(whole, false) == answer(broken, true));
}

TEST_CASE("whom one can rehearse with", "[app][rehearsal]") {
    const TempFolder folder;
    Device device{folder};
    const auto there = prepare(device);
    const auto start = [&](json params) {
        params["kind"] = "rehearsal";
        return device.refuse("chat.start", params);
    };
    CHECK(start({}).field == "contact");
    CHECK(start({{"account", there.account}}).field == "contact");
    CHECK(start({{"contact", "Zoe"}}).code == core::Errc::not_found);
    const auto other = device.put("account", {{"name", "Harbour One"}});
    CHECK(start({{"contact", there.sarah}, {"account", other}}).field == "account");
    device.put("contact", {{"account", other}, {"name", "Sarah Chen"}});
    CHECK(start({{"contact", "Sarah Chen"}}).code == core::Errc::ambiguous);
    CHECK(device.call("chat.start",
                      {{"kind", "rehearsal"}, {"contact", "Sarah Chen"}, {"account", other}})["state"]["account"] ==
          other);
    const auto conversation = begin(device, there.sarah)["conversation"];
    say(device, conversation, "Your zebrafish worries Sarah on Monday.");
    device.call("erase", {{"contact", there.sarah}});
    CHECK(start({{"contact", there.sarah}}).detail == "This person was erased; there is nobody to play.");
    CHECK(device.call("drill.due")["turns"].empty());
    CHECK(device.call("search", {{"query", "zebrafish"}})["hits"].empty());
    for (const auto& one : device.call("chat.list")["conversations"]) CHECK(one["id"] != conversation);
}

TEST_CASE("shared with the nearest manager, without the answers unless the rep says so", "[app][rehearsal]") {
    const TempFolder folder;
    Device device{folder};
    prepare(device);
    const std::string me = device.call("system.info")["user"];
    const auto ama = device.put("user", {{"name", "Ama Boateng"}, {"role", "manager"}});
    const auto far = device.put("user", {{"name", "Far Away"}, {"role", "manager"}});
    const auto all = device.put("team", {{"name", "All"}, {"manager", far}});
    const auto north = device.put("team", {{"name", "North"}, {"manager", ama}, {"parent", all}});
    device.put("member", {{"team", north}, {"user", me}});
    const auto conversation = begin(device)["conversation"];
    CHECK(device.refuse("chat.act", {{"conversation", conversation}, {"action", "share"}}).hint ==
          "Answer a question first.");
    say(device, conversation, weak);
    const auto turn = device.call("chat.act", {{"conversation", conversation}, {"action", "share"}});
    CHECK(turn["messages"][0]["text"].get<std::string>().find("Shared with Ama Boateng") == 0);
    CHECK(turn["state"]["open"]["kind"] == "probe");
    auto notes = device.call("record.list", {{"table", "coaching_note"}})["records"];
    REQUIRE(notes.size() == 1);
    CHECK(notes[0]["rep"] == me);
    CHECK(notes[0]["text"].get<std::string>().find("0 of 1 answers stand") != std::string::npos);
    CHECK(notes[0]["text"].get<std::string>().find("market leader") == std::string::npos);
    // Evidence stands there by reference only.
    CHECK(notes[0]["text"].get<std::string>().find("night shift") == std::string::npos);
    CHECK(notes[0]["text"].get<std::string>().find("A question from a stored fact (") != std::string::npos);
    say(device, conversation, "share with my answers");
    notes = device.call("record.list", {{"table", "coaching_note"}})["records"];
    REQUIRE(notes.size() == 1);
    CHECK(notes[0]["text"].get<std::string>().find("market leader") != std::string::npos);
}

SCENARIO("a rehearsal says what it came to", "[app][rehearsal]") {
    TempFolder folder;
    Device device{folder};
    prepare(device);
    const auto started = begin(device);
    const json id = started["conversation"];
    const auto outcome = [&] { return device.call("chat.get", {{"conversation", id}})["outcome"]; };

    CHECK(outcome()["answered"] == 0);
    say(device, id, weak);
    const auto second = say(device, id, weak);
    const std::string weak_question = outcome()["asked"][0]["question"];
    REQUIRE(second["state"]["open"]["question"] != weak_question);
    say(device, id, "I do not know yet. I will ask your night shift on Thursday which of the screens stops them.");
    const auto now = outcome();

    THEN("each question has its last verdict, its tries and the day from which it comes again") {
        CHECK(now["answered"] == 2);
        CHECK(now["asked"][0]["tries"] == 2);
        CHECK(now["asked"][0]["answer"] == weak);
        CHECK(now["asked"][0]["judged"]["credited"] == false);
        CHECK(now["asked"][0]["weak"] == true);
        CHECK(now["asked"][0]["due"] == "2025-03-19");
        // The open one was asked, and has neither a verdict nor a day.
        CHECK(now["asked"].back()["judged"].is_null());
        CHECK(now["asked"].back()["due"].is_null());
    }
    THEN("what to drill again stands apart, with a better line") {
        REQUIRE_FALSE(now["drill"].empty());
        CHECK(now["drill"][0]["question"] == weak_question);
        CHECK_FALSE(now["drill"][0]["better"].get<std::string>().empty());
        CHECK(now["page"].get<std::string>().find("To practise again:") != std::string::npos);
    }
    THEN("what is taken back is in it no more") {
        device.call("chat.act", {{"conversation", id}, {"action", "undo"}});
        CHECK(outcome()["answered"] == 1);
        device.call("chat.act", {{"conversation", id}, {"action", "undo"}});
        CHECK(outcome()["asked"][0]["tries"] == 1);
    }
}
