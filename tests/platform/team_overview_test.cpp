// team.overview: risk and its trend, freshness, conflicts, and how opportunities ended, counted a second way.
#include "app_fixture.hpp"

#include <map>
#include <set>

#include "core/store/database.hpp"
#include "platform/app/account_view_codec.hpp"
#include "platform/app/outcomes.hpp"
#include "platform/app/shares.hpp"
#include "platform/app/sources.hpp"
#include "platform/files/store_folder.hpp"
#include "platform/sample/sample.hpp"

using namespace debrief;
using namespace debrief::platform;
using namespace debrief::platform::test;

namespace {

std::vector<std::vector<std::string>> rows_of(const std::string& name) {
    for (const auto& [file, text] : sample_files()) {
        if (file.find(name) == std::string::npos) continue;
        std::vector<std::vector<std::string>> rows;
        std::string cell;
        std::vector<std::string> row;
        for (const char c : text) {
            if (c == ',' || c == '\n') {
                row.push_back(std::exchange(cell, {}));
                if (c == '\n') rows.push_back(std::exchange(row, {}));
            } else if (c != '\r') {
                cell += c;
            }
        }
        rows.erase(rows.begin());  // The headings.
        return rows;
    }
    FAIL("no such file");
    return {};
}

struct Counted {
    int bought = 0, lost = 0, open = 0;
    bool operator==(const Counted&) const = default;
};
Counted counted(const json& tally) {
    CHECK(tally["n"] == tally["bought"].get<int>() + tally["not_bought"].get<int>());
    return {tally["bought"], tally["not_bought"], tally["open"]};
}
std::ostream& operator<<(std::ostream& out, const Counted& c) {
    return out << c.bought << "/" << c.lost << "/" << c.open;
}

/// The CSV file itself, counted by hand.
struct ByHand {
    Counted total;
    std::map<std::string, Counted> teams, products, quarters;
    ByHand() {
        std::map<std::string, std::string> manager_of;
        for (const auto& row : rows_of("sales_teams")) manager_of[row[0]] = row[1] + "'s team";
        for (const auto& row : rows_of("sales_pipeline")) {
            const std::string product = row[2] == "GTXPro" ? "GTX Pro" : row[2];
            const bool won = row[4] == "Won", lost = row[4] == "Lost";
            std::vector<Counted*> places{&total, &teams[manager_of.at(row[1])], &products[product]};
            if (won || lost) {
                const auto month = std::stoi(row[6].substr(0, row[6].find('/')));
                places.push_back(
                    &quarters[row[6].substr(row[6].rfind('/') + 1) + "-Q" + std::to_string((month - 1) / 3 + 1)]);
            }
            for (auto* place : places) ++(won ? place->bought : lost ? place->lost : place->open);
        }
    }
};

std::map<std::string, Counted> read(const json& list, const char* key) {
    std::map<std::string, Counted> all;
    for (const auto& row : list) all[row[key].is_null() ? "" : row[key].get<std::string>()] = counted(row);
    return all;
}

/// The sample in a store of its own.
struct SampleStore {
    AppClock clock{core::parse_instant("2025-11-25T15:07:00Z")};
    AppRandom random{7};
    std::unique_ptr<core::Store> store;
    SampleStore() {
        auto opened = core::Store::open({.path = ":memory:", .vfs = {}}, clock, random);
        REQUIRE(opened);
        store = std::move(*opened);
        core::Identity self;
        self.workspace.bytes[15] = 1;
        self.user.bytes[15] = 2;
        self.user_name = sample_people().manager;
        self.device.bytes[15] = 3;
        self.incarnation = 1;
        REQUIRE(store->set_identity(self));
        REQUIRE(load_sample(*store, *core::parse_day("2025-11-25"), {}));
    }
};

json observation(const std::string& account, const char* dimension, const char* text, const char* day) {
    return {{"account", account}, {"dimension", dimension}, {"text", text}, {"said_on", day}, {"state", "confirmed"}};
}

const json& row_called(const json& list, const std::string& name) {
    for (const auto& row : list) {
        if (row["name"] == name) return row;
    }
    FAIL("nothing is called " << name);
    return list;
}

}  // namespace

TEST_CASE("outcomes of the CRM sample are those that counting its file gives", "[platform][team]") {
    SampleStore sample;
    const auto endings = core::load_endings(*sample.store);
    REQUIRE(endings);
    const auto directory = sync::load_directory(*sample.store);
    REQUIRE(directory);
    const auto outcomes = outcomes_json(*endings, *directory, *core::parse_day("2025-11-25"),
                                        [](const core::Uuid&) { return std::nullopt; });
    const ByHand by_hand;
    CHECK(counted(outcomes["total"]) == by_hand.total);
    CHECK(read(outcomes["teams"], "name") == by_hand.teams);
    CHECK(read(outcomes["products"], "product") == by_hand.products);
    CHECK(read(outcomes["quarters"], "quarter") == by_hand.quarters);

    // And what plain SQL says of the imported rows.
    auto query = sample.store->database().prepare(
        "SELECT count(*), sum(outcome = 'bought'), sum(outcome = 'open' AND engaged_on IS NOT NULL), "
        "sum(outcome_inferred IS NOT NULL) FROM t_opportunity");
    REQUIRE(query);
    REQUIRE(query->step());
    CHECK(query->integer(0) == 8800);
    CHECK(outcomes["total"]["bought"] == query->integer(1));
    CHECK(outcomes["total"]["bought_share"]["count"] == query->integer(1));
    CHECK(outcomes["inferred"]["undecided"] == query->integer(3));
    // Engaged eight years ago and never heard of since: all of these look undecided, and only these.
    CHECK(outcomes["total"]["looks_undecided"] == query->integer(2));
    CHECK(outcomes["total"]["silent"] == query->integer(2) - query->integer(3));
    CHECK(outcomes["total"]["no_decision_share_wide"]["n"].get<std::int64_t>() ==
          outcomes["total"]["n"].get<std::int64_t>() + query->integer(2));
}

TEST_CASE("what a program before this one worked out is what this one would", "[platform][team]") {
    const TempFolder folder;
    const auto seen = [&folder] {
        Device device{folder};
        return device.call("team.overview");
    };
    const auto kept = [&folder](const std::string& sql) {
        const auto file = core::Database::open(record_file(folder.store()), {}, std::chrono::seconds{5});
        REQUIRE(file);
        return *(*file)->integer(sql);
    };
    std::string account, mia, why;
    {
        Device device{folder};
        device.init();
        account = device.put("account", {{"name", "Brightfield Dairy"}});
        device.put("account", {{"name", "Nobody Knows"}});
        mia = device.put("contact", {{"account", account}, {"name", "Mia Roth"}, {"role", "COO"}});
        why = device.put("observation", {{"account", account},
                                         {"dimension", "why_change"},
                                         {"text", "The line stops twice a month"},
                                         {"person", mia},
                                         {"said_on", "2025-01-10"},
                                         {"state", "confirmed"}});
        device.put("observation", {{"account", account},
                                   {"dimension", "why_change"},
                                   {"text", "The line stops twice a week"},
                                   {"supersedes", why},
                                   {"said_on", "2025-03-15"},
                                   {"state", "confirmed"}});
        device.put("stance", {{"account", account}, {"contact", mia}, {"stance", "blocker"}, {"since", "2025-03-14"}});
        device.put("commitment", {{"account", account},
                                  {"owner", mia},
                                  {"text", "Sends the restart log"},
                                  {"due", "2025-03-01"},
                                  {"state", "open"},
                                  {"since", "2025-02-01"}});
    }
    const auto first = seen();
    CHECK_FALSE(first["accounts"][0]["risk"]["reasons"].empty());
    CHECK_FALSE(first["shifted"].empty());
    CHECK(kept("SELECT count(*) FROM derived_view") == 2);
    CHECK(seen() == first);
    kept("DELETE FROM derived_view RETURNING 1");
    CHECK(seen() == first);
    Device{folder}.call("record.put", {{"table", "contact"}, {"id", mia}, {"fields", {{"name", "Mia Gone"}}}});
    CHECK(kept("SELECT count(*) FROM derived_view") == 0);
    const auto renamed = seen();
    CHECK(renamed.dump().find("Mia Gone") != std::string::npos);
    CHECK(renamed.dump().find("Mia Roth") == std::string::npos);
    CHECK(kept("SELECT count(*) FROM derived_view") == 2);
    // What the device keeps for itself must not outlive what it was made of.
    Device{folder}.call("erase", {{"contact", mia}});
    CHECK(seen().dump().find("Mia") == std::string::npos);
    CHECK(kept("SELECT count(*) FROM derived_view WHERE instr(view, 'Mia') > 0") == 0);
}

TEST_CASE("a kept view is read as it was written, or not at all", "[platform][team]") {
    const core::NamedId mia{core::derive_uuid("test", "mia"), "Mia Roth"};
    AccountView view;
    view.risk = {7,
                 {{"blocker", 4, "Mia is against it.", {mia.id}, "Ask her what she fears."}, {"stale", 3, "", {}, ""}}};
    view.score_90 = 3;
    view.heard[2] = std::chrono::days{5};
    view.last_heard = *core::parse_day("2025-03-13");
    view.shifted = {{"2025-03-14", core::Dimension::concern, "changed", "a", "b", "c", {mia.id}, mia}};
    core::CommitmentView late;
    late.made = {mia.id, "Sends the log",  mia,    "2025-03-01", "open", "2025-02-01",
                 {},     core::Instant{5}, mia.id, "",           {}};
    late.made.source.message = mia.id;
    late.made.source.quote = "I will send it";
    late.state = "overdue";
    view.overdue = {late};
    view.heard_of = true;
    const auto bytes = bytes_of(view);
    const auto read = account_view_of(bytes);
    REQUIRE(read);
    CHECK(bytes_of(*read) == bytes);
    CHECK(read->risk.reasons[0].evidence == view.risk.reasons[0].evidence);
    CHECK_FALSE(read->score_30);
    CHECK(read->heard == view.heard);
    CHECK(read->last_heard == view.last_heard);
    CHECK(read->shifted[0].person->name == "Mia Roth");
    CHECK(read->overdue[0].made.source.quote == "I will send it");
    CHECK(read->overdue[0].state == "overdue");
    for (std::size_t size = 0; size < bytes.size(); ++size)
        CHECK_FALSE(account_view_of(core::ByteView{bytes}.first(size)));
}

TEST_CASE("a share says of how many it is, and how far it can be trusted", "[platform][team]") {
    CHECK(share_json(0, 0).is_null());
    const auto ten = share_json(8, 10);
    CHECK(ten["percent"] == 80.0);
    CHECK(ten["low"] == 49.0);  // Wilson's interval of 8 in 10 is 0.490 to 0.943.
    CHECK(ten["high"] == 94.3);
    CHECK(ten["few"] == true);
    CHECK(share_json(0, 40)["low"] == 0.0);
    CHECK(share_json(40, 40)["high"] == 100.0);
    CHECK(share_json(40, 40)["few"] == false);
}

SCENARIO("a manager sees where it got worse, how old the evidence is, and what is in conflict", "[platform][team]") {
    const TempFolder folder;
    Device device{folder};
    device.call("store.init", {{"workspace", "Acme"}, {"user", "Ada Lind"}, {"role", "manager"}});
    const auto rep = device.put("user", {{"name", "Jonas Brandt"}, {"role", "rep"}});
    const auto dairy = device.put("account", {{"name", "Dairy"}, {"owner", rep}});
    const auto quiet = device.put("account", {{"name", "Quiet"}, {"owner", rep}});
    device.put("observation", observation(dairy, "why_change", "The old line stops twice a shift", "2025-01-10"));
    device.put("observation", observation(dairy, "timing", "The audit is in June", "2025-03-14"));

    auto overview = device.call("team.overview");
    const auto& seen = row_called(overview["accounts"], "Dairy");
    CHECK(seen["risk"]["trend"]["now"] == seen["risk"]["score"]);
    CHECK(seen["risk"]["trend"]["days_30"].is_number());
    CHECK(seen["risk"]["trend"]["days_90"].is_null());  // 90 days ago nobody knew them.
    CHECK(seen["freshness"]["last_heard"] == "2025-03-14");
    CHECK(seen["freshness"]["heard"] == 2);
    CHECK(seen["freshness"]["dimensions"]["timing"]["days"] == 4);
    CHECK(seen["freshness"]["dimensions"]["why_change"]["fresh"] == true);
    CHECK(seen["freshness"]["dimensions"]["concern"]["days"].is_null());
    CHECK(row_called(overview["accounts"], "Quiet")["freshness"]["percent"].is_null());
    CHECK(row_called(overview["shifted"], "Dairy")["changes"][0]["dimension"] == "timing");

    WHEN("something new is said of one account") {
        device.put("observation", observation(dairy, "desired_outcome", "No stop in a month", "2025-03-17"));
        THEN("the next look has it") {
            const auto after = device.call("team.overview");
            CHECK(row_called(after["accounts"], "Dairy")["freshness"]["heard"] == 3);
            CHECK(row_called(after["accounts"], "Dairy")["risk"]["score"] < seen["risk"]["score"]);
        }
    }
    WHEN("the days pass") {
        device.call("clock.set", {{"now", "2025-05-01T09:00:00Z"}});
        THEN("what was fresh is fresh no more, and nothing shifted this week") {
            const auto after = device.call("team.overview");
            const auto& dairy_then = row_called(after["accounts"], "Dairy");
            CHECK(dairy_then["freshness"]["dimensions"]["timing"]["fresh"] == false);
            CHECK(dairy_then["risk"]["trend"]["days_90"].is_number());
            CHECK(after["shifted"].empty());
        }
    }
    WHEN("an opportunity is open, engaged long ago, and nothing is heard") {
        device.put("opportunity",
                   {{"account", quiet}, {"name", "Old"}, {"outcome", "open"}, {"engaged_on", "2024-06-01"}});
        device.put("opportunity",
                   {{"account", dairy}, {"name", "Live"}, {"outcome", "open"}, {"engaged_on", "2024-06-01"}});
        device.put(
            "opportunity",
            {{"account", dairy}, {"name", "Ended"}, {"outcome", "stayed"}, {"owner", rep}, {"ended_on", "2025-02-01"}});
        THEN("it looks undecided; one with an account that was heard of does not") {
            const auto outcomes = device.call("team.overview")["outcomes"];
            CHECK(outcomes["total"]["open"] == 2);
            CHECK(outcomes["total"]["looks_undecided"] == 1);
            CHECK(outcomes["total"]["stayed"] == 1);
            CHECK(outcomes["total"]["no_decision_share"]["few"] == true);
            CHECK(outcomes["quarters"].size() == 1);
            CHECK(outcomes["quarters"][0]["quarter"] == "2025-Q1");
        }
    }
}

SCENARIO("reasons are told in the language that was chosen for the device", "[app][team][language]") {
    const TempFolder folder;
    Device device{folder};
    device.init();
    const auto account = device.put("account", {{"name", "Brightfield Dairy"}});
    const auto reason = [&] {
        return device.call("journey.get", {{"account", account}})["risk"]["reasons"][0]["text"].get<std::string>();
    };
    const auto first = [&] {
        return device.call("team.overview")["accounts"][0]["risk"]["reasons"][0]["text"].get<std::string>();
    };
    CHECK(reason().starts_with("Nothing is known"));
    CHECK(first() == reason());
    CHECK(device.call("language.choose", {{"language", "de"}})["language"] == "de");
    CHECK(device.call("system.info")["language"] == "de");
    CHECK(reason().starts_with("Über diesen Kunden"));
    CHECK(first() == reason());
    CHECK(device.call("language.choose")["language"] == "en");
    CHECK(first().starts_with("Nothing is known"));
}
