// What was done on a device is taken back and done again in order: over restarts, and never over what others wrote.
#include <catch2/catch.hpp>

#include "core/catalogue/scope.hpp"
#include "core/device/acts.hpp"
#include "tests/core/support/little_server.hpp"

using namespace debrief::core;
using namespace debrief::core::test;

namespace {

const Uuid acme = id_of(1), ada = id_of(100), ben = id_of(101), meeting = id_of(200);

Put contact(const Uuid& id, FieldMap fields) {
    fields.emplace("account", acme);
    return {"contact", id, std::move(fields), std::nullopt};
}

std::uint64_t act(Device& device, std::vector<Edit> edits) {
    return must(Acts{*device.store}.perform("edit",
                                            [&]() -> Status {
                                                const auto written = device->write(edits);
                                                return written ? Status{Ok{}} : Status{written.error()};
                                            }))
        .value_or(0);
}

std::string role(Device& device, const Uuid& id = ada) {
    const auto record = must(device->get("contact", id));
    return record ? record->text("role") : "-";
}

/// Every visible field of every record, a line each.
std::vector<std::string> visible(Device& device) {
    std::vector<std::string> all;
    for (const auto& table : catalogue().tables) {
        for (const auto& record : must(device->list({.table = std::string{table.name}, .where = {}})).records) {
            for (const auto& [name, value] : record.fields) {
                const auto* set = std::get_if<UuidSet>(&value);
                if (is_null(value) || (set != nullptr && set->empty())) continue;
                std::string text = record.table + " " + record.id.text().substr(0, 8) + " " + name + "=";
                if (const auto* words = std::get_if<std::string>(&value)) text += *words;
                if (const auto* number = std::get_if<std::int64_t>(&value)) text += std::to_string(*number);
                if (const auto* one = std::get_if<Uuid>(&value)) text += one->text();
                if (set != nullptr) {
                    for (const auto& one : *set) text += one.text().substr(0, 8) + " ";
                }
                all.push_back(std::move(text));
            }
        }
    }
    return all;
}

struct Both {
    LittleServer server;
    Device rep{1}, other{2};
    void meet() {
        for (int round = 0; round < 2; ++round) {
            for (auto* device : {&rep, &other}) {
                device->clock.advance(std::chrono::seconds{1});
                server.push(*device);
            }
            for (auto* device : {&rep, &other}) server.pull(*device, {account_scope(acme)});
        }
    }
};

}  // namespace

TEST_CASE("several acts are taken back in order, and done again", "[core][acts]") {
    Device rep{1};
    act(rep, {contact(ada, {{"name", "Ada"}})});
    act(rep, {contact(ada, {{"role", "CTO"}})});
    act(rep, {contact(ada, {{"role", "CEO"}}), contact(ben, {{"name", "Ben"}})});
    act(rep, {Delete{"contact", ada}});
    Acts acts{*rep.store};

    CHECK(must(acts.undo())->fields == std::set<std::string>{"deleted"});
    CHECK(role(rep) == "CEO");
    const auto two = *must(acts.undo());
    CHECK(two.records.size() == 2);
    CHECK(role(rep) == "CTO");
    CHECK_FALSE(must(rep->get("contact", ben)));
    must(acts.undo());
    CHECK(role(rep).empty());
    must(acts.undo());
    CHECK(visible(rep).empty());
    CHECK_FALSE(must(acts.undo()));

    for (const auto* after : {"", "CTO", "CEO", "-"}) {
        REQUIRE(must(acts.redo()));
        CHECK(role(rep) == after);
    }
    CHECK(must(rep->get("contact", ben)));
    CHECK_FALSE(must(acts.redo()));
    must(acts.undo());
    must(acts.undo());
    CHECK(role(rep) == "CTO");

    SECTION("what is new ends what could be done again") {
        act(rep, {contact(ada, {{"role", "COO"}})});
        CHECK_FALSE(must(acts.redo()));
        must(acts.undo());
        CHECK(role(rep) == "CTO");
        must(acts.undo());
        CHECK(role(rep).empty());
    }
    SECTION("a write that changes nothing is no act") {
        const auto before = must(acts.list()).size();
        CHECK(act(rep, {contact(ada, {{"role", "CTO"}})}) == 0);
        CHECK(must(acts.list()).size() == before);
    }
    SECTION("work that fails leaves neither a change nor an act") {
        const auto failed = acts.perform("edit", [&]() -> Status {
            must(rep->write({contact(ada, {{"role", "COO"}})}));
            return Error{Errc::invalid, "no", {}, {}};
        });
        CHECK_FALSE(failed);
        CHECK(role(rep) == "CTO");
        must(acts.undo());
        CHECK(role(rep).empty());
    }
}

TEST_CASE("one act among several is taken back by its id", "[core][acts]") {
    Device rep{1};
    act(rep, {contact(ada, {{"name", "Ada"}})});
    const auto titled = act(rep, {contact(ada, {{"role", "CTO"}})});
    act(rep, {contact(ada, {{"name", "Ada Lind"}})});
    Acts acts{*rep.store};
    REQUIRE(must(acts.undo(titled)));
    CHECK(role(rep).empty());
    CHECK(must(rep->get("contact", ada))->text("name") == "Ada Lind");
    CHECK(acts.undo(titled).error().code == Errc::not_found);
    CHECK(acts.undo(12345).error().code == Errc::not_found);
    REQUIRE(must(acts.redo()));
    CHECK(role(rep) == "CTO");
}

TEST_CASE("what somebody else changed since stays, and is named", "[core][acts]") {
    Both both;
    auto& [server, rep, other] = both;
    Acts acts{*rep.store};
    act(rep, {contact(ben, {{"name", "Ben"}})});
    act(rep, {contact(ada, {{"name", "Ada"}})});
    act(rep, {contact(ada, {{"role", "CTO"}})});
    both.meet();
    const auto kept = [&](InTheWay::Why why, const std::string& field) {
        const auto turn = must(acts.undo());
        REQUIRE(turn);
        REQUIRE(turn->in_the_way);
        CHECK(turn->in_the_way->why == why);
        CHECK(turn->in_the_way->field == field);
        CHECK(turn->records.empty());
        return *turn->in_the_way;
    };

    SECTION("the same field") {
        must(other->write({contact(ada, {{"role", "Chair"}})}));
        both.meet();
        const auto way = kept(InTheWay::Why::changed, "role");
        CHECK(way.by == other.records().identity().user);
        CHECK(way.on == other.records().identity().device);
        CHECK(role(rep) == "Chair");
        AND_THEN("a record that others wrote to is not deleted either, but what was before can be taken back") {
            kept(InTheWay::Why::changed, "role");
            const auto before = must(acts.undo());
            CHECK_FALSE(before->in_the_way);
            CHECK_FALSE(must(rep->get("contact", ben)));
        }
    }
    SECTION("another field of the same record") {
        must(other->write({contact(ada, {{"email", "ada@acme.example"}})}));
        both.meet();
        CHECK_FALSE(must(acts.undo())->in_the_way);
        CHECK(role(rep).empty());
        kept(InTheWay::Why::changed, "email");
        CHECK(must(rep->get("contact", ada))->text("email") == "ada@acme.example");
    }
    SECTION("the same words, said by somebody else, are theirs") {
        must(acts.undo());
        both.meet();
        must(other->write({contact(ada, {{"role", "COO"}})}));
        both.meet();
        const auto again = must(acts.redo());
        REQUIRE(again->in_the_way);
        CHECK(role(rep) == "COO");
    }
    SECTION("the record is deleted") {
        must(other->write({Delete{"contact", ada}}));
        both.meet();
        kept(InTheWay::Why::changed, "deleted");
        CHECK_FALSE(must(rep->get("contact", ada)));
    }
    SECTION("what came back is not deleted again once somebody wrote to it") {
        act(rep, {Delete{"contact", ada}});
        must(acts.undo());
        both.meet();
        must(other->write({contact(ada, {{"role", "Chair"}})}));
        both.meet();
        REQUIRE(must(acts.redo())->in_the_way);
        CHECK(role(rep) == "Chair");
    }
    SECTION("its words were erased") {
        must(rep->erase({whole_record(catalogue().table("contact"), ada)}));
        kept(InTheWay::Why::erased, "role");
    }
}

TEST_CASE("an act that the server refused is not taken back but named", "[core][acts]") {
    Both both;
    auto& [server, rep, other] = both;
    Acts acts{*rep.store};
    act(rep, {contact(ada, {{"name", "Ada"}})});
    both.meet();
    server.judge = [](const Changeset&) { return std::string{"denied"}; };
    act(rep, {contact(ada, {{"role", "CTO"}})});
    both.meet();
    SECTION("while it is parked") {
        CHECK(must(acts.undo())->in_the_way->why == InTheWay::Why::refused);
        CHECK(must(acts.undo())->fields == std::set<std::string>{"deleted"});
    }
    SECTION("sent again it is the same act under another number") {
        must(rep.store->retry_parked(std::nullopt));
        CHECK(role(rep) == "CTO");
        CHECK_FALSE(must(acts.undo())->in_the_way);
        CHECK(role(rep).empty());
    }
    SECTION("given up it is passed over") {
        must(rep.store->discard_parked(2));
        CHECK(must(acts.undo())->fields == std::set<std::string>{"deleted"});
    }
}

TEST_CASE("a waiting change is taken back on its own, and brought back", "[core][acts]") {
    Device rep{1};
    Acts acts{*rep.store};
    act(rep, {contact(ada, {{"name", "Ada"}})});
    act(rep, {contact(ada, {{"role", "CTO"}})});
    act(rep, {contact(ben, {{"name", "Ben"}})});
    const auto turn = must(acts.discard(2, "discard"));
    CHECK_FALSE(turn.in_the_way);
    CHECK(role(rep).empty());
    CHECK(must(acts.taken_back()) == std::map<std::uint64_t, std::uint64_t>{{2, 4}});
    must(acts.undo(turn.act.id));
    CHECK(role(rep) == "CTO");
    CHECK(must(acts.taken_back()) == std::map<std::uint64_t, std::uint64_t>{{2, 4}, {4, 5}});
    CHECK(must(acts.discard(1, "discard")).in_the_way->field == "role");
    CHECK(acts.discard(77, "discard").error().code == Errc::not_found);
    CHECK(role(rep) == "CTO");
}

TEST_CASE("fifty acts, fifty undos with restarts and sync between, and all of them again", "[core][acts]") {
    const auto seed = GENERATE(1, 2, 3, 4, 5, 6, 7, 8);
    CAPTURE(seed);
    Folder folder;
    auto rep = std::make_unique<Device>(1, folder.file());
    LittleServer server;
    FakeRandom random{static_cast<std::uint64_t>(seed)};
    const auto meet = [&] {
        server.push(*rep);
        server.pull(*rep, {account_scope(acme)});
    };
    // What was there before is no act.
    must(rep->store->records().write({contact(id_of(300), {{"name", "Zed"}, {"role", "Buyer"}})}));
    const auto start = visible(*rep);
    std::vector<std::vector<std::string>> states{start};
    const auto known = [&](std::uint64_t n) { return must((*rep)->get("contact", id_of(300 + n))).has_value(); };
    while (states.size() <= 50) {
        rep->clock.advance(std::chrono::milliseconds{random.below(3)});
        const auto n = random.below(6);
        std::vector<Edit> edits;
        const std::string word = "w" + std::to_string(random.below(9));
        switch (random.below(5)) {
            case 0:
                edits = {contact(id_of(300 + n), {{"name", word}})};
                break;
            case 1:
                if (known(n)) edits = {contact(id_of(300 + n), {{"role", word}, {"email", word + "@a.example"}})};
                break;
            case 2:
                if (known(n)) edits = {Delete{"contact", id_of(300 + n)}};
                break;
            case 3:
                edits = {Put{"meeting",
                             id_of(400 + n),
                             {{"account", acme}, {"at", static_cast<std::int64_t>(random.below(9))}},
                             {}}};
                break;
            default: {
                UuidSet set;
                for (std::uint64_t one = 0; one < 4; ++one) {
                    if (random.below(2) == 0) set.push_back(id_of(300 + one));
                }
                std::sort(set.begin(), set.end());
                edits = {Put{
                    "meeting", id_of(400 + n), {{"account", acme}, {"at", std::int64_t{7}}, {"contacts", set}}, {}}};
            }
        }
        if (edits.empty() || act(*rep, edits) == 0) continue;
        states.push_back(visible(*rep));
        if (random.below(10) == 0) meet();
    }
    const auto reopen = [&] {
        rep.reset();
        rep = std::make_unique<Device>(1, folder.file());
        rep->clock.advance(std::chrono::hours{1});
    };
    for (std::size_t left = 50; left > 0; --left) {
        if (left % 17 == 0) reopen();
        if (left % 13 == 0) meet();
        const auto turn = must(Acts{*rep->store}.undo());
        REQUIRE(turn);
        INFO(left << " " << (turn->in_the_way ? turn->in_the_way->field : ""));
        REQUIRE_FALSE(turn->in_the_way);
        REQUIRE(visible(*rep) == states[left - 1]);
    }
    CHECK(visible(*rep) == start);
    CHECK_FALSE(must(Acts{*rep->store}.undo()));
    for (std::size_t at = 1; at <= 50; ++at) {
        if (at % 19 == 0) reopen();
        REQUIRE(must(Acts{*rep->store}.redo()));
        REQUIRE(visible(*rep) == states[at]);
    }
    CHECK_FALSE(must(Acts{*rep->store}.redo()));
}

TEST_CASE("a settled conflict shows again what it showed before", "[core][acts]") {
    Both both;
    auto& rep = both.rep;
    auto& other = both.other;
    Acts acts{*rep.store};
    must(rep->write({contact(ada, {{"name", "Ada"}, {"role", "CTO"}})}));
    both.meet();
    must(rep->write({contact(ada, {{"role", "CEO"}})}));
    other.clock.advance(std::chrono::minutes{1});
    must(other->write({contact(ada, {{"role", "Chair"}})}));
    both.meet();
    const auto conflicts = must(rep->conflicts());
    REQUIRE(conflicts.size() == 1);
    REQUIRE(role(rep) == "Chair");
    const auto settle = [&](const char* value) {
        must(acts.perform("settle", [&] { return rep->resolve(conflicts.front().id, std::string{value}); }));
    };
    SECTION("with the other value") {
        settle("CEO");
        CHECK(must(acts.undo())->fields == std::set<std::string>{"role"});
        CHECK(role(rep) == "Chair");
        must(acts.redo());
        CHECK(role(rep) == "CEO");
        both.meet();
        CHECK(role(other) == "CEO");
    }
    SECTION("with the value that was shown: then nothing shows otherwise") {
        settle("Chair");
        const auto turn = must(acts.undo());
        CHECK_FALSE(turn->in_the_way);
        CHECK(turn->fields.empty());
        CHECK(role(rep) == "Chair");
        REQUIRE(must(acts.redo()));
        CHECK(role(rep) == "Chair");
    }
}
