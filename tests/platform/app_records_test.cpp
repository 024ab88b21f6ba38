#include "app_fixture.hpp"

using namespace debrief;
using namespace debrief::platform;
using namespace debrief::platform::test;

SCENARIO("records are put, read, listed and deleted", "[app][records]") {
    const TempFolder folder;
    Device device{folder};
    device.init();
    const auto account = device.put("account", {{"name", "Brightfield Dairy"}, {"industry", "food"}});
    const auto contact =
        device.put("contact", {{"account", "brightfield  dairy"}, {"name", "Sarah Chen"}, {"role", "COO"}});

    THEN("a record comes back as it was put, its account found by name") {
        CHECK(device.call("record.get", {{"table", "contact"}, {"id", contact}}) ==
              json{{"id", contact}, {"account", account}, {"name", "Sarah Chen"}, {"role", "COO"}});
    }
    THEN("times and sets keep their form") {
        const auto meeting = device.put("meeting", {{"account", account},
                                                    {"title", "Site visit"},
                                                    {"at", "2025-03-18T10:30:00+01:00"},
                                                    {"contacts", {"Sarah Chen"}}});
        const auto read = device.call("record.get", {{"table", "meeting"}, {"id", meeting}});
        CHECK(read["at"] == "2025-03-18T09:30:00Z");
        CHECK(read["contacts"] == json::array({contact}));
        CHECK(read["date"] == "2025-03-18");
        CHECK(
            device.call("record.list", {{"table", "meeting"}, {"where", {{"contacts", contact}}}})["records"].size() ==
            1);
    }
    THEN("lists are filtered, ordered and paged") {
        for (const auto* name : {"Anna", "Bob", "Carla"}) device.put("contact", {{"account", account}, {"name", name}});
        const auto first = device.call("record.list", {{"table", "contact"}, {"order", "-name"}, {"limit", 3}});
        CHECK(first["records"][0]["name"] == "Sarah Chen");
        const auto rest = device.call(
            "record.list", {{"table", "contact"}, {"order", "-name"}, {"limit", 3}, {"after", first["next"]}});
        CHECK(rest["records"][0]["name"] == "Anna");
        CHECK_FALSE(rest.contains("next"));
        CHECK(device
                  .call("record.list",
                        {{"table", "contact"}, {"where", {{"name", {{"greater", "B"}}}, {"role", nullptr}}}})["records"]
                  .size() == 2);
    }
    THEN("every version is in the history") {
        device.call("record.put", {{"table", "contact"}, {"id", contact}, {"fields", {{"role", "CEO"}}}});
        const auto history = device.call("record.history", {{"table", "contact"}, {"id", contact}, {"field", "role"}});
        REQUIRE(history["versions"].size() == 2);
        CHECK(history["versions"][0]["value"] == "COO");
        CHECK(history["versions"][0]["replaced_by"] == history["versions"][1]["version"]);
        CHECK(history["versions"][1]["author_name"] == "Dana Reyes");
        CHECK(history["complete"] == true);
    }
    THEN("the last change of this device is taken back, and a deletion too") {
        device.call("record.put", {{"table", "contact"}, {"id", contact}, {"fields", {{"role", "CEO"}}}});
        CHECK(device.call("record.undo", {{"table", "contact"}, {"id", contact}})["fields"] == nlohmann::json{"role"});
        CHECK(device.call("record.get", {{"table", "contact"}, {"id", contact}})["role"] == "COO");
        device.call("record.delete", {{"table", "contact"}, {"id", contact}});
        device.call("record.undo", {{"table", "contact"}, {"id", contact}});
        CHECK(device.call("record.get", {{"table", "contact"}, {"id", contact}})["role"] == "COO");
    }
    THEN("a deleted record is gone") {
        device.call("record.delete", {{"table", "contact"}, {"id", contact}});
        CHECK(device.refuse("record.get", {{"table", "contact"}, {"id", contact}}).code == core::Errc::not_found);
        CHECK(device.refuse("record.delete", {{"table", "contact"}, {"id", contact}}).code == core::Errc::not_found);
    }
    THEN("what was written can be searched, and hostile words are only words") {
        const auto hits = device.call("search", {{"query", "sarah"}})["hits"];
        REQUIRE(hits.size() == 1);
        CHECK(hits[0]["snippet"] == "[Sarah] Chen");
        CHECK(hits[0]["account"] == account);
        CHECK(device.call("search", {{"query", "\" OR * NEAR(("}})["hits"].empty());
    }
    THEN("owners hear of each change once") {
        device.told.clear();
        device.put("goal", {{"text", "Listen more"}});
        const auto changed = device.told_of("changed");
        REQUIRE(changed.size() == 1);
        CHECK(changed[0]["tables"] == json::array({"goal"}));
    }
}

SCENARIO("what is wrong with a call is named", "[app][records]") {
    const TempFolder folder;
    Device device{folder};
    device.init();
    device.put("account", {{"name", "Harbour One"}});
    device.put("account", {{"name", "Twin"}});
    device.put("account", {{"name", "Twin"}});
    const auto field_of = [&](const std::string& method, const json& params) {
        return device.refuse(method, params).field;
    };

    CHECK(field_of("record.put", {{"table", "account"}, {"fields", {{"name", "X"}}}, {"colour", 1}}) == "colour");
    CHECK(field_of("record.put", {{"table", "account"}}) == "fields");
    CHECK(field_of("record.put", {{"table", "acount"}, {"fields", json::object()}}) == "table");
    CHECK(device.refuse("record.list", {{"table", "acount"}}).hint == "Did you mean 'account'?");
    CHECK(field_of("record.put", {{"table", "account"}, {"fields", {{"nam", "X"}}}}) == "fields.nam");
    CHECK(field_of("record.put", {{"table", "account"}, {"id", "7"}, {"fields", json::object()}}) == "id");
    CHECK(field_of("record.put", {{"table", "meeting"},
                                  {"fields", {{"account", "Harbour One"}, {"at", "2025-03-18"}}}}) == "fields.at");
    CHECK(field_of("record.list", {{"table", "account"}, {"limit", 0}}) == "limit");
    CHECK(field_of("record.list", {{"table", "account"}, {"where", {{"name", {{"like", "x"}}}}}}) == "where.name");
    CHECK(field_of("record.list", {{"table", "account"}, {"order", "-nme"}}) == "order");
    CHECK(device.refuse("journey.get", {{"account", "Harbor One"}}).hint == "Did you mean 'Harbour One'?");
    const auto twin = device.refuse("journey.get", {{"account", "twin"}});
    CHECK(twin.code == core::Errc::ambiguous);
    CHECK(twin.hint.find("Twin (") != std::string::npos);
    CHECK(device.refuse("record.put", {{"table", "message"}, {"fields", {{"text", "x"}}}}).code == core::Errc::invalid);
    CHECK(device.call("drill.due")["turns"].empty());
    CHECK(device.refuse("admin.invite", {{"user", "Ann"}}).code == core::Errc::denied);  // It joined no server.
    CHECK(device.refuse("jorney.get").hint == "Did you mean 'journey.get'?");
    CHECK(device.call("record.list", {{"table", "account"}})["records"].size() == 3);
}

TEST_CASE("another program's writes are noticed, with the records", "[app][notify]") {
    const TempFolder folder;
    Device one{folder};
    one.init();
    Device other{folder};
    other.told.clear();
    const auto id = one.put("account", {{"name", "Harbour"}});
    other.app().poll(std::chrono::milliseconds{0});
    const auto changed = other.told_of("changed");
    REQUIRE(changed.size() == 1);
    CHECK(changed[0]["records"] == json::array({{{"table", "account"}, {"id", id}}}));
    one.app().poll(std::chrono::milliseconds{0});
    CHECK(one.told_of("changed").size() == 2);  // Its own two: the user, the account.
}

TEST_CASE("a reminder comes when its time has come, once", "[app][clock]") {
    const TempFolder folder;
    Device device{folder};
    device.init();
    device.put("task", {{"text", "Send the line plan"}, {"remind_at", "2025-03-20T09:00:00Z"}});
    device.app().poll(std::chrono::milliseconds{0});
    CHECK(device.told_of("reminder").empty());
    device.call("clock.set", {{"now", "2025-03-20T09:00:00Z"}});
    REQUIRE(device.told_of("reminder").size() == 1);
    CHECK(device.told_of("reminder")[0]["text"] == "Send the line plan");
    device.call("clock.set", {{"now", "2025-03-21T09:00:00Z"}});
    device.app().poll(std::chrono::milliseconds{0});
    CHECK(device.told_of("reminder").size() == 1);
}
