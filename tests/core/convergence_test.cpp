// Three devices and a little server through random days: after each meeting all show and keep the same, and it is what
// the smallest model says.
#include <catch2/catch.hpp>

#include <map>

#include "core/catalogue/scope.hpp"
#include "core/changes/state_codec.hpp"
#include "core/store/database.hpp"
#include "core/store/records.hpp"
#include "tests/core/support/little_server.hpp"

using namespace debrief::core;
using namespace debrief::core::test;

namespace {

const Uuid acme = id_of(1);
const std::vector<std::string> scopes{account_scope(acme)};

std::string random_word(FakeRandom& random) {
    return std::string(1, static_cast<char>('a' + random.below(4)));
}

Edit random_edit(FakeRandom& random) {
    const auto which = id_of(100 + random.below(4));
    switch (random.below(8)) {
        case 0:
            return Delete{"contact", which};
        case 1:
            return Put{"contact",
                       which,
                       {{"account", acme}, {"name", "N" + random_word(random)}, {"phone", Null{}}},
                       std::nullopt};
        case 2: {
            UuidSet set;
            for (std::uint64_t i = 0; i < 3; ++i) {
                if (random.below(2) == 0) set.push_back(id_of(i));
            }
            return Put{
                "meeting", id_of(200), {{"account", acme}, {"at", std::int64_t{1}}, {"contacts", set}}, std::nullopt};
        }
        case 3:
            return Put{"contact",
                       which,
                       {{"account", acme},
                        {"name", "N"},
                        {"note", "One " + random_word(random) + " two " + random_word(random) + " three"}},
                       std::nullopt};
        default:
            return Put{
                "contact", which, {{"account", acme}, {"name", "N"}, {"role", random_word(random)}}, std::nullopt};
    }
}

/// Everything that a store keeps of every record, and what it shows.
std::string picture(Device& device) {
    std::string out;
    Records records{device->database(), catalogue(), false};
    for (std::uint64_t i = 0; i < 300; ++i) {
        const auto found = must(records.find(id_of(i)));
        if (!found) continue;
        const auto bytes = encode(found->state);
        out += std::to_string(i) + ":" + std::string{as_text(bytes)} + ";" + std::to_string(found->flags);
        const auto shown_record = must(device->get(found->state.table, id_of(i)));
        if (!shown_record) continue;
        for (const auto& [name, value] : shown_record->fields) {
            const auto canonical = canonical_bytes(value);
            out += name + "=" + std::string{as_text(canonical)} + ",";
        }
        for (const auto& field : shown_record->conflicts) out += "!" + field;
    }
    return out;
}

/// Heads by the plain rule over the whole log: written and not replaced.
std::map<std::string, std::map<Dot, Value>> by_the_rule(const std::vector<LogEntry>& log) {
    std::map<std::string, std::map<Dot, Value>> heads;
    for (const auto& entry : log) {
        for (const auto& record : must(decode_changeset(entry.payload)).records) {
            for (const auto& field : record.fields) {
                auto& of_field = heads[record.record.text() + field.field];
                for (const auto& dot : field.replaces) of_field.erase(dot);
                of_field.emplace(entry.dot, field.value);
            }
        }
    }
    return heads;
}

void check_heads(Device& device, const std::vector<LogEntry>& log) {
    Records records{device->database(), catalogue(), false};
    for (const auto& [name, expected] : by_the_rule(log)) {
        const auto id = parse_uuid(std::string_view{name}.substr(0, 36));
        const auto found = must(records.find(*id));
        REQUIRE(found);
        std::map<Dot, Value> heads;
        for (const auto& head : found->state.fields.at(name.substr(36))) heads.emplace(head.dot, head.value);
        REQUIRE(heads == expected);
    }
}

}  // namespace

TEST_CASE("after every meeting all devices keep and show the same", "[core][device][convergence]") {
    for (std::uint64_t seed = 1; seed <= 25; ++seed) {
        INFO("seed " << seed);
        FakeRandom random{seed};
        LittleServer server;
        server.clock_lead = Instant{static_cast<std::int64_t>(random.below(3)) * 700};
        // Refusals come as the server would give them: what depends on a refused change is refused too.
        std::set<Dot> refused;
        server.judge = [&](const Changeset& changeset) -> std::string {
            bool depends = false;
            for (const auto& record : changeset.records) {
                for (const auto& field : record.fields) {
                    for (const auto& dot : field.replaces) depends = depends || refused.contains(dot);
                    for (const auto& dot : field.covers)
                        depends = depends || (dot != changeset.dot && refused.contains(dot));
                }
            }
            if (!depends && random.below(10) != 0) return {};
            refused.insert(changeset.dot);
            return depends ? "depends" : "invalid";
        };
        std::vector<std::unique_ptr<Device>> devices;
        for (std::uint64_t i = 1; i <= 3; ++i) devices.push_back(std::make_unique<Device>(i));
        for (int day = 0; day < 12; ++day) {
            for (int step = 0; step < 8; ++step) {
                auto& device = *devices[random.below(3)];
                device.clock.advance(Instant{static_cast<std::int64_t>(random.below(2000))});
                static_cast<void>(device->write({random_edit(random)}));
                if (random.below(3) == 0) server.push(device);
                if (random.below(3) == 0) server.pull(device, scopes);
                if (random.below(12) == 0) static_cast<void>(must(device.store->retry_parked(std::nullopt)));
                const auto parked = must(device.store->parked());
                if (!parked.empty() && random.below(6) == 0)
                    must(device.store->discard_parked(parked[random.below(parked.size())].n));
            }
            for (auto& device : devices) server.push(*device);
            for (auto& device : devices) server.pull(*device, scopes);
            for (auto& device : devices) {
                REQUIRE(picture(*device) == picture(*devices[0]));
                CHECK(must((*device)->database().integer(
                          "SELECT count(*) FROM record WHERE confirmed IS NOT NULL OR pending <> 0")) == 0);
                must((*device)->database().run("INSERT INTO search(search) VALUES ('integrity-check')"));
            }
            check_heads(*devices[0], server.log(scopes[0]));
        }
        // Everything that was ever accepted is in the history of everybody.
        std::map<Uuid, std::size_t> writes;
        for (const auto& entry : server.log(scopes[0])) {
            for (const auto& record : must(decode_changeset(entry.payload)).records)
                writes[record.record] += record.fields.size();
        }
        for (const auto& [id, count] : writes) {
            for (auto& device : devices) {
                const auto place = must((*device)->locate(id));
                REQUIRE(place);
                CHECK(must((*device)->history(place->table, id)).versions.size() == count);
            }
        }
    }
}

TEST_CASE("two edits of one note in different places are shown as one, and nobody has to choose",
          "[core][device][prose]") {
    LittleServer server;
    Device rep{1}, other{2};
    const auto note = [](std::string text) -> Put {
        return {"account", acme, {{"name", "Acme"}, {"note", std::move(text)}}, std::nullopt};
    };
    must(rep->write({note("They lose two days a month. The audit is in March.")}));
    server.push(rep);
    server.pull(rep);
    server.pull(other);
    must(rep->write({note("They lose three days a month. The audit is in March.")}));
    must(other->write({note("They lose two days a month. The audit is in May.")}));
    server.push(rep);
    server.push(other);
    server.pull(rep);
    server.pull(other);
    for (auto* device : {&rep, &other}) {
        CHECK(must((*device)->get("account", acme))->text("note") ==
              "They lose three days a month. The audit is in May.");
        CHECK(must((*device)->conflicts()).empty());
        CHECK(must((*device)->search("three may")).size() == 1);
    }
    must(rep->write({note("They lose three days a month. The audit is in May. Budget is there.")}));
    server.push(rep);
    server.pull(rep);
    server.pull(other);
    CHECK(must(other->get("account", acme))->text("note") ==
          "They lose three days a month. The audit is in May. Budget is there.");
}
