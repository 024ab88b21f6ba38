#include "tests/core/import_world.hpp"

using namespace debrief::core;
using namespace debrief::core::testing;

namespace {

const std::string teams = "sales_agent,manager,regional_office\nAnn,Mia,West\nBob,Mia,West\nCem,Noa,East\n";
const std::string head = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n";
const std::string rows =
    "O1,Ann,GTX Pro,Acme,Engaging,1/1/2017,,\n"
    "O2,Bob,GTX Pro,Acme,Lost,1/2/2017,2/2/2017,0\n"
    "O3,Cem,GTX Pro,,Prospecting,,,\n";

}  // namespace

SCENARIO("an import that is run again", "[core][import]") {
    ImportWorld world;
    const ImportFiles files{{"teams", teams}, {"pipeline", head + rows}};
    world.import("crm-csv", files);

    WHEN("a rep has learned meanwhile why they did not buy") {
        const Record lost = world.only("opportunity", "external_key", "O2");
        REQUIRE(world.store->write({Put{"opportunity", lost.id, {{"outcome", "stayed"}}, {}}}));
        const ImportReport report = world.import("crm-csv", files);
        THEN("the old value of the file does not take that away") {
            CHECK(world.only("opportunity", "external_key", "O2").text("outcome") == "stayed");
            CHECK(report.records.changed == 0);
            CHECK(count_of(report, "kept_here") == 1);
        }
    }
    WHEN("the file itself has news") {
        std::string later = rows;
        later.replace(later.find("Engaging,1/1/2017,,"), 19, "Won,1/1/2017,3/1/2017,120.50");
        const ImportReport report = world.import("crm-csv", {{"teams", teams}, {"pipeline", head + later}});
        THEN("they come in") {
            const Record won = world.only("opportunity", "external_key", "O1");
            CHECK(won.text("outcome") == "bought");
            CHECK(won.text("ended_on") == "2017-03-01");
            CHECK(won.integer("amount") == 12050);
            CHECK(report.tables.at("opportunity").changed == 1);
        }
        THEN("who has nothing open any more keeps the account until somebody decides otherwise") {
            CHECK(count_of(report, "duty_not_in_file") == 1);  // Ann's.
            CHECK(world.all("assignment").size() == 2);
        }
    }
    WHEN("an administrator has taken a duty away") {
        const Record ann = world.only("user", "name", "Ann");
        const Record duty = world.only("assignment", "user", ann.id);
        REQUIRE(world.store->write({Delete{"assignment", duty.id}}));
        const ImportReport report = world.import("crm-csv", files);
        THEN("it is not given again") {
            CHECK(world.all("assignment", {{"user", Where::Op::equal, ann.id}}).empty());
            CHECK(count_of(report, "duty_taken_away_here") == 1);
        }
    }
    WHEN("the file goes back to a value that it had before") {
        const auto with = [&](const std::string& product) {
            std::string text = rows;
            text.replace(text.find("GTX Pro"), 7, product);
            return ImportFiles{{"teams", teams}, {"pipeline", head + text}};
        };
        world.import("crm-csv", with("GTX Basic"));
        REQUIRE(world.only("opportunity", "external_key", "O1").text("product") == "GTX Basic");
        const ImportReport third = world.import("crm-csv", with("GTX Pro"));
        THEN("that is news as well") {
            CHECK(world.only("opportunity", "external_key", "O1").text("product") == "GTX Pro");
            CHECK(third.tables.at("opportunity").changed == 1);
            CHECK(count_of(third, "kept_here") == 0);
            CHECK(world.import("crm-csv", with("GTX Pro")).records.changed == 0);
        }
    }
    WHEN("an opportunity was deleted here") {
        REQUIRE(world.store->write({Delete{"opportunity", world.only("opportunity", "external_key", "O2").id}}));
        const ImportReport report = world.import("crm-csv", files);
        THEN("it stays deleted, and the report says so") {
            CHECK(world.all("opportunity").size() == 2);
            CHECK(report.records.created == 0);
            REQUIRE(count_of(report, "deleted_here") == 1);
            CHECK(anomaly(report, "deleted_here")->lines == std::vector<std::size_t>{3});
        }
    }
    WHEN("an account was deleted here") {
        REQUIRE(world.store->write({Delete{"account", world.only("account", "name", "Acme").id}}));
        const std::string more = rows + "O4,Ann,GTX Pro,Acme,Engaging,1/1/2017,,\n";
        const ImportReport report = world.import("crm-csv", {{"teams", teams}, {"pipeline", head + more}});
        THEN("it stays deleted with what the file still brings for it") {
            CHECK(world.all("account").empty());
            CHECK(world.all("opportunity").size() == 3);
            CHECK(count_of(report, "deleted_here") == 2);
        }
    }
    WHEN("a duty vanishes from a file that is the whole CRM") {
        std::string later = rows;
        later.replace(later.find("Engaging,1/1/2017,,"), 19, "Won,1/1/2017,3/1/2017,120.50");
        const Uuid by_hand = world.put("assignment", {{"account", world.only("account", "name", "Acme").id},
                                                      {"user", world.only("user", "name", "Cem").id}});
        world.options.remove_missing = true;
        const ImportReport report = world.import("crm-csv", {{"teams", teams}, {"pipeline", head + later}});
        THEN("it is taken away; what somebody gave by hand is not") {
            CHECK(count_of(report, "duty_removed") == 1);
            CHECK(count_of(report, "duty_not_in_file") == 1);
            CHECK(world.all("assignment").size() == 2);
            CHECK(world.only("assignment", "id", by_hand).id == by_hand);
        }
    }
    WHEN("an agent has another manager now") {
        std::string moved = teams;
        moved.replace(moved.find("Ann,Mia,West"), 12, "Ann,Noa,East");
        world.import("crm-csv", {{"teams", moved}, {"pipeline", head + rows}});
        THEN("the old manager's team no longer holds them") {
            const Record ann = world.only("user", "name", "Ann");
            const Record member = world.only("member", "user", ann.id);
            const Record noa = world.only("user", "name", "Noa");
            CHECK(world.only("team", "manager", noa.id).id == member.ref("team"));
        }
    }
}

SCENARIO("an import that was broken off is finished by the next one", "[core][import]") {
    ImportWorld world;
    const ImportFiles files = crm_files();
    std::size_t through = 0;
    world.options.progress = [&](std::size_t done, std::size_t) { through = done; };
    world.options.stop = [&] { return through >= 2000; };
    const auto stopped = import_files(*world.store, "crm-csv", files, world.options);
    REQUIRE_FALSE(stopped);
    CHECK(stopped.error().code == Errc::cancelled);
    const std::size_t there = world.all("opportunity").size();
    CHECK(there > 0);
    CHECK(there < 8800);
    world.options = {.today = world.options.today};
    const ImportReport report = world.import("crm-csv", files);
    CHECK(report.tables.at("opportunity").created == 8800 - there);
    CHECK(report.records.changed == 0);
    CHECK(world.all("opportunity").size() == 8800);
    CHECK(world.all("assignment").size() == 633);
}

SCENARIO("how far an import is can be seen, and it can be stopped, whether it writes or not", "[core][import]") {
    ImportWorld world;
    const ImportFiles files = crm_files();
    std::vector<std::pair<std::size_t, std::size_t>> told;
    world.options.progress = [&](std::size_t done, std::size_t of) { told.emplace_back(done, of); };
    const auto check_told = [&] {
        CHECK(told.size() >= 18);  // Every 500 of about 9,500.
        CHECK(std::is_sorted(told.begin(), told.end()));
        CHECK(told.back().first == told.back().second);
        for (const auto& [done, of] : told) CHECK(of == told.front().second);
        told.clear();
    };
    world.import("crm-csv", files);
    check_told();

    WHEN("all of it is here already") {
        CHECK(world.import("crm-csv", files).records.created == 0);
        check_told();
        world.options.stop = [&] { return told.size() >= 3; };
        const auto stopped = import_files(*world.store, "crm-csv", files, world.options);
        REQUIRE_FALSE(stopped);
        CHECK(stopped.error().code == Errc::cancelled);
        CHECK(told.size() == 3);
    }
    WHEN("it is still reading") {
        std::size_t asked = 0;
        world.options.stop = [&] { return ++asked == 2; };
        const auto stopped = import_files(*world.store, "crm-csv", files, world.options);
        REQUIRE_FALSE(stopped);
        CHECK(stopped.error().code == Errc::cancelled);
        CHECK(told.empty());
    }
    WHEN("the rows of a list come to nothing") {
        std::string contacts = "name,account\n", events;
        for (int i = 0; i < 2000; ++i) {
            const std::string n = std::to_string(i);
            contacts += "Somebody " + n + ",Nowhere\n";
            events += "BEGIN:VEVENT\r\nUID:" + n + "\r\nDTSTART:20251125T100000Z\r\nSUMMARY:Lunch\r\nEND:VEVENT\r\n";
        }
        const std::string calendar = "BEGIN:VCALENDAR\r\n" + events + "END:VCALENDAR\r\n";
        for (const auto& [format, text] : {std::pair{"contacts-csv", contacts}, {"ics", calendar}}) {
            INFO(format);
            CHECK(world.import(format, {{"a", text}}).records.created == 0);
            CHECK(told.size() >= 4);
            CHECK(told.front() == std::pair<std::size_t, std::size_t>{500, 2001 - (format[0] == 'i' ? 1 : 0)});
            CHECK(told.back().first == told.back().second);
            told.clear();
        }
    }
}

TEST_CASE("a dry run tells the same and writes nothing", "[core][import]") {
    ImportWorld world;
    world.options.dry_run = true;
    const ImportReport report = world.import("crm-csv", {{"teams", teams}, {"pipeline", head + rows}});
    CHECK(report.tables.at("opportunity").created == 3);
    CHECK(world.all("opportunity").empty());
    CHECK(world.all("user").empty());
}

SCENARIO("people whom the store knows already are the same people", "[core][import]") {
    GIVEN("a workspace of one, whose user is an agent of the file") {
        ImportWorld world{"Ann"};
        world.import("crm-csv", {{"teams", teams}, {"pipeline", head + rows}});
        THEN("the agent is that user") {
            CHECK(world.only("user", "name", "Ann").id == world.store->identity().user);
        }
    }
    GIVEN("a user whom an administrator has entered") {
        ImportWorld world;
        const Uuid ann = world.put("user", {{"name", "Ann"}, {"role", "admin"}});
        world.import("crm-csv", {{"teams", teams}, {"pipeline", head + rows}});
        THEN("the role given there stays") {
            const Record user = world.only("user", "name", "Ann");
            CHECK(user.id == ann);
            CHECK(user.text("role") == "admin");
        }
    }
    GIVEN("a device that may not write the directory") {
        ImportWorld world{"Ann"};
        world.options.directory = false;
        const ImportReport report = world.import("crm-csv", {{"teams", teams}, {"pipeline", head + rows}});
        THEN("nobody is made, and what belongs into another's scope is refused") {
            CHECK(world.all("user").empty());
            CHECK(world.all("assignment").empty());
            REQUIRE(report.rejected.size() == 1);
            CHECK(report.rejected[0].line == 4);
            CHECK(report.rejected[0].reason.find("Cem") != std::string::npos);
            CHECK(world.all("opportunity").size() == 2);
        }
    }
}

TEST_CASE("an unknown format names the known ones", "[core][import]") {
    ImportWorld world;
    const auto result = import_files(*world.store, "xls", {}, world.options);
    REQUIRE_FALSE(result);
    CHECK(result.error().hint == "Formats: crm-csv, contacts-csv, ics.");
}
