// The whole public export, against figures counted by plain code over the same files.
#include <chrono>
#include <cstdio>
#include <map>
#include <set>
#include <sstream>

#include "tests/core/import_world.hpp"

using namespace debrief::core;
using namespace debrief::core::testing;

namespace {

using Row = std::vector<std::string>;

/// The files hold no quotes, so that cutting at commas is enough.
std::vector<Row> rows_of(const std::string& text) {
    std::vector<Row> rows;
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);) {
        Row row;
        std::istringstream cells{line};
        for (std::string cell; std::getline(cells, cell, ',');) row.push_back(cell);
        row.resize(8);
        rows.push_back(row);
    }
    rows.erase(rows.begin());
    return rows;
}
/// Sorts as the day does.
std::string sortable(const std::string& day) {
    int month = 0, date = 0, year = 0;
    if (std::sscanf(day.c_str(), "%d/%d/%d", &month, &date, &year) != 3) return "";
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02d-%02d", year % 10000, month % 100, date % 100);
    return text;
}

enum Column { id, agent, product, account, stage, engaged, closed, value };

}  // namespace

TEST_CASE("the public CRM export comes in whole, each flaw reported with its count", "[core][import]") {
    ImportWorld world;
    const ImportFiles files = crm_files();
    std::size_t calls = 0, last = 0, total = 0;
    world.options.progress = [&](std::size_t done, std::size_t of) {
        CHECK(done >= last);
        last = done;
        total = of;
        ++calls;
    };
    const auto begin = std::chrono::steady_clock::now();
    const ImportReport report = world.import("crm-csv", files);
    CHECK(std::chrono::steady_clock::now() - begin <
          std::chrono::seconds{30});  // 0.8 s on two cores; a busy machine takes longer.

    const auto pipeline = rows_of(files.at("sales_pipeline.csv"));
    const auto teams = rows_of(files.at("sales_teams.csv"));
    CHECK(report.rejected.empty());
    CHECK(report.tables.at("account").created == 85);
    CHECK(report.tables.at("opportunity").created == 8800);
    CHECK(report.tables.at("user").created == 41);
    CHECK(report.tables.at("team").created == 9);
    CHECK(report.tables.at("member").created == 35);
    CHECK(report.tables.at("assignment").created == 633);
    CHECK(report.records.created == 85 + 8800 + 41 + 9 + 35 + 633);
    CHECK(report.records.changed + report.records.unchanged == 0);
    CHECK(last == report.records.created);
    CHECK(total == last);
    CHECK(calls > 10);

    std::map<std::string, std::size_t> counts;
    for (const ImportAnomaly& one : report.anomalies) {
        CHECK(counts.emplace(one.kind, one.count).second);  // Each is reported once.
        CHECK_FALSE(one.done.empty());
    }
    CHECK(counts == std::map<std::string, std::size_t>{{"misspelt_sector", 12},
                                                       {"misspelt_country", 1},
                                                       {"misspelt_product", 1480},
                                                       {"no_account", 1425},
                                                       {"equal_rows", 352},
                                                       {"many_agents", 85},
                                                       {"agent_without_opportunity", 5},
                                                       {"managers_under_office", 6},
                                                       {"reason_unknown", 2473},
                                                       {"undecided_inferred", 1291},
                                                       {"currency_assumed", 4238},
                                                       {"units_assumed", 85}});
    CHECK(anomaly(report, "many_agents")->done.find("10 to 30 agents") == 0);
    CHECK(anomaly(report, "misspelt_country")->lines == std::vector<std::size_t>{5});
    CHECK(anomaly(report, "undecided_inferred")->done.find("138 days, counted to 2017-12-31") != std::string::npos);

    std::map<Uuid, std::string> account_names, user_names;
    for (const Record& one : world.all("account")) account_names[one.id] = one.text("name");
    for (const Record& one : world.all("user")) user_names[one.id] = one.text("name");

    SECTION("every opportunity is the row of its id, at home with its account or its agent") {
        std::map<std::string, Record> by_key;
        for (const Record& one : world.all("opportunity")) by_key.emplace(one.text("external_key"), one);
        REQUIRE(by_key.size() == pipeline.size());
        std::size_t wrong = 0, inferred = 0;
        const std::map<std::string, std::string> outcomes{
            {"Won", "bought"}, {"Lost", "not_bought"}, {"Engaging", "open"}, {"Prospecting", "open"}};
        for (const Row& row : pipeline) {
            const Record& one = by_key.at(row[id]);
            bool right = one.text("outcome") == outcomes.at(row[stage]);
            right &= one.text("product") == (row[product] == "GTXPro" ? "GTX Pro" : row[product]);
            right &= one.text("engaged_on") == sortable(row[engaged]) && one.text("ended_on") == sortable(row[closed]);
            right &= one.ref("owner") && user_names[*one.ref("owner")] == row[agent];
            right &= one.flag("needs_account") == row[account].empty();
            if (row[account].empty()) {
                right &= !one.ref("account") && one.scope == "user/" + one.ref("owner")->text();
            } else {
                right &= one.ref("account") && account_names[*one.ref("account")] == row[account];
                right &= one.scope == "account/" + one.ref("account")->text();
            }
            const bool won = row[stage] == "Won";
            right &= won ? one.integer("amount") == std::stoll(row[value]) * 100 && one.text("currency") == "USD"
                         : !one.integer("amount");
            // 138 days before the newest day in the file.
            const bool old =
                one.text("outcome") == "open" && !row[engaged].empty() && sortable(row[engaged]) < "2017-08-15";
            right &= one.text("outcome_inferred") == (old ? "undecided" : "");
            inferred += old ? 1 : 0;
            if (!right && ++wrong < 4) UNSCOPED_INFO(row[id]);
        }
        CHECK(wrong == 0);
        CHECK(inferred == 1291);
    }

    SECTION("owners, others who serve, and nobody else") {
        std::map<std::string, std::pair<std::string, std::string>> latest;  // Account → day and id.
        std::map<std::string, std::string> owner;
        std::map<std::string, std::set<std::string>> serving;
        for (const Row& row : pipeline) {
            if (row[account].empty()) continue;
            if (row[stage] == "Engaging" || row[stage] == "Prospecting") serving[row[account]].insert(row[agent]);
            const std::string day = sortable(row[engaged]);
            auto& best = latest[row[account]];
            if (best.second.empty() || day > best.first || (day == best.first && row[id] < best.second)) {
                best = {day, row[id]};
                owner[row[account]] = row[agent];
            }
        }
        for (const auto& [name, who] : owner) serving[name].insert(who);
        std::map<std::string, std::set<std::string>> assigned;
        std::map<std::string, std::string> owning;
        for (const Record& one : world.all("assignment")) {
            const std::string name = account_names.at(*one.ref("account"));
            CHECK(one.scope == "account/" + one.ref("account")->text());
            assigned[name].insert(user_names.at(*one.ref("user")));
            if (one.flag("owner")) CHECK(owning.emplace(name, user_names.at(*one.ref("user"))).second);
        }
        CHECK(assigned == serving);
        CHECK(owning == owner);
        for (const Record& one : world.all("account"))
            CHECK(user_names.at(*one.ref("owner")) == owner.at(one.text("name")));
    }

    SECTION("agents are reps in their manager's team, below the team of the office") {
        std::map<Uuid, Record> by_id;
        for (const Record& one : world.all("team")) by_id.emplace(one.id, one);
        std::map<std::string, std::pair<std::string, std::string>> placed;
        for (const Record& one : world.all("member")) {
            const Record& team = by_id.at(*one.ref("team"));
            placed[user_names.at(*one.ref("user"))] = {user_names.at(*team.ref("manager")),
                                                       by_id.at(*team.ref("parent")).text("name")};
        }
        REQUIRE(placed.size() == teams.size());
        for (const Row& row : teams) CHECK(placed.at(row[0]) == std::pair{row[1], row[2]});
        CHECK(world.all("user", {{"role", Where::Op::equal, "manager"}}).size() == 6);
        CHECK(world.all("user", {{"role", Where::Op::equal, "rep"}}).size() == 35);
    }

    SECTION("accounts are read with units marked as assumed") {
        const Record acme = world.only("account", "name", "Acme Corporation");
        CHECK(acme.text("industry") == "technology");
        CHECK(acme.integer("revenue") == 110004000000);
        CHECK(acme.integer("employees") == 2822);
        CHECK(acme.text("founded") == "1996");
        CHECK(acme.text("source") == "crm-csv (currency and units assumed)");
        CHECK(world.only("account", "name", "Codehow").ref("parent") == acme.id);
        CHECK(world.only("account", "name", "Bioholding").text("country") == "Philippines");
    }

    SECTION("running it again changes nothing") {
        last = 0;
        const ImportReport again = world.import("crm-csv", files);
        CHECK(again.records.created == 0);
        CHECK(again.records.changed == 0);
        CHECK(again.records.unchanged == report.records.created);
        CHECK(world.all("opportunity").size() == 8800);
        CHECK(count_of(again, "no_account") == 1425);  // Still odd, so still reported.
        CHECK(count_of(again, "kept_here") == 0);
    }
}
