#include <fstream>
#include <iterator>

#include "tests/platform/app_fixture.hpp"

using namespace debrief;
using namespace debrief::platform;
using namespace debrief::platform::test;

namespace {

bool anywhere(const TempFolder& folder, const std::string& word) {
    for (const auto& file : std::filesystem::recursive_directory_iterator(folder.path())) {
        if (!file.is_regular_file()) continue;
        std::ifstream in{file.path(), std::ios::binary};
        const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
        if (bytes.find(word) != std::string::npos) return true;
    }
    return false;
}

}  // namespace

SCENARIO("a person is erased through the door", "[app][erase]") {
    TempFolder folder;
    Device device{quiet_config(folder)};
    device.call("store.init", {{"workspace", "W"}, {"user", "Jonas"}});
    const auto put = [&](const std::string& table, json fields) {
        return device.call("record.put", {{"table", table}, {"fields", std::move(fields)}})["id"].get<std::string>();
    };
    const auto account = put("account", {{"name", "Brightfield"}, {"note", "Ask Wolframite about the line"}});
    const auto contact = put("contact", {{"account", account}, {"name", "Sarah Wolframite"}, {"role", "CFO"}});
    put("contact", {{"account", account}, {"name", "Bo Feldspar"}});
    const auto started = device.call("chat.start", {{"kind", "debrief"}, {"account", account}});
    const auto conversation = started["conversation"].get<std::string>();
    device.call("chat.say",
                {{"conversation", conversation},
                 {"text", "Sarah Wolframite fears that the Gneissite line stops for three weeks when they switch."}});
    const auto fact = put("observation", {{"account", account},
                                          {"dimension", "concern"},
                                          {"text", "She fears the Molybdenite stop"},
                                          {"person", contact},
                                          {"said_on", "2025-03-18"},
                                          {"state", "confirmed"}});

    WHEN("neither or both are named") {
        CHECK(device.refuse("erase", json::object()).field == "contact");
        CHECK(device.refuse("erase", {{"contact", contact}, {"message", fact}}).field == "contact");
        CHECK(device.refuse("erase", {{"contact", "Nobody"}}).code == core::Errc::not_found);
        CHECK(device.refuse("erase", {{"message", fact}}).code == core::Errc::not_found);
        const json nowhere = json::array({{{"id", account}, {"field", "employees"}}});
        CHECK(device.refuse("erase", {{"contact", contact}, {"also", nowhere}}).field == "also");
        CHECK(anywhere(folder, "Molybdenite"));
    }
    WHEN("she is named") {
        const auto done = device.call("erase", {{"contact", "Sarah Wolframite"}});
        CHECK(done["removed"]["contact"] == 1);
        CHECK(done["removed"]["observation"].get<int>() >= 1);
        CHECK_FALSE(anywhere(folder, "Molybdenite"));
        CHECK(device.call("record.get", {{"table", "contact"}, {"id", contact}})["name"] == "erased");
        const auto shifted = device.call("journey.changes", {{"account", account}, {"from", "2025-03-01"}})["changes"];
        REQUIRE(shifted.size() == 1);
        CHECK(shifted[0]["after"] == "Bo Feldspar");
        CHECK(device.call("record.get", {{"table", "observation"}, {"id", fact}})["dimension"] == "concern");
        // The conversation and the journey can still be opened.
        CHECK_FALSE(device.call("chat.get", {{"conversation", conversation}})["messages"].empty());
        CHECK(device.call("journey.get", {{"account", account}}).contains("dimensions"));

        THEN("what merely names her waits for a word, and then goes too") {
            bool note = false;
            for (const auto& hit : done["to_confirm"]) note = note || hit["field"] == "note";
            CHECK(note);
            CHECK(anywhere(folder, "Wolframite"));
            device.call("erase", {{"contact", contact}, {"also", done["to_confirm"]}});
            CHECK_FALSE(anywhere(folder, "Wolframite"));
            CHECK_FALSE(anywhere(folder, "wolframite"));
            CHECK_FALSE(anywhere(folder, "Gneissite"));
            CHECK(device.call("record.get", {{"table", "account"}, {"id", account}})["name"] == "Brightfield");
            CHECK(anywhere(folder, "Feldspar"));
            CHECK_FALSE(device.call("chat.get", {{"conversation", conversation}})["messages"].empty());
        }
    }
}

SCENARIO("what the rep wants forgotten is erased from the middle of a debrief", "[app][erase]") {
    TempFolder folder;
    Device device{quiet_config(folder)};
    device.call("store.init", {{"workspace", "W"}, {"user", "Jonas"}});
    const auto account = device.put("account", {{"name", "Brightfield"}});
    const auto conversation = device.call("chat.start", {{"kind", "debrief"}, {"account", account}})["conversation"];
    const auto say = [&](const std::string& text) {
        return device.call("chat.say", {{"conversation", conversation}, {"text", text}});
    };
    say("They lose two batches a month because the valve sticks.");
    const auto before = device.call("chat.get", {{"conversation", conversation}})["understood"].size();
    say("Sarah Wolframite fears that the Gneissite line stops for three weeks when they switch.");
    REQUIRE(device.call("chat.get", {{"conversation", conversation}})["understood"].size() > before);
    CHECK(anywhere(folder, "Gneissite"));
    const auto reply = say("please forget what I just said");
    THEN("the words are nowhere in the store's files, and the debrief goes on") {
        CHECK(reply["messages"][0]["text"].get<std::string>().rfind("Erased:", 0) == 0);
        CHECK_FALSE(anywhere(folder, "Gneissite"));
        CHECK_FALSE(anywhere(folder, "gneissite"));
        CHECK_FALSE(anywhere(folder, "Wolframite"));
        CHECK(reply["state"]["phase"] == "asking");
        CHECK_FALSE(reply["state"]["open"].is_null());
        const auto got = device.call("chat.get", {{"conversation", conversation}});
        CHECK(got["understood"].size() == before);
        CHECK(got["understood"][0]["text"].get<std::string>().find("batches") != std::string::npos);
        AND_THEN("undo does not bring them back") {
            device.call("chat.act", {{"conversation", conversation}, {"action", "undo"}});
            CHECK_FALSE(anywhere(folder, "Gneissite"));
        }
        AND_THEN("said again, the line before it goes") {
            say("forget that");
            CHECK_FALSE(anywhere(folder, "batches"));
            CHECK(say("forget that")["messages"][0]["text"].get<std::string>().rfind("There is no line", 0) == 0);
        }
    }
}
