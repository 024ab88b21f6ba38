// Whoever deletes a record has seen all of its values: nothing of it is left to choose.
#include <catch2/catch.hpp>

#include "core/catalogue/scope.hpp"
#include "tests/core/support/little_server.hpp"

using namespace debrief::core;
using namespace debrief::core::test;

TEST_CASE("a deleted record has no conflicts; a deletion that met an unseen edit is one", "[core][conflict]") {
    const Uuid acme = id_of(1), ada = id_of(100);
    const auto role = [&](const char* value) {
        return Put{"contact", ada, {{"account", acme}, {"name", "Ada"}, {"role", value}}, std::nullopt};
    };
    LittleServer server;
    Device rep{1}, other{2};
    const auto meet = [&] {
        for (auto* device : {&rep, &other}) server.push(*device);
        for (auto* device : {&rep, &other}) server.pull(*device, {account_scope(acme)});
    };
    must(rep->write({role("CTO")}));
    meet();
    must(rep->write({role("CEO")}));
    must(other->write({role("Chair")}));
    meet();
    REQUIRE(must(rep->conflicts()).size() == 1);

    must(rep->write({Delete{"contact", ada}}));
    CHECK(must(rep->conflicts()).empty());
    CHECK(must(rep.store->counts()).conflicts == 0);
    must(other->write({role("Owner")}));  // Has not seen the deletion.
    meet();
    for (auto* device : {&rep, &other}) {
        CHECK(must((*device)->get("contact", ada)).has_value());
        const auto conflicts = must((*device)->conflicts());
        REQUIRE(conflicts.size() == 1);
        CHECK(conflicts[0].field == deleted_field);
    }
}
