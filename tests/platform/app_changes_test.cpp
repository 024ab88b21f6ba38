// What waits for the server, listed and discarded one by one, and undo and redo across methods and restarts.
#include "app_fixture.hpp"

#include <map>
#include <random>

#include "core/device/device_store.hpp"

using namespace debrief;
using namespace debrief::platform;
using namespace debrief::platform::test;

namespace {

/// A server that takes everything, but only when it is there.
class PatientLink final : public SyncLink {
public:
    PatientLink(const LinkSetup& setup, const bool& online) : setup_(setup), online_(online) {}
    core::Status join(const std::string&, const std::string&, std::chrono::milliseconds) override {
        return enrol_dana(setup_.store);
    }
    void connect() override {}
    void disconnect() override {}
    core::Result<LinkRound> once(std::chrono::milliseconds) override {
        if (!online_) return core::Error{core::Errc::offline, "There is no network.", {}, {}};
        const auto first = setup_.store.final_n();
        if (!first) return first.error();
        const auto entries = setup_.store.unsent(*first + 1, 1U << 30U);
        if (!entries) return entries.error();
        std::vector<core::PushResult> results;
        for (const auto& entry : *entries)
            results.push_back({entry.n, core::PushResult::Kind::ok, ++position_, {}, {}});
        DEBRIEF_TRY(setup_.store.settle(results));
        return LinkRound{results.size(), 0, 0};
    }
    [[nodiscard]] LinkStatus status() const override { return {}; }
    void store_changed() override {}
    void poll(std::chrono::milliseconds) override {}
    void wake() override {}

private:
    LinkSetup setup_;
    const bool& online_;
    std::uint64_t position_ = 0;
};

struct Joined {
    Joined() {
        config.link = [this](const LinkSetup& setup) { return std::make_unique<PatientLink>(setup, online); };
        open();
        device->call("sync.join", {{"invitation", "http://localhost:1/join#" + std::string(42, 'g') + "A"}});
    }
    void open() {
        device.reset();
        device = std::make_unique<Device>(config);
    }
    TempFolder folder;
    bool online = false;
    AppConfig config = quiet_config(folder);
    std::unique_ptr<Device> device;
};

json pending(Device& device) {
    return device.call("sync.pending")["changes"];
}

/// Those that count, by n.
std::vector<std::uint64_t> counting(Device& device) {
    std::vector<std::uint64_t> numbers;
    for (const auto& change : pending(device)) {
        if (change["standing"] == "counts") numbers.push_back(change["n"]);
    }
    return numbers;
}

json exported(Device& device) {
    return json::parse(device.call("export", {{"format", "json"}})["text"].get<std::string>())["tables"];
}

}  // namespace

TEST_CASE("every unsent change is listed in plain words", "[app][changes]") {
    Joined joined;
    auto& device = *joined.device;
    CHECK(pending(device).empty());
    const auto account = device.put("account", {{"name", "Brightfield Dairy"}});
    std::vector<std::string> people;
    for (int one = 0; one < 8; ++one)
        people.push_back(device.put("contact", {{"account", account}, {"name", "Person " + std::to_string(one)}}));
    for (int one = 0; one < 4; ++one)
        device.call(
            "record.put",
            {{"table", "contact"}, {"id", people[static_cast<std::size_t>(one)]}, {"fields", {{"role", "COO"}}}});
    for (int one = 4; one < 6; ++one)
        device.call("record.delete", {{"table", "contact"}, {"id", people[static_cast<std::size_t>(one)]}});
    for (int one = 0; one < 3; ++one)
        device.put("task", {{"account", account}, {"text", "Send figure " + std::to_string(one)}});
    device.put("stance", {{"account", account}, {"contact", people[0]}, {"stance", "champion"}});
    device.put("meeting", {{"account", account}, {"title", "Line walk"}, {"at", "2025-03-20T09:00:00Z"}});

    const auto changes = pending(device);
    REQUIRE(changes.size() == 20);
    CHECK(changes.size() == device.call("sync.status")["pending"]);
    std::map<std::string, int> kinds;
    for (std::size_t at = 0; at < changes.size(); ++at) {
        const auto& change = changes[at];
        CHECK(change["n"] == at + 1);
        CHECK(change["account"] == json{{"id", account}, {"name", "Brightfield Dairy"}});
        CHECK(change["standing"] == "counts");
        CHECK(change["discardable"] == true);
        REQUIRE(change["records"].size() == 1);
        const auto& record = change["records"][0];
        CHECK_FALSE(record["name"].get<std::string>().empty());
        ++kinds[record["table"].get<std::string>() + " " + record["kind"].get<std::string>()];
    }
    CHECK(kinds == std::map<std::string, int>{{"account made", 1},
                                              {"contact made", 8},
                                              {"contact changed", 4},
                                              {"contact deleted", 2},
                                              {"task made", 3},
                                              {"stance made", 1},
                                              {"meeting made", 1}});
    CHECK(changes[9]["records"][0]["fields"] == json{{"role", "COO"}});
    CHECK(changes[9]["records"][0]["name"] == "Person 0");
    CHECK(changes[13]["records"][0]["name"] == "Person 4");
    CHECK(changes[18]["records"][0]["name"] == "Person 0");

    SECTION("in pages") {
        std::size_t listed = 0;
        json params{{"limit", 7}};
        for (;;) {
            const auto page = device.call("sync.pending", params);
            listed += page["changes"].size();
            if (!page.contains("next")) break;
            params["after"] = page["next"];
        }
        CHECK(listed == 20);
    }
    SECTION("and none is once it was sent") {
        joined.online = true;
        CHECK(device.call("sync.once")["pushed"] == 20);
        CHECK(pending(device).empty());
        CHECK(device.refuse("sync.pending.discard", {{"n", 3}}).code == core::Errc::not_found);
    }
}

TEST_CASE("one unsent change is discarded, and comes back", "[app][changes]") {
    Joined joined;
    auto& device = *joined.device;
    const auto account = device.put("account", {{"name", "Brightfield Dairy"}});
    const auto sarah = device.put("contact", {{"account", account}, {"name", "Sarah Chen"}});
    device.call("record.put", {{"table", "contact"}, {"id", sarah}, {"fields", {{"role", "COO"}}}});
    device.put("task", {{"account", account}, {"text", "Send the figures"}});
    const auto before = exported(device);

    const auto turn = device.call("sync.pending.discard", {{"n", 3}});
    CHECK(turn["done"] == true);
    CHECK(turn["fields"] == json{"role"});
    CHECK_FALSE(device.call("record.get", {{"table", "contact"}, {"id", sarah}}).contains("role"));
    CHECK(counting(device) == std::vector<std::uint64_t>{1, 2, 4});
    CHECK(pending(device).size() == 5);

    CHECK(device.call("change.undo", {{"act", turn["act"]["id"]}})["done"] == true);
    CHECK(exported(device) == before);
    CHECK(counting(device) == std::vector<std::uint64_t>{1, 2, 3, 4});

    SECTION("what was built on goes first, and that is said") {
        const auto refused = device.call("sync.pending.discard", {{"n", 2}});
        CHECK(refused["done"] == false);
        CHECK(refused["reason"] == "changed");
        CHECK(refused["field"] == "role");
        CHECK(refused["here"] == true);
        CHECK(exported(device) == before);
    }
    SECTION("what was said in a conversation stays") {
        const auto talk = device.call("chat.start", {{"kind", "debrief"}, {"account", account}});
        device.call("chat.say", {{"conversation", talk["conversation"]}, {"text", "The line stopped twice."}});
        const auto said = pending(device).back();
        CHECK(said["discardable"] == false);
        CHECK(device.refuse("sync.pending.discard", {{"n", said["n"]}}).code == core::Errc::denied);
    }
    SECTION("a record that was made unsent goes, and its name stays to be read") {
        CHECK(device.call("sync.pending.discard", {{"n", 4}})["fields"] == json{"deleted"});
        CHECK(device.call("record.list", {{"table", "task"}})["records"].empty());
        CHECK(pending(device)[3]["records"][0]["name"] == "Send the figures");
        CHECK(pending(device)[3]["standing"] == "taken_back");
    }
}

TEST_CASE("fifty acts of all kinds, fifty undos with a restart between, and all again", "[app][changes]") {
    const auto seed = GENERATE(11U, 12U, 13U, 14U);
    CAPTURE(seed);
    Joined joined;
    std::mt19937 random{seed};
    const auto below = [&](std::size_t end) { return static_cast<std::size_t>(random() % end); };
    const auto account = joined.device->put("account", {{"name", "Brightfield Dairy"}});
    const auto sarah = joined.device->put("contact", {{"account", account}, {"name", "Sarah Chen"}});
    const auto goal = joined.device->put("goal", {{"text", "Ask about the customer first"}});
    joined.online = true;
    joined.device->call("sync.once");
    joined.online = false;
    // What is done in this test is counted from here.
    const auto base = joined.device->call("change.list")["acts"].size();
    std::vector<json> states{exported(*joined.device)};
    std::vector<std::pair<std::string, std::string>> made{{"contact", sarah}};
    const std::vector<std::string> words{"one", "two", "three", "four"};
    while (states.size() <= 50) {
        auto& device = *joined.device;
        const auto acts = device.call("change.list", {{"limit", 1}})["acts"][0]["id"];
        const auto& word = words[below(words.size())];
        const auto& [table, id] = made[below(made.size())];
        const bool there = device.app().call("record.get", {{"table", table}, {"id", id}}).has_value();
        switch (below(8)) {
            case 0:
                made.emplace_back("contact", device.put("contact", {{"account", account}, {"name", word}}));
                break;
            case 1:
                made.emplace_back("task", device.put("task", {{"account", account}, {"text", word}}));
                break;
            case 2:
                made.emplace_back(
                    "plan_question",
                    device.put("plan_question",
                               {{"account", account}, {"plan", sarah}, {"text", word}, {"status", "open"}}));
                break;
            case 3:
                if (there) device.call("record.delete", {{"table", table}, {"id", id}});
                break;
            case 4:
                if (there && table == "contact")
                    device.call("record.put", {{"table", table}, {"id", id}, {"fields", {{"role", word}}}});
                if (there && table == "task")
                    device.call(
                        "record.put",
                        {{"table", table}, {"id", id}, {"fields", {{"state", word == "one" ? "done" : "open"}}}});
                break;
            case 5:
                device.call("goal.done", {{"goal", goal}, {"done", below(2) == 0}});
                break;
            case 6:
                made.emplace_back("observation", device.put("observation", {{"account", account},
                                                                            {"dimension", "concern"},
                                                                            {"state", "confirmed"},
                                                                            {"text", word}}));
                break;
            default:
                if (there) static_cast<void>(device.app().call("record.undo", {{"table", table}, {"id", id}}));
        }
        if (device.call("change.list", {{"limit", 1}})["acts"][0]["id"] == acts) continue;
        states.push_back(exported(device));
    }
    CHECK(joined.device->call("change.list", {{"limit", 500}})["acts"].size() == base + 50);
    for (std::size_t left = 50; left > 0; --left) {
        if (left == 25) joined.open();
        INFO(left);
        REQUIRE(joined.device->call("change.undo")["done"] == true);
        REQUIRE(exported(*joined.device) == states[left - 1]);
    }
    for (std::size_t at = 1; at <= 50; ++at) {
        if (at == 25) joined.open();
        REQUIRE(joined.device->call("change.redo")["done"] == true);
        REQUIRE(exported(*joined.device) == states[at]);
    }
    CHECK(joined.device->call("change.redo") ==
          json{{"done", false}, {"reason", "nothing"}, {"fields", json::array()}});
}

TEST_CASE("an act is named by what did it, and by its result", "[app][changes]") {
    Joined joined;
    auto& device = *joined.device;
    const auto made = device.call("record.put", {{"table", "account"}, {"fields", {{"name", "Northgate"}}}});
    const auto acts = device.call("change.list")["acts"];
    REQUIRE(acts.size() == 1);
    CHECK(acts[0]["id"] == made["act"]);
    CHECK(acts[0]["what"] == "record.put");
    CHECK(acts[0]["records"][0]["name"] == "Northgate");
    const auto undone = device.call("change.undo");
    CHECK(undone["act"]["undone"] == true);
    CHECK(undone["act"]["records"][0]["kind"] == "deleted");
    CHECK(device.call("change.redo")["act"]["records"][0]["kind"] == "restored");
    CHECK(device.refuse("change.undo", {{"act", 99}}).code == core::Errc::not_found);
}
