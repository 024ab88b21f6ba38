// Undo is a new change with the former values; it never goes over what somebody else wrote.
#include <catch2/catch.hpp>

#include "core/catalogue/scope.hpp"
#include "core/store/undo.hpp"
#include "tests/core/support/little_server.hpp"

using namespace debrief::core;
using namespace debrief::core::test;

namespace {

const Uuid acme = id_of(1), ada = id_of(100), meeting = id_of(200);

Put role(const char* value) {
    return {"contact", ada, {{"account", acme}, {"name", "Ada"}, {"role", value}}, std::nullopt};
}

}  // namespace

SCENARIO("the last own change of a record is taken back", "[core][undo]") {
    LittleServer server;
    Device rep{1}, other{2};
    const auto meet = [&] {
        for (auto* device : {&rep, &other}) server.push(*device);
        for (auto* device : {&rep, &other}) server.pull(*device, {account_scope(acme)});
    };
    const auto shown_role = [&](Device& device) { return must(device->get("contact", ada))->text("role"); };
    must(rep->write({role("CTO")}));
    must(rep->write({role("CEO")}));

    WHEN("it has synced already") {
        meet();
        CHECK(must(undo(rep.records(), "contact", ada)) == std::vector<std::string>{"role"});
        THEN("the former value is a new change, and everybody sees it") {
            CHECK(shown_role(rep) == "CTO");
            CHECK(must(rep.store->last_n()) == 3);
            meet();
            CHECK(shown_role(other) == "CTO");
            CHECK(must(other->history("contact", ada, "role")).versions.size() == 3);
        }
        THEN("undone again it is back") {
            must(undo(rep.records(), "contact", ada));
            CHECK(shown_role(rep) == "CEO");
        }
    }
    WHEN("somebody else has changed it since") {
        meet();
        must(other->write({role("Chair")}));
        meet();
        const auto refused = undo(rep.records(), "contact", ada);
        THEN("it is refused, with the field, and nothing is changed") {
            REQUIRE_FALSE(refused);
            CHECK(refused.error().code == Errc::invalid);
            CHECK(refused.error().field == "role");
            CHECK(shown_role(rep) == "Chair");
            CHECK(must(rep.store->last_n()) == 2);
        }
    }
    WHEN("somebody else changed it without having seen it") {
        meet();
        must(rep->write({role("Owner")}));
        must(other->write({role("Chair")}));
        meet();
        CHECK(undo(rep.records(), "contact", ada).error().field == "role");
    }
    WHEN("the record was deleted") {
        must(rep->write({Delete{"contact", ada}}));
        CHECK(must(undo(rep.records(), "contact", ada)) == std::vector<std::string>{"deleted"});
        CHECK(shown_role(rep) == "CEO");
        AND_WHEN("that is undone") {
            must(undo(rep.records(), "contact", ada));
            CHECK_FALSE(must(rep->get("contact", ada)));
        }
    }
    WHEN("the change made the record") {
        must(rep->write({Put{"meeting", meeting, {{"account", acme}, {"at", std::int64_t{1}}}, std::nullopt}}));
        CHECK(must(undo(rep.records(), "meeting", meeting)) == std::vector<std::string>{"deleted"});
        CHECK_FALSE(must(rep->get("meeting", meeting)));
    }
    WHEN("it changed who was at a meeting") {
        UuidSet one{ada};
        must(
            rep->write({Put{"meeting", meeting, {{"account", acme}, {"at", std::int64_t{1}}, {"contacts", one}}, {}}}));
        must(rep->write({Put{"meeting", meeting, {{"contacts", UuidSet{id_of(101)}}}, {}}}));
        CHECK(must(undo(rep.records(), "meeting", meeting)) == std::vector<std::string>{"contacts"});
        CHECK(*must(rep->get("meeting", meeting))->find("contacts") == Value{one});
    }
    WHEN("this device wrote nothing there") {
        meet();
        CHECK(undo(other.records(), "contact", ada).error().code == Errc::invalid);
    }
}
