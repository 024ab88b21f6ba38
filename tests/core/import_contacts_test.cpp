#include "tests/core/import_world.hpp"

using namespace debrief::core;
using namespace debrief::core::testing;

SCENARIO("a list of contacts as other programs export it", "[core][import]") {
    ImportWorld world;
    const Uuid acme = world.put("account", {{"name", "Acme"}});
    world.put("account", {{"name", "Twin"}});
    world.put("account", {{"name", "Twin"}});

    GIVEN("columns as Salesforce names them") {
        const ImportFiles files{{"contacts.csv",
                                 "First Name,Last Name,Account Name,Title,Email,Phone\n"
                                 "Sarah,Lind,ACME,CFO,Sarah.Lind@acme.example,+1 555 0100\n"
                                 "Tom,Becker,Acme,,,\n"
                                 ",,Acme,CIO,,\n"
                                 "Kim,Wu,Nowhere Inc,,,\n"
                                 "Ann,Lee,Twin,,,\n"
                                 "Sarah,Lind,Acme,CEO,sarah.lind@acme.example,\n"}};
        const ImportReport report = world.import("contacts-csv", files);
        THEN("who is clear goes in, the others are named") {
            CHECK(report.records.created == 2);
            const Record sarah = world.only("contact", "name", "Sarah Lind");
            CHECK(sarah.text("role") == "CFO");
            CHECK(sarah.ref("account") == acme);
            REQUIRE(report.rejected.size() == 4);
            CHECK(report.rejected[0].reason == "no name");
            CHECK(report.rejected[1].reason == "there is no account called Nowhere Inc here");
            CHECK(report.rejected[2].reason == "2 accounts are called Twin");
            CHECK(report.rejected[3].reason == "Sarah Lind stands in line 2 too");
        }
        THEN("running it again changes nothing, and an empty cell takes nothing away") {
            const Record tom = world.only("contact", "name", "Tom Becker");
            REQUIRE(world.store->write({Put{"contact", tom.id, {{"role", "IT lead"}}, {}}}));
            const ImportReport again = world.import("contacts-csv", files);
            CHECK(again.records.unchanged == 2);
            CHECK(again.records.created + again.records.changed == 0);
            CHECK(world.only("contact", "name", "Tom Becker").text("role") == "IT lead");
        }
    }
    GIVEN("ids, as HubSpot exports them") {
        const std::string head = "Record ID,Name,Job Title,Company Name\n";
        world.import("contacts-csv", {{"a", head + "77,Sarah Lind,CFO,Acme\n"}});
        WHEN("somebody has another name now") {
            world.import("contacts-csv", {{"a", head + "77,Sarah Lind-Moss,CFO,Acme\n"}});
            THEN("it is the same person") {
                REQUIRE(world.all("contact").size() == 1);
                CHECK(world.all("contact").front().text("name") == "Sarah Lind-Moss");
            }
        }
    }
    GIVEN("a file without accounts") {
        const auto result =
            import_files(*world.store, "contacts-csv", {{"a", "name,email\nSarah,s@x.example\n"}}, world.options);
        THEN("it says what is missing") {
            REQUIRE_FALSE(result);
            CHECK(result.error().detail == "a has no column for the account.");
        }
    }
}
