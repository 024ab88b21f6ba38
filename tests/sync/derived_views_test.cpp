// What a device keeps about accounts beside their evidence is what it would make of it now, after whatever happened to
// that evidence: random histories over the whole protocol, looked at after each event. The view here is all that a
// journey is folded from, written out. DEBRIEF_SEED=n plays one seed again.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <sstream>

#include "core/civil_date.hpp"
#include "core/journey/derived_views.hpp"
#include "core/journey/loader.hpp"
#include "core/store/database.hpp"
#include "tests/sim/support/catalogues.hpp"
#include "tests/sync/support/world.hpp"

using namespace debrief;
using namespace debrief::core;
using namespace debrief::sync::test;

namespace {

constexpr std::string_view terms = "today";

template <typename T>
T must(Result<T> result) {
    if (!result) FAIL(result.error().detail);
    return std::move(*result);
}

/// All of it that a fold reads.
std::string written_out(const Evidence& evidence) {
    std::ostringstream out;
    for (const auto& one : evidence.items)
        out << "item " << one.id.text() << " " << name_of(one.dimension) << " " << one.text << " "
            << (one.person ? one.person->name : "-") << " " << one.said_on << " " << static_cast<int>(one.state) << " "
            << one.withdrawn_on << " " << one.withdrawn_at.count() << " " << one.recorded.count() << "\n";
    for (const auto& one : evidence.stances)
        out << "stance " << one.id.text() << " " << one.contact.name << " " << name_of(one.stance) << " " << one.since
            << "\n";
    for (const auto& one : evidence.contacts)
        out << "contact " << one.contact.id.text() << " " << one.contact.name << " " << one.role << " " << one.since
            << " " << one.gone << " " << one.gone_on << "\n";
    for (const auto& one : evidence.commitments)
        out << "commitment " << one.id.text() << " " << one.text << " " << one.owner.name << " " << one.due << " "
            << one.state << " " << one.settled_on << " " << one.settled_at.count() << "\n";
    return out.str();
}

Bytes view_of(Store& store, const Uuid& account) {
    const auto text = written_out(must(load_evidence(store, account, {}, std::chrono::minutes{0})));
    return {text.begin(), text.end()};
}

class Life {
public:
    explicit Life(std::uint64_t seed) : world_(seed), random_(seed * 31) {
        world_.user("Ann");
        world_.user("Ben");
        for (const char* name : {"Acme", "Bulk", "Corn"}) accounts_.push_back(world_.account(name, "Ann"));
        world_.assign("Acme", "Ben");
        world_.assign("Bulk", "Ben");
        world_.device("Ann");
        world_.device("Ben");
        world_.settle();
    }

    /// What is kept and is not what would be made now; empty if there is nothing.
    std::string run(int events) {
        for (int event = 0; event < events; ++event) {
            const auto what = happen();
            for (std::size_t device = 0; device < world_.devices(); ++device) {
                const auto wrong = look(device);
                if (!wrong.empty()) return "event " + std::to_string(event) + ", " + what + ": " + wrong;
            }
        }
        return {};
    }
    std::size_t found = 0;  ///< Kept views that were still there.

private:
    std::string look(std::size_t device) {
        auto& store = world_.store(device);
        const auto commits = must(commits_elsewhere(store));
        const auto kept = must(derived_views(store, terms));
        found += kept.size();
        DerivedViews fresh;
        for (const auto& account : accounts_) {
            auto view = view_of(store, account);
            const auto known = kept.find(account);
            if (known != kept.end() && known->second != view)
                return "device " + std::to_string(device) + " keeps\n" +
                       std::string{known->second.begin(), known->second.end()} + "where there is\n" +
                       std::string{view.begin(), view.end()};
            if (must(derived_view(store, terms, account)) != (known == kept.end() ? Bytes{} : view))
                return "one view is not what all are";
            fresh.emplace(account, std::move(view));
        }
        if (!keep_derived_views(store, terms, fresh, commits)) return "nothing could be kept";
        return {};
    }

    Uuid some(std::vector<Uuid>& of) {
        if (of.empty() || random_.below(3) == 0) of.push_back(world_.store(0).new_id());
        return of[random_.below(of.size())];
    }
    std::string word() { return std::string(1, static_cast<char>('a' + random_.below(4))); }

    std::string happen() {
        const auto device = static_cast<std::size_t>(random_.below(world_.devices()));
        const auto& account = accounts_[random_.below(accounts_.size())];
        const auto write = [&](const char* table, FieldMap fields, const Uuid& id) {
            fields["account"] = account;
            // Somebody without the account, or with another record of this id, is refused.
            static_cast<void>(world_.try_write(device, {Put{table, id, std::move(fields), {}}}).has_value());
            return std::string{table};
        };
        switch (random_.below(16)) {
            case 0:
            case 1:
                return write("observation",
                             {{"dimension", text("timing")},
                              {"text", word()},
                              {"said_on", text("2025-03-1") + std::to_string(random_.below(9))},
                              {"state", random_.below(3) == 0 ? text("withdrawn") : text("confirmed")}},
                             some(observations_));
            case 2:
                return write("observation", {{"state", random_.below(2) == 0 ? text("withdrawn") : text("confirmed")}},
                             some(observations_));
            case 3:
                return write("commitment",
                             {{"text", word()}, {"state", random_.below(2) == 0 ? text("kept") : text("open")}},
                             some(commitments_));
            case 4:
                return write("contact", {{"name", word()}, {"gone", random_.below(3) == 0}}, some(contacts_));
            case 5:
                return write(
                    "stance",
                    {{"contact", some(contacts_)}, {"stance", text("champion")}, {"since", text("2025-03-02")}},
                    some(stances_));
            case 6:
                return write("meeting", {{"at", std::int64_t{1}}, {"contacts", UuidSet{some(contacts_)}}},
                             some(meetings_));
            case 7:
                static_cast<void>(world_.try_write(device, {Delete{"observation", some(observations_)}}).has_value());
                return "a deletion";
            case 8:
                static_cast<void>(world_.store(device).erase({Erasure{some(observations_), {}, {}}}).has_value());
                world_.store_changed(device);
                return "an erasure";
            case 9:
                if (away_) world_.online(1);
                if (!away_) world_.offline(1);
                away_ = !away_;
                return "a line";
            case 10:
                if (served_) world_.unassign("Acme", "Ben");
                if (!served_) world_.assign("Acme", "Ben");
                served_ = !served_;
                return "access";
            case 11:
                if (random_.below(4) != 0) return "nothing";
                world_.upgrade(1, &sim::newer_catalogue());
                return "an upgrade";
            case 12:
                world_.crash_device(device);
                return "a crash";
            default:
                if (!away_) world_.settle();
                for (int i = 0; i < 40 && away_ && world_.step(); ++i) {
                }
                world_.pass(std::chrono::minutes{random_.below(3000)});
                return "sync";
        }
    }

    World world_;
    sync::test::FakeRandom random_;
    std::vector<Uuid> accounts_, observations_, commitments_, contacts_, stances_, meetings_;
    bool away_ = false, served_ = true;
};

}  // namespace

TEST_CASE("what is kept about an account is what its evidence gives, whatever has happened to it", "[sync][journey]") {
    const char* given = std::getenv("DEBRIEF_SEED");
    const std::uint64_t first = given != nullptr ? std::strtoull(given, nullptr, 10) : 1;
    const std::uint64_t seeds = given != nullptr ? 1 : 12;
    std::size_t found = 0;
    for (auto seed = first; seed < first + seeds; ++seed) {
        Life life{seed};
        INFO("DEBRIEF_SEED=" << seed);
        CHECK(life.run(120) == "");
        found += life.found;
    }
    CHECK(found > seeds * 100);  // Else nothing was ever compared.
}

TEST_CASE("another program's write between reading and keeping keeps nothing old", "[sync][journey]") {
    World world{7};
    world.user("Ann");
    const auto acme = world.account("Acme", "Ann");
    const auto ann = world.device("Ann");
    world.settle();
    auto& store = world.store(ann);
    const auto commits = must(commits_elsewhere(store));
    const DerivedViews views{{acme, view_of(store, acme)}};
    {
        auto other = must(Database::open(world.folder() + "/device0.db", {}, std::chrono::seconds{1}));
        REQUIRE(other->run("INSERT INTO meta(key, value) VALUES ('test.other', 1)"));
    }
    REQUIRE(keep_derived_views(store, terms, views, commits));
    CHECK(must(derived_views(store, terms)).empty());
    REQUIRE(keep_derived_views(store, terms, views, must(commits_elsewhere(store))));
    CHECK(must(derived_views(store, terms)).size() == 1);
    CHECK(must(derived_views(store, "tomorrow")).empty());
}
