// Who may do what: every role against every place with every operation. What is expected stands in the small tables of
// this file, written by hand; nothing here asks sync/server/access.cpp.
#include <catch2/catch.hpp>

#include <map>
#include <set>

#include "core/catalogue/scope.hpp"
#include "tests/sync/support/server_house.hpp"
#include "tests/sync/support/world.hpp"

using namespace debrief;
using namespace debrief::sync;
using namespace debrief::sync::test;

namespace {

std::string text(const std::string& words) {
    return words;
}

/// Vera leads Region, Dora leads North in it; Otto leads South. Acme is Ann's, and Sam serves it; Tilia is North's;
/// Ober is Olaf's. Lea served Acme and lost it. Dan serves Acme, but may not sign in any more.
struct Person {
    std::string name, role, team;
};
const std::vector<Person> people{{"Vera", "manager", ""},  {"Dora", "manager", ""}, {"Otto", "manager", ""},
                                 {"Ann", "rep", "North"},  {"Ben", "rep", "North"}, {"Sam", "rep", "East"},
                                 {"Olaf", "rep", "South"}, {"Lea", "rep", "East"},  {"Dan", "rep", "East"},
                                 {"Root", "admin", ""}};

struct Place {
    std::string name;
    std::set<std::string> readers;
};
const std::set<std::string> all_active{"Vera", "Dora", "Otto", "Ann", "Ben", "Sam", "Olaf", "Lea", "Root"};
const std::vector<Place> places{
    {"acme", {"Ann", "Sam", "Dora", "Vera"}},
    {"tilia", {"Ann", "Ben", "Dora", "Vera"}},
    {"ober", {"Olaf", "Otto"}},
    {"private Ann/acme", {"Ann"}},
    {"private Sam/acme", {"Sam"}},
    {"private Lea/acme", {}},
    {"user Ann", {"Ann"}},
    {"user Dora", {"Dora"}},
    {"coaching Ann/Dora", {"Ann", "Dora"}},
    {"coaching Dora/Vera", {"Dora", "Vera"}},
    {"coaching Olaf/Otto", {"Olaf", "Otto"}},
    {"coaching Ann/Vera", {}},  // She leads above; it is not her duty.
    {"workspace", all_active},
};

bool active(const std::string& who) {
    return who != "Dan";
}

/// What the server must say to a write that is right in itself. Lea had Acme, and what was hers there.
std::string expected(const std::string& who, const Place& place, const std::string& operation) {
    if (place.name == "workspace" && active(who)) return who == "Root" && operation != "erase" ? "ok" : "denied";
    if (place.readers.count(who) != 0) return "ok";
    if (who == "Root" && operation == "erase") return "ok";
    if (who == "Lea" && (place.name == "acme" || place.name == "private Lea/acme")) return "handed_over";
    return "not_found";
}

struct Fleet {
    FakeClock clock;
    FakeRandom random{5};
    std::unique_ptr<ServerStore> store;
    std::map<std::string, core::Uuid> ids;
    std::map<std::string, std::uint64_t> next_n;

    Fleet() {
        core::Store::Config config;
        config.path = ":memory:";
        store = std::move(*ServerStore::open(config, clock, random, "Sales"));
        for (const auto& person : people) {
            if (person.role == "manager") add(person);
        }
        REQUIRE(add_team(*store, {"Region", "Vera", {}, {}}));
        REQUIRE(add_team(*store, {"North", "Dora", "Region", {}}));
        REQUIRE(add_team(*store, {"South", "Otto", {}, {}}));
        REQUIRE(add_team(*store, {"East", {}, {}, {}}));
        for (const auto& person : people) {
            if (person.role != "manager") add(person);
        }
        for (const auto* name : {"acme", "tilia", "ober"}) {
            ids[name] = id();
            REQUIRE(store->write({core::Put{"account", ids[name], {{"name", text(name)}}, {}}}));
        }
        for (const auto* name : {"Ann", "Sam", "Lea", "Dan"}) REQUIRE(assign(*store, "acme", name));
        REQUIRE(assign(*store, "tilia", "North"));
        REQUIRE(assign(*store, "ober", "Olaf"));
        store->note_granted(ids["Lea"], {scope("acme"), scope("private Lea/acme")});
        REQUIRE(store->commit());
        REQUIRE(unassign(*store, "acme", "Lea"));
        REQUIRE(store->write({core::Put{"user", ids["Dan"], {{"active", false}}, {}}}));
        REQUIRE(store->commit());
    }

    void add(const Person& person) {
        const auto team = person.team.empty() ? std::nullopt : std::optional{person.team};
        const auto made = add_user(*store, {person.name, person.role, team, {}, {}});
        REQUIRE(made);
        ids[person.name] = *made;
        ids["device " + person.name] = id();
    }
    core::Uuid id() { return store->records().new_id(); }

    std::string scope(const std::string& place) {
        const auto space = place.find(' ');
        if (place == "workspace") return place;
        if (space == std::string::npos) return core::account_scope(ids[place]);
        const auto kind = place.substr(0, space), rest = place.substr(space + 1);
        const auto slash = rest.find('/');
        if (slash == std::string::npos) return core::user_scope(ids[rest]);
        return kind + "/" + ids[rest.substr(0, slash)].text() + "/" + ids[rest.substr(slash + 1)].text();
    }

    /// A record that fits the place.
    core::RecordWrite record(const std::string& place, const core::Uuid& record, const std::string& words) {
        const auto kind = place.substr(0, place.find(' '));
        const auto field = [](const char* name, core::Value value) {
            return core::FieldWrite{name, std::move(value), {}, {}, {}};
        };
        if (kind == "workspace") {
            return {"playbook",
                    record,
                    {field("body", text("{}")), field("kind", text("debrief")), field("name", text(words)),
                     field("playbook_version", text("1"))}};
        }
        if (kind == "user") return {"goal", record, {field("text", text(words))}};
        if (kind == "coaching") {
            const auto rep = place.substr(9, place.find('/') - 9);
            return {
                "coaching_note", record, {field("rep", ids[rep]), field("shared", true), field("text", text(words))}};
        }
        if (kind == "private") return {"task", record, {field("account", ids["acme"]), field("text", text(words))}};
        return {"contact", record, {field("account", ids[kind]), field("name", text(words))}};
    }

    std::string push(const std::string& who, core::Changeset changeset) {
        const auto device = ids["device " + who];
        changeset.dot = {device, 1, ++next_n[who]};
        changeset.time = core::HybridTime::at(clock.now());
        changeset.catalogue = 1;
        store->submit({1, device, ids[who], 1, changeset.dot.n, {core::encode(changeset)}});
        const auto committed = store->commit();
        REQUIRE(committed);
        REQUIRE(committed->answers.size() == 1);
        REQUIRE(committed->answers[0].results.size() == 1);
        const auto& result = committed->answers[0].results[0];
        if (result.kind == core::PushResult::Kind::ok) return "ok";
        return result.kind == core::PushResult::Kind::handed_over ? "handed_over" : result.code;
    }

    core::Changeset changeset(const std::string& operation, const std::string& place, const std::string& in,
                              const core::Uuid& target) {
        core::Changeset made;
        made.scope = in;
        if (operation == "erase") {
            made.erases = {{target, {}, {}}};
            return made;
        }
        made.records = {record(place, operation == "create" ? id() : target, "changed by " + operation)};
        if (operation == "delete") made.records[0].fields = {{"deleted", true, {}, {}, {}}};
        return made;
    }
};

}  // namespace

TEST_CASE("role by place by operation: what is refused changes nothing and sounds like \"not there\"",
          "[sync][access][matrix]") {
    std::size_t cells = 0;
    for (const auto& person : people) {
        Fleet fleet;
        for (const auto& place : places) {
            for (const auto* operation : {"create", "change", "delete", "erase"}) {
                INFO(person.name << ", " << place.name << ", " << operation);
                // A fresh record for each cell, written by the server itself.
                core::Changeset seed;
                const auto target = fleet.id();
                const auto home = fleet.scope(place.name);
                seed.dot = {fleet.id(), 1, 1};
                seed.scope = home;
                seed.records = {fleet.record(place.name, target, "before")};
                REQUIRE(fleet.store->records().merge({seed, fleet.store->server_id(), {}}));
                const auto before = fleet.store->head(home)->position;

                const auto want = expected(person.name, place, operation);
                const auto got = fleet.push(person.name, fleet.changeset(operation, place.name, home, target));
                CHECK(got == want);
                ++cells;
                if (want == "ok") continue;
                CHECK(fleet.store->head(home)->position == before);
                const auto table = seed.records[0].table;
                const auto record = fleet.store->records().get(table, target);
                REQUIRE(record);
                REQUIRE(record->has_value());
                const auto shown = (*record)->text(table == "contact" || table == "playbook" ? "name" : "text");
                CHECK(shown == "before");
                if (want != "not_found") continue;
                // A place and a record that never were: the same word.
                const auto nowhere = place.name == "acme" || place.name == "tilia" || place.name == "ober"
                                         ? core::account_scope(fleet.id())
                                         : core::user_scope(fleet.id());
                CHECK(fleet.push(person.name, fleet.changeset(operation, place.name, nowhere, fleet.id())) == got);
            }
        }
    }
    CHECK(cells == people.size() * places.size() * 4);
}

TEST_CASE("a write that names a scope of its author for a record of another place finds nothing there",
          "[sync][access][matrix]") {
    for (const auto& person : people) {
        if (!active(person.name)) continue;
        Fleet fleet;
        const auto own = core::user_scope(fleet.ids[person.name]);
        for (const auto& place : places) {
            if (place.name == "user " + person.name || place.name == "workspace") continue;
            core::Changeset seed;
            const auto target = fleet.id();
            seed.dot = {fleet.id(), 1, 1};
            seed.scope = fleet.scope(place.name);
            seed.records = {fleet.record("user Ann", target, "before")};
            REQUIRE(fleet.store->records().merge({seed, fleet.store->server_id(), {}}));
            for (const auto* operation : {"change", "delete", "erase"}) {
                INFO(person.name << ", " << place.name << ", " << operation);
                CHECK(fleet.push(person.name, fleet.changeset(operation, "user Ann", own, target)) == "not_found");
            }
            CHECK(fleet.store->records().get("goal", target).operator*()->text("text") == "before");
        }
    }
}

TEST_CASE("what the server owns cannot be claimed by a device", "[sync][access][matrix]") {
    Fleet fleet;
    for (const auto& person : people) {
        INFO(person.name);
        for (const auto* table : {"user", "team", "member", "assignment"}) {
            core::Changeset made;
            made.scope = "workspace";
            made.records = {{table, fleet.ids["Ann"], {{"role", text("admin"), {}, {}, {}}}}};
            CHECK(fleet.push(person.name, made) == (active(person.name) ? "denied" : "not_found"));
        }
        core::Changeset serve;
        serve.scope = core::account_scope(fleet.ids["ober"]);
        serve.records = {{"assignment",
                          fleet.id(),
                          {{"account", fleet.ids["ober"], {}, {}, {}}, {"user", fleet.ids[person.name], {}, {}, {}}}}};
        const bool reads = person.name == "Olaf" || person.name == "Otto";
        CHECK(fleet.push(person.name, serve) == (reads ? "denied" : "not_found"));
    }
    CHECK(fleet.store->directory().users.at(fleet.ids["Ann"]).role == "rep");
    // A time from next year is clamped, and the author is who was signed in, whatever the change says.
    auto late = fleet.changeset("create", "acme", fleet.scope("acme"), {});
    const auto target = late.records[0].record;
    late.records[0].fields[1].value = text("late");
    CHECK(fleet.push("Ann", late) == "ok");
    const auto history = fleet.store->records().history("contact", target, "name");
    REQUIRE(history);
    CHECK(history->versions.back().author == fleet.ids["Ann"]);
}

TEST_CASE("every device receives the words of its places and of no other", "[sync][access][matrix]") {
    World world{31};
    for (const auto& person : people) {
        if (person.role == "manager") world.user(person.name, person.role);
    }
    world.team("Region", "Vera");
    world.team("North", "Dora", "Region");
    world.team("South", "Otto");
    world.team("East");
    std::map<std::string, std::size_t> devices;
    for (const auto& person : people) {
        if (person.role != "manager") world.user(person.name, person.role, person.team);
    }
    std::map<std::string, core::Uuid> ids;
    ids["acme"] = world.account("acme", "Ann");
    ids["tilia"] = world.account("tilia", "North");
    ids["ober"] = world.account("ober", "Olaf");
    for (const auto* name : {"Sam"}) world.assign("acme", name);
    for (const auto& person : people) {
        if (active(person.name)) devices[person.name] = world.device(person.name);
    }
    world.settle();
    for (const auto& [name, device] : devices) ids[name] = world.store(device).identity().user;
    // The first reader of each place writes there.
    for (const auto& place : places) {
        if (place.readers.empty() || place.name == "workspace") continue;
        const auto kind = place.name.substr(0, place.name.find(' '));
        const auto writer = devices.at(kind == "private" || kind == "user" || kind == "coaching"
                                           ? place.name.substr(kind.size() + 1, place.name.find('/') - kind.size() - 1)
                                           : *place.readers.begin());
        const auto canary = "canary<" + place.name + ">";
        if (kind == "user") {
            world.put(writer, "goal", {{"text", canary}});
        } else if (kind == "private") {
            world.put(writer, "task", {{"account", ids["acme"]}, {"text", canary}});
        } else if (kind == "coaching") {
            const auto slash = place.name.find('/');
            const auto rep = ids[place.name.substr(9, slash - 9)], lead = ids[place.name.substr(slash + 1)];
            world.put(writer, "coaching_note", {{"rep", rep}, {"shared", true}, {"text", canary}}, {},
                      "coaching/" + rep.text() + "/" + lead.text());
        } else {
            world.put(writer, "contact", {{"account", ids[kind]}, {"name", canary}});
        }
    }
    world.settle();
    for (const auto& person : people) {
        if (!active(person.name)) continue;
        // A second device reads everything from the beginning.
        const auto second = world.device(person.name);
        world.settle();
        for (const auto& place : places) {
            if (place.readers.empty() || place.name == "workspace") continue;
            INFO(person.name << ", " << place.name);
            const bool reads = place.readers.count(person.name) != 0;
            const auto canary = "canary<" + place.name + ">";
            CHECK((world.received(second).find(canary) != std::string::npos) == reads);
            if (!reads) CHECK(world.received(devices.at(person.name)).find(canary) == std::string::npos);
        }
    }
}
