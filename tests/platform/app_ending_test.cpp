// How an opportunity ended, told in a debrief over the façade, and counted by the team's overview.
#include "app_fixture.hpp"

using namespace debrief;
using namespace debrief::platform;
using namespace debrief::platform::test;

namespace {

struct Clinic {
    std::string account, miriam, open, ended;
};
Clinic clinic(Device& device) {
    device.init();
    Clinic there;
    there.account = device.put("account", {{"name", "Hale Clinic"}});
    there.miriam = device.put("contact", {{"account", there.account}, {"name", "Miriam Hale"}, {"role", "head of IT"}});
    const auto info = device.call("system.info", json::object());
    const auto opportunity = [&](const std::string& name, const std::string& outcome) {
        return device.put("opportunity", {{"account", there.account},
                                          {"name", name},
                                          {"outcome", outcome},
                                          {"product", "CT"},
                                          {"owner", info["user"]}});
    };
    there.open = opportunity("CT renewal", "open");
    there.ended = opportunity("Archive", "not_bought");
    return there;
}
json start(Device& device, const json& more) {
    json params{{"kind", "debrief"}};
    params.update(more);
    return device.call("chat.start", params);
}
json say(Device& device, const json& conversation, const std::string& text) {
    return device.call("chat.say", {{"conversation", conversation}, {"text", text}});
}
json stored(Device& device, const std::string& opportunity) {
    return device.call("record.get", {{"table", "opportunity"}, {"id", opportunity}});
}
std::string asked(const json& turn) {
    const json& open = turn["state"]["open"];
    return open.is_null() ? std::string() : open["question"].get<std::string>();
}

}  // namespace

SCENARIO("an opportunity that ended is debriefed in the customer's terms", "[app][ending]") {
    TempFolder folder;
    Device device{folder};
    const Clinic there = clinic(device);

    GIVEN("one that is noted as ended") {
        const auto begun = start(device, {{"opportunity", there.ended}});
        CHECK(asked(begun) == "ended");
        CHECK(begun["state"]["account"] == there.account);

        WHEN("the rep tells what they did, on whose words, and why") {
            const json id = begun["conversation"];
            say(device, id, "They stay with the old archive for another year.");
            say(device, id, "Miriam Hale told me.");
            say(device, id, "Miriam says the new building has to be finished first.");
            const auto last = say(device, id, "don't know");
            CHECK(last["state"]["phase"] == "confirming");

            THEN("nothing is written before it is confirmed") {
                CHECK(stored(device, there.ended)["outcome"] == "not_bought");
                const auto outcome = device.call("chat.get", {{"conversation", id}})["outcome"];
                CHECK(outcome["outcome"] == "stayed");
                CHECK(outcome["by"]["name"] == "Miriam Hale");
                CHECK(outcome["confirmed"] == false);
            }
            THEN("once it is confirmed the opportunity, the journey and the overview have it") {
                device.call("chat.act", {{"conversation", id}, {"action", "confirm"}});
                const auto after = stored(device, there.ended);
                CHECK(after["outcome"] == "stayed");
                CHECK(after["outcome_reason"] == "Miriam says the new building has to be finished first.");
                CHECK(after["ended_on"] == "2025-03-18");
                const auto overview = device.call("team.overview", json::object());
                CHECK(overview["outcomes"]["recorded"]["stayed"] == 1);
                CHECK(overview["outcomes"]["total"]["no_decision_share"]["count"] == 1);
                std::size_t evidence = 0;
                const auto journey = device.call("journey.get", {{"account", there.account}});
                for (const auto& [dimension, view] : journey["dimensions"].items()) {
                    for (const auto& item : view["items"]) {
                        evidence += item["opportunity"] == there.ended && item["state"] == "confirmed" ? 1U : 0U;
                    }
                }
                CHECK(evidence >= 1);
            }
        }
    }
    GIVEN("one that is still open") {
        THEN("a debrief about it is an ordinary one, unless it is said to be ending") {
            CHECK(asked(start(device, {{"account", there.account}, {"opportunity", there.open}})) != "ended");
            const auto ending = start(device, {{"opportunity", there.open}, {"ending", true}});
            CHECK(ending["resumed"] == false);
            CHECK(asked(ending) == "ended");
        }
    }
    GIVEN("a debrief of the account and one of an ending, both unfinished") {
        const auto plain = start(device, {{"account", there.account}});
        const auto ending = start(device, {{"opportunity", there.ended}});
        THEN("each goes on where it was") {
            CHECK(start(device, {{"account", there.account}})["conversation"] == plain["conversation"]);
            CHECK(start(device, {{"opportunity", there.ended}})["conversation"] == ending["conversation"]);
            CHECK(start(device, {{"opportunity", there.open}, {"ending", true}})["conversation"] !=
                  ending["conversation"]);
        }
    }
    GIVEN("calls that cannot be") {
        THEN("they name what is wrong, and nothing begins") {
            const auto other = device.put("account", {{"name", "Dray Logistics"}});
            const auto wrong = [&](const json& more) {
                json params{{"kind", "debrief"}};
                params.update(more);
                return device.refuse("chat.start", params);
            };
            CHECK(wrong({{"account", there.account}, {"ending", true}}).field == "ending");
            CHECK(wrong({{"account", other}, {"opportunity", there.ended}}).field == "account");
            CHECK(device.call("chat.list", json::object())["conversations"].empty());
        }
    }
}
