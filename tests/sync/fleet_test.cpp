// Seeded lives of a small fleet: people write, get and lose accounts, lines are cut, programs die. When it is over,
// everybody who may read a scope shows the same, nobody has seen a word that was not theirs, nothing written is lost.
// DEBRIEF_SEEDS sets how many seeds are run, DEBRIEF_SEED the first.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <set>

#include "core/catalogue/scope.hpp"
#include "core/store/database.hpp"
#include "sync/server/access.hpp"
#include "tests/sync/support/world.hpp"

using namespace debrief;
using namespace debrief::sync;
using namespace debrief::sync::test;

namespace {

std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

// A word that stands in one record's name only.
struct Word {
    std::string text;
    std::size_t device;
    std::string table;
    std::string field;
    core::Uuid record;
    std::string scope;
};

class Fleet {
public:
    explicit Fleet(std::uint64_t seed) : world(seed), random(world.random) {
        world.user("Dora", "manager");
        world.user("Eve", "manager");
        world.team("Europe", "Eve");
        world.team("North", "Dora", "Europe");
        for (const auto* name : {"Ann", "Ben"}) people.push_back({name, world.user(name, "rep", "North")});
        people.push_back({"Cem", world.user("Cem")});
        people.push_back({"Dora", *find_user(world.server().directory(), "Dora")});
        people.push_back({"Eve", *find_user(world.server().directory(), "Eve")});
        for (int i = 0; i < 3; ++i)
            accounts.push_back(world.account("Account" + std::to_string(i), people[random.below(people.size())].first));
        for (const auto& [name, id] : people) world.device(name);
        world.device("Ann");  // A second one.
        owners = {0, 1, 2, 3, 4, 0};
        note_entitled();
    }

    void live(int events) {
        for (int i = 0; i < events; ++i) {
            event();
            for (std::size_t n = random.below(12); n > 0; --n) world.step();
            if (random.one_in(5)) world.pass(std::chrono::milliseconds{random.below(20'000)});
        }
        for (std::size_t i = 0; i < world.devices(); ++i) world.online(i);
        world.settle();
    }

    void check() {
        for (std::size_t i = 0; i < world.devices(); ++i) {
            INFO("device " << i << " of " << people[owners[i]].first);
            CHECK(world.device_store(i).counts()->pending == 0);
            CHECK(content(world.store(i)) == content_for(world.server(), people[owners[i]].second));
            for (const auto& word : words_in(world.received(i))) {
                if (allowed[owners[i]].count(word) != 0) continue;
                const auto known =
                    std::find_if(words.begin(), words.end(), [&](const Word& at) { return at.text == word; });
                REQUIRE(known != words.end());
                FAIL_CHECK("it received " << word << " of " << known->scope
                                          << ", which was not for it: written on device " << known->device << " of "
                                          << people[owners[known->device]].first);
            }
        }
        for (const auto& word : words) {
            if (!is_kept(word))
                FAIL_CHECK(word.text << ", written on device " << word.device << " in " << word.scope << ", is lost");
        }
    }

private:
    void event() {
        const auto device = random.below(world.devices());
        switch (random.below(16)) {
            case 0:
                world.offline(device);
                break;
            case 1:
            case 2:
                world.online(device);
                break;
            case 3:
                world.cut(device);
                break;
            case 4:
                world.crash_device(device);
                break;
            case 5:
                if (random.one_in(3)) world.crash_server();
                break;
            case 6:
                change_access();
                break;
            case 7:
                make_account(device);
                break;
            case 8:
                remove_contact(device);
                break;
            default:
                write(device);
                break;
        }
    }

    std::string new_word() { return "canary" + std::to_string(10'000 + words.size()); }

    void note(std::size_t device, std::string text, std::string table, std::string field, const core::Uuid& record) {
        const auto found = world.store(device).get(table, record);
        if (!found || !*found) return;  // Written onto a record that is hidden here.
        words.push_back({std::move(text), device, std::move(table), std::move(field), record, (*found)->scope});
        note_entitled();
    }

    std::optional<core::Record> some(std::size_t device, const std::string& table) {
        core::Query query;
        query.table = table;
        const auto page = world.store(device).list(query);
        REQUIRE(page);
        if (page->records.empty()) return std::nullopt;
        return page->records[random.below(page->records.size())];
    }

    void write(std::size_t device) {
        const auto text = new_word();
        if (const auto contact = some(device, "contact"); contact && random.one_in(2)) {
            world.put(device, "contact", {{"role", text}}, contact->id);
            return note(device, text, "contact", "role", contact->id);
        }
        const auto account = some(device, "account");
        if (!account) return;
        const bool own = random.one_in(3);
        const std::string table = own ? "task" : "contact";
        const std::string field = own ? "text" : "name";
        const auto id = world.put(device, table, {{"account", account->id}, {field, text}});
        note(device, text, table, field, id);
    }

    void make_account(std::size_t device) {
        if (accounts.size() > 6) return;
        const auto text = new_word();
        const auto id = world.put(device, "account", {{"name", text}});
        accounts.push_back(id);
        makers[id] = owners[device];
        note(device, text, "account", "name", id);
    }

    void remove_contact(std::size_t device) {
        if (const auto contact = some(device, "contact")) world.remove(device, "contact", contact->id);
    }

    void change_access() {
        const auto& account = accounts[random.below(3)];
        const auto& person = people[random.below(people.size())].first;
        auto& server = world.server();
        if (random.one_in(2)) {
            REQUIRE(assign(server, account.text(), person));
        } else {
            static_cast<void>(unassign(server, account.text(), person).has_value());
        }
        note_entitled();
    }

    // Whoever may read a scope at some moment may have seen everything that stood in it by then.
    void note_entitled() {
        for (std::size_t p = 0; p < people.size(); ++p) {
            for (const auto& word : words) {
                const auto scope = core::parse_scope(word.scope);
                // What a device made is its maker's, and the managers', as soon as the server hears of it.
                const auto made = scope->kind == core::ScopeKind::account ? makers.find(scope->first) : makers.end();
                const bool theirs =
                    made != makers.end() && (made->second == p || manages(world.server().directory(), people[p].second,
                                                                          people[made->second].second));
                const bool own = scope->kind == core::ScopeKind::private_account && makers.count(scope->second) != 0 &&
                                 scope->first == people[p].second;
                if (theirs || own || may_read(world.server().directory(), people[p].second, *scope))
                    allowed[p].insert(word.text);
            }
        }
    }

    static std::set<std::string> words_in(const std::string& bytes) {
        std::set<std::string> found;
        for (auto at = bytes.find("canary"); at != std::string::npos; at = bytes.find("canary", at + 1))
            found.insert(bytes.substr(at, 11));
        return found;
    }

    bool is_kept(const Word& word) {
        const auto history = world.server().records().history(word.table, word.record, word.field);
        if (history) {
            for (const auto& version : history->versions) {
                if (version.value == core::Value{word.text}) return true;
            }
        }
        const auto parked = world.device_store(word.device).parked();
        REQUIRE(parked);
        for (const auto& entry : *parked) {
            if (core::as_text(entry.payload).find(word.text) != std::string_view::npos) return true;
        }
        auto query = world.server().records().database().prepare(
            "SELECT count(*) FROM handover WHERE instr(payload, CAST(?1 AS BLOB)) > 0");
        REQUIRE(query);
        query->bind(1, std::string_view{word.text});
        REQUIRE(*query->step());
        return query->integer(0) > 0;
    }

    World world;
    FakeRandom& random;
    std::vector<std::pair<std::string, core::Uuid>> people;
    std::vector<core::Uuid> accounts;
    std::vector<std::size_t> owners;  // Of devices: places in `people`.
    std::map<core::Uuid, std::size_t> makers;
    std::vector<Word> words;
    std::map<std::size_t, std::set<std::string>> allowed;
};

}  // namespace

TEST_CASE("a fleet comes together again, whatever happened", "[sync][sim]") {
    const auto first = number_from("DEBRIEF_SEED", 1);
    const auto count = number_from("DEBRIEF_SEEDS", 12);
    for (auto seed = first; seed < first + count; ++seed) {
        INFO("DEBRIEF_SEED=" << seed);
        Fleet fleet{seed};
        fleet.live(60);
        fleet.check();
    }
}
