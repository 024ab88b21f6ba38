#include "tests/sim/support/fleet.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <exception>
#include <stdexcept>

#include "core/catalogue/scope.hpp"
#include "core/store/database.hpp"
#include "sync/server/access.hpp"
#include "tests/sim/support/catalogues.hpp"

namespace debrief::sim {

using namespace std::chrono_literals;

namespace {

std::uint64_t seeded(std::uint64_t seed) {
    // Salts of write-ahead logs come from SQLite's own generator.
    sqlite3_initialize();
    sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, static_cast<int>(seed & 0x7FFFFFFFU), nullptr);
    return seed;
}

}  // namespace

std::set<std::string> canaries(std::string_view bytes) {
    std::set<std::string> found;
    for (auto at = bytes.find("canary"); at != std::string_view::npos; at = bytes.find("canary", at + 1))
        found.emplace(bytes.substr(at, 11));
    return found;
}

Outcome live(std::uint64_t seed, std::size_t events) {
    std::optional<Fleet> fleet;
    Outcome before;
    try {
        fleet.emplace(seed);
        fleet->live(events);
        fleet->settle();
        fleet->check();
    } catch (const std::exception& error) {
        (fleet ? fleet->outcome : before).problems.emplace_back(error.what());
    }
    return fleet ? fleet->outcome : before;
}

// Every second fleet gives new devices the state of all but the shortest logs.
Fleet::Fleet(std::uint64_t seed)
    : world_(seeded(seed), {.state_after = seed % 2 == 0 ? 4U : 256U, .simulated_disks = true}),
      random_(world_.random) {
    world_.user("Dora", "manager");
    world_.user("Eve", "manager");
    world_.team("Europe", "Eve");
    world_.team("North", "Dora", "Europe");
    world_.team("South", "Eve");
    const auto join = [&](const std::string& name, const std::string& team) {
        people_.push_back({name, world_.user(name, "rep", team)});
    };
    join("Ann", "North"), join("Ben", "South"), join("Cem", {});
    for (const auto* name : {"Dora", "Eve"})
        people_.push_back({name, *sync::find_user(world_.server().directory(), name)});
    for (int i = 0; i < 3; ++i)
        accounts_.push_back(world_.account("Account" + std::to_string(i), people_[random_.below(people_.size())].name));
    vault_ = world_.account("Vault");
    world_.on_handed = [this](std::size_t device, core::ByteView message) { observe(device, message); };
    world_.on_heard = [this](std::size_t device) { check_losses(device); };
    const auto count = 2 + random_.below(6);
    for (std::size_t i = 0; i < count; ++i) {
        owners_.push_back(i < 2 ? i : random_.below(people_.size()));
        const core::Catalogue* catalogue = nullptr;
        if (i == 1) catalogue = &newer_catalogue(), newer_.insert(i);
        if (i == 2) catalogue = &older_catalogue();
        world_.device(people_[owners_[i]].name, catalogue);
    }
}

void Fleet::say(std::string what) {
    outcome.tail.push_back(std::to_string(world_.clock.now().count() % 100'000'000) + " " + std::move(what));
    if (outcome.tail.size() > 400) outcome.tail.erase(outcome.tail.begin());
}
void Fleet::problem(std::string what) {
    if (outcome.problems.size() < 8) outcome.problems.push_back(std::move(what));
}
void Fleet::met(Fault fault, std::size_t device) {
    outcome.coverage.note(fault, world_.session(device).status().state);
    say(std::string{fault_names[static_cast<std::size_t>(fault)]} + ", device " + std::to_string(device));
}
void Fleet::met_by_all(Fault fault) {
    for (std::size_t i = 0; i < world_.devices(); ++i) outcome.coverage.note(fault, world_.session(i).status().state);
    say(std::string{fault_names[static_cast<std::size_t>(fault)]});
}

bool Fleet::reads(std::size_t device, const std::string& scope) {
    const auto parsed = core::parse_scope(scope);
    return parsed && sync::may_read(world_.server().directory(), people_[owners_[device]].id, *parsed);
}

void Fleet::observe(std::size_t device, core::ByteView message) {
    for (const auto& text : canaries(core::as_text(message))) {
        const auto number = std::strtoull(text.c_str() + 6, nullptr, 10);
        if (number < 10'000 || number - 10'000 >= words_.size()) continue;
        const auto& word = words_[number - 10'000];
        if (!reads(device, word.scope))
            problem("device " + std::to_string(device) + " of " + people_[owners_[device]].name + " was handed " +
                    text + " of " + word.scope + ", which is not for it");
    }
}

PowerCut Fleet::some_cut() {
    const PowerCut cuts[]{PowerCut::none, PowerCut::all, PowerCut::torn};
    return cuts[random_.below(3)];
}

void Fleet::bury_the_dead() {
    if (world_.server_disk().dead()) world_.crash_server(some_cut());
    for (std::size_t i = 0; i < world_.devices(); ++i) {
        if (world_.disk(i).dead()) world_.crash_device(i, some_cut());
    }
}

void Fleet::step() {
    world_.step();
    // What is said to be saved inside a transaction that stays open is gone with the program.
    if (world_.server().records().database().in_transaction()) problem("the server has left a transaction open");
    for (std::size_t i = 0; i < world_.devices(); ++i) {
        if (world_.store(i).database().in_transaction())
            problem("device " + std::to_string(i) + " has left a transaction open");
    }
    bury_the_dead();
}

void Fleet::live(std::size_t events) {
    for (std::size_t i = 0; i < events && outcome.problems.empty(); ++i) {
        event();
        bury_the_dead();
        for (std::size_t n = random_.below(14); n > 0; --n) step();
        if (random_.one_in(5)) world_.pass(std::chrono::milliseconds{random_.below(20'000)});
        if (random_.one_in(40)) world_.pass(70min);  // Tokens expire.
        for (std::size_t d = 0; d < world_.devices(); ++d) {
            if (world_.disk(d).faulty() && random_.one_in(4)) world_.disk(d).heal();
        }
        if (world_.server_disk().faulty() && random_.one_in(4)) world_.server_disk().heal();
    }
}

// The faults stop: what everybody holds back must arrive in bounded time.
void Fleet::settle() {
    world_.server_disk().heal();
    const auto before = world_.clock.now();
    for (std::size_t i = 0; i < world_.devices(); ++i) {
        world_.disk(i).heal();
        world_.online(i);
    }
    world_.settle();
    const auto took = world_.clock.now() - before;
    if (took > 15min) problem("it took " + std::to_string(took.count() / 1000) + " s until all was quiet");
    outcome.trace = world_.trace();
    for (std::size_t i = 0; i < world_.devices(); ++i) outcome.applied += world_.session(i).status().totals.pulled;
}

void Fleet::event() {
    const auto device = random_.below(world_.devices());
    switch (random_.below(32)) {
        case 0:
            return world_.offline(device);
        case 1:
        case 2:
        case 3:
            return world_.online(device);
        case 4:
        case 5:
        case 6:
            return line_fault(device);
        case 7:
        case 8:
        case 9:
            return machine_fault(device);
        case 10:
            return server_fault();
        case 11:
        case 12:
            return change_access();
        case 13:
            return random_.one_in(4) ? revoke_device(device) : retry(device);
        case 14:
            return make_account(device);
        case 15:
            return refuse(device);
        case 16:
            return remove(device);
        case 17:
            return erase(device);
        case 18:
        case 19:
        case 20:
            return write_equal(device);
        case 21:
        case 22:
            return write_newer(device);
        default:
            return write(device);
    }
}

}  // namespace debrief::sim
