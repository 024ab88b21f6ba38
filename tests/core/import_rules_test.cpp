#include <catch2/catch.hpp>

#include "core/import/crm_rules.hpp"
#include "core/import/crm_spelling.hpp"

using namespace debrief::core;
using namespace debrief::core::intake;

namespace {

constexpr std::string_view header =
    "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n";

CrmData pipeline(const std::string& rows, Findings& findings) {
    auto data = read_crm({{"pipeline", std::string{header} + rows}}, findings);
    REQUIRE(data);
    return std::move(*data);
}
std::string agent_name(const CrmData& data, std::optional<std::size_t> index) {
    return index ? data.agents[*index].name : "";
}

}  // namespace

SCENARIO("who owns an account shows in its opportunities", "[core][import]") {
    Findings findings;
    GIVEN("three agents at one account") {
        const CrmData data = pipeline(
            "A1,Ann,GTX Pro,Acme,Won,1/1/2017,2/1/2017,10\n"
            "B1,Bob,GTX Pro,Acme,Engaging,3/1/2017,,\n"
            "C1,Cem,GTX Pro,Acme,Lost,5/1/2017,6/1/2017,0\n"
            "A2,Ann,GTX Pro,Acme,Prospecting,,,\n",
            findings);
        const CrmRules rules = apply_rules(data);
        THEN("the one who engaged last owns it, and the others serve it only with something open") {
            CHECK(agent_name(data, rules.duties[0].owner) == "Cem");
            REQUIRE(rules.duties[0].others.size() == 2);  // Ann by her prospect, Bob by what he has engaged.
            CHECK(rules.duties[0].touched_by == 3);
        }
    }
    GIVEN("two who engaged on the same day") {
        const CrmData data = pipeline(
            "Z9,Ann,GTX Pro,Acme,Won,1/1/2017,2/1/2017,10\n"
            "B1,Bob,GTX Pro,Acme,Won,1/1/2017,2/1/2017,10\n",
            findings);
        const CrmRules rules = apply_rules(data);
        THEN("the lower opportunity id decides, and who has nothing open serves no longer") {
            CHECK(agent_name(data, rules.duties[0].owner) == "Bob");
            CHECK(rules.duties[0].others.empty());
        }
    }
}

SCENARIO("an opportunity that nobody ever decided is inferred, against the file's own clock", "[core][import]") {
    Findings findings;
    const CrmData data = pipeline(
        "A,Ann,GTX Pro,Acme,Won,1/1/2017,1/31/2017,10\n"  // 30 days: the longest that a decision took.
        "B,Ann,GTX Pro,Acme,Engaging,2/1/2017,,\n"        // Open for 31 days on 3/4.
        "C,Ann,GTX Pro,Acme,Engaging,2/2/2017,,\n"        // Exactly 30.
        "D,Ann,GTX Pro,Acme,Lost,2/20/2017,3/4/2017,0\n"
        "E,Ann,GTX Pro,Acme,Prospecting,,,\n",
        findings);
    const CrmRules rules = apply_rules(data);
    CHECK(rules.longest_decision == std::chrono::days{30});
    CHECK(rules.undecided == std::vector<bool>{false, true, false, false, false});
}

TEST_CASE("equal rows with ids of their own are two opportunities", "[core][import]") {
    Findings findings;
    const CrmData data = pipeline(
        "A,Ann,GTX Pro,Acme,Won,1/1/2017,1/31/2017,10\n"
        "B,Ann,GTX Pro,Acme,Won,1/1/2017,1/31/2017,10\n"
        "C,Ann,GTX Pro,Acme,Won,1/1/2017,1/31/2017,11\n",
        findings);
    CHECK(data.opportunities.size() == 3);
    CHECK(apply_rules(data).equal_rows == std::vector<std::size_t>{1});
}

TEST_CASE("bad rows of a pipeline are named with line and reason", "[core][import]") {
    Findings findings;
    const CrmData data = pipeline(
        "A,Ann,GTX Pro,Acme,Won,1/1/2017,1/31/2017,10\n"
        "A,Ann,GTX Pro,Acme,Lost,1/1/2017,1/31/2017,0\n"
        "B,Ann,GTX Pro,Acme,Maybe,1/1/2017,,\n"
        "C,Ann,GTX Pro,Acme,Won,31/1/2017,,\n"
        "D,Ann,GTX Pro,Acme,Won,2/1/2017,1/1/2017,5\n"
        "E,Ann,GTX Pro,Acme,Won,1/1/2017,1/2/2017,ten\n"
        "F,,GTX Pro,Acme,Won,1/1/2017,1/2/2017,10\n"
        ",Ann,GTX Pro,Acme,Won,1/1/2017,1/2/2017,10\n"
        "G,Ann,GTX Pro\n",
        findings);
    CHECK(data.opportunities.size() == 1);
    ImportReport report;
    findings.explain("account_not_listed", "x");
    findings.report_to(report);
    REQUIRE(report.rejected.size() == 8);
    std::size_t line = 3;
    for (const RejectedRow& row : report.rejected) CHECK(row.line == line++);
    CHECK(report.rejected[0].reason == "opportunity_id A stands in line 2 too");
    CHECK(report.rejected[2].reason == "engage_date '31/1/2017' is no day written M/D/YYYY");
    CHECK(report.rejected[7].reason == "3 cells where the header has 8");
}

TEST_CASE("products are read as the list spells them", "[core][import]") {
    const std::vector<std::string> list{"GTX Basic", "GTX Pro"};
    CHECK(respelt_product("GTXPro", list) == "GTX Pro");
    CHECK(respelt_product("gtx-basic", list) == "GTX Basic");
    CHECK_FALSE(respelt_product("GTX Pro", list));
    CHECK_FALSE(respelt_product("GTX Plus", list));
    CHECK(respelt_product("GTXPro", {}) == "GTX Pro");
}

TEST_CASE("files that are no CRM export are refused, and a dictionary beside one is passed over", "[core][import]") {
    Findings findings;
    const auto wrong = read_crm({{"x.csv", "a,b\n1,2\n"}}, findings);
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().code == Errc::invalid);
    CHECK_FALSE(read_crm({{"x.csv", ""}}, findings));
    CHECK_FALSE(read_crm({{"x.csv", "\xFF\xFE\x61"}}, findings));
    CHECK_FALSE(read_crm({{"a.csv", std::string{header}}, {"b.csv", std::string{header}}}, findings));
    CHECK(read_crm({{"a.csv", std::string{header}}, {"dictionary.csv", "accounts,,\naccount,sector,\n"}}, findings));
}
