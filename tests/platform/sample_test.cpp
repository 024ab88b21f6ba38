#include "platform/sample/sample.hpp"

#include <catch2/catch.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "core/civil_date.hpp"
#include "core/journey/loader.hpp"
#include "platform/sample/evidence.hpp"

using namespace debrief;
using namespace debrief::platform;

namespace {

struct SampleWorld {
    struct StoppedClock : core::ClockSource {
        core::Instant time = *core::parse_instant("2025-11-25T15:07:00Z");
        core::Instant now() override { return time; }
    } clock;
    struct CountedBytes : core::RandomSource {
        std::uint64_t next = 0;
        void fill(std::span<std::uint8_t> out) override {
            ++next;
            for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<std::uint8_t>(next >> (8 * (i % 8)));
        }
    } random;
    std::unique_ptr<core::Store> store;
    std::chrono::sys_days today = *core::parse_day("2025-11-25");

    SampleWorld() {
        core::Store::Config config;
        config.path = ":memory:";
        auto opened = core::Store::open(config, clock, random);
        REQUIRE(opened);
        store = std::move(*opened);
        core::Identity self;
        self.workspace.bytes[15] = 1;
        self.user.bytes[15] = 2;
        self.user_name = sample_people().rep;
        self.device.bytes[15] = 3;
        self.incarnation = 1;
        REQUIRE(store->set_identity(self));
    }
    Sample load() {
        auto sample = load_sample(*store, today, {});
        INFO((sample ? std::string{} : sample.error().detail));
        REQUIRE(sample);
        return std::move(*sample);
    }
    core::Journey journey(const core::Uuid& account) {
        const auto evidence = core::load_evidence(*store, account, {}, std::chrono::minutes{0});
        REQUIRE(evidence);
        return core::fold(*evidence, today);
    }
};

}  // namespace

SCENARIO("the sample is a place to start: accounts with a story, and a meeting to debrief", "[platform][sample]") {
    SampleWorld world;
    const Sample sample = world.load();

    CHECK(sample.rep == "Anna Snelling");
    CHECK(sample.rep_id == world.store->identity().user);
    CHECK(sample.manager_id);
    REQUIRE(sample.accounts.size() == 3);
    CHECK(sample.report.tables.at("opportunity").created == 8800);
    CHECK(sample_json(sample)["account"] == "Ron-tech");

    for (const SampleAccount& account : sample.accounts) {
        INFO(account.name);
        const auto record = world.store->get("account", account.id);
        REQUIRE((record && *record));
        CHECK((*record)->ref("owner") == sample.rep_id);  // So the rep's device receives it.

        const auto waiting = world.store->get("meeting", account.meeting);
        REQUIRE((waiting && *waiting));
        CHECK((*waiting)->text("date") == "2025-11-25");
        CHECK_FALSE((*waiting)->flag("debriefed"));
        CHECK(core::Instant{*(*waiting)->integer("ends_at")} < world.clock.time);
        CHECK(*(*waiting)->integer("ends_at") % 300'000 == 0);
        const auto next = world.store->get("meeting", account.next_meeting);
        REQUIRE((next && *next));
        const core::Instant ahead = core::Instant{*(*next)->integer("at")} - world.clock.time;
        CHECK(ahead > core::Instant{0});
        CHECK(ahead < std::chrono::days{10});

        const core::Journey journey = world.journey(account.id);
        CHECK(journey.people.size() >= 6);
        CHECK_FALSE(journey.unknowns.empty());
        std::size_t superseded = 0;
        for (const auto& dimension : journey.dimensions) {
            for (const auto& item : dimension.items) {
                superseded += item.state == core::ItemState::superseded ? 1 : 0;
                CHECK(item.by.name == "Anna Snelling");
                CHECK(item.text.find('{') == std::string::npos);
            }
        }
        CHECK(superseded >= 1);
        CHECK_FALSE(journey.of(core::Dimension::why_change).items.empty());
        std::set<std::string> states;
        for (const auto& commitment : journey.commitments) states.insert(commitment.state);
        CHECK(states.count("kept") == 1);
        CHECK(states.count("overdue") == 1);
    }

    WHEN("it is loaded again, on a later day") {
        world.clock.time += std::chrono::days{3};
        world.today += std::chrono::days{3};
        const Sample again = world.load();
        THEN("nothing is doubled or moved, and each account has a fresh meeting to debrief and another ahead") {
            CHECK(again.report.records.created == 2 * again.accounts.size());
            CHECK(again.report.records.changed == 0);
            CHECK(again.accounts.front().meeting != sample.accounts.front().meeting);
            const auto meeting = world.store->get("meeting", again.accounts.front().meeting);
            REQUIRE(meeting);
            REQUIRE(*meeting);
            CHECK_FALSE((*meeting)->flag("debriefed"));
        }
        THEN("loading it once more on that day changes nothing") {
            CHECK(world.load().report.records.created == 0);
        }
    }
}

TEST_CASE("every invented record says that it is invented", "[platform][sample]") {
    SampleWorld world;
    world.load();
    for (const char* table : {"contact", "meeting", "observation", "stance", "commitment"}) {
        core::Query query;
        query.table = table;
        const auto page = world.store->list(query);
        REQUIRE(page);
        CHECK(page->records.size() >= 9);
        for (const core::Record& record : page->records) CHECK(record.flag("invented"));
    }
}

TEST_CASE("the shifting sands of the sample can be told", "[platform][sample]") {
    SampleWorld world;
    const Sample sample = world.load();
    const auto evidence = core::load_evidence(*world.store, sample.accounts.front().id, {}, std::chrono::minutes{0});
    REQUIRE(evidence);
    std::set<std::string> kinds;
    for (const auto& change : core::changes(*evidence, world.today - std::chrono::days{80}, world.today))
        kinds.insert(change.kind);
    CHECK(kinds.count("stance") == 1);
    CHECK(kinds.count("changed") == 1);
    CHECK(kinds.count("person_new") == 1);
    CHECK(kinds.count("commitment") == 1);
}

TEST_CASE("dates of the evidence count from the day of loading", "[platform][sample]") {
    const auto today = *core::parse_day("2025-11-25");
    CHECK(with_dates("by {day:-3}, in {month:38}.", today) == "by 22 November, in January.");
    CHECK(with_dates("{odd} {day:x} {", today) == "{odd} {day:x} {");
    CHECK(sample_civil(38, "month", today) == "2026-01");
    CHECK_FALSE(parse_evidence("{\"rep\": 1}"));
    CHECK_FALSE(parse_evidence("not json"));
}

TEST_CASE("the recorded debrief is for the first account", "[platform][sample]") {
    const auto script = nlohmann::json::parse(sample_debrief_script());
    CHECK(script["account"] == "Ron-tech");
    CHECK(script["lines"].size() >= 5);
    CHECK(script["lines"].back() == "/confirm");
}
