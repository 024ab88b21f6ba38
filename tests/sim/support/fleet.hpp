// The life of a fleet under one seed: people write, get and lose accounts, lines are cut, machines and disks fail. An
// observer reads every message at the moment when it is handed to a device. When the faults stop, all must be well.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/sim/support/coverage.hpp"
#include "tests/sync/support/world.hpp"

namespace debrief::sim {

struct Outcome {
    std::vector<std::string> problems;  ///< Empty: every promise was kept.
    std::vector<std::string> tail;      ///< What happened last, for people.
    Coverage coverage;
    std::uint64_t trace = 0;    ///< The same for two runs of one seed.
    std::uint64_t changes = 0;  ///< Written on devices.
    std::uint64_t applied = 0;  ///< Of them and of the server's, applied on all devices together.
};

/// Lives `events` events under `seed` and looks at what is left. A broken promise does not throw.
Outcome live(std::uint64_t seed, std::size_t events);

class Fleet {
public:
    explicit Fleet(std::uint64_t seed);
    void live(std::size_t events);
    void settle();
    void check();
    Outcome outcome;

private:
    /// Stands in one field of one record only.
    struct Word {
        std::string text;
        std::size_t device = 0;
        std::string table, field;
        core::Uuid record;
        std::string scope;
        bool said = false;    // To be saved.
        bool erased = false;  // By somebody who was told so.
    };
    struct Person {
        std::string name;
        core::Uuid id;
    };

    void event();
    void step();
    void met(Fault fault, std::size_t device);
    void met_by_all(Fault fault);
    void say(std::string what);
    void problem(std::string what);
    void line_fault(std::size_t device);
    void machine_fault(std::size_t device);
    void server_fault();
    void change_access();
    void revoke_device(std::size_t device);
    /// Of the doubtful ones, those that the server has cut off.
    void find_revoked();
    void write(std::size_t device);
    void write_equal(std::size_t device);
    void write_newer(std::size_t device);
    void make_account(std::size_t device);
    void refuse(std::size_t device);
    void remove(std::size_t device);
    void erase(std::size_t device);
    void retry(std::size_t device);
    void bury_the_dead();

    std::string new_word() { return "canary" + std::to_string(10'000 + words_.size()); }
    void put(std::size_t device, const std::string& table, const std::string& field, const std::string& scope,
             const core::Uuid& record, core::FieldMap fields);
    std::optional<core::Record> some(std::size_t device, const std::string& table);
    PowerCut some_cut();
    void observe(std::size_t device, core::ByteView message);
    [[nodiscard]] bool reads(std::size_t device, const std::string& scope);

    void check_device(std::size_t device, const std::map<std::string, std::string>& truth);
    void check_words();
    void check_disk(std::size_t device);
    /// What a device has just lost: no word of it is on its disk, whether the server has it or not.
    void check_losses(std::size_t device);
    void check_log();
    void check_heads(const std::string& table, const core::Uuid& record, const std::string& field,
                     const std::set<core::Dot>& heads);
    [[nodiscard]] bool waits_on_device(const Word& word);
    [[nodiscard]] bool is_kept(const Word& word);
    std::map<std::string, std::string> content(core::Store& store);

    sync::test::World world_;
    sync::test::FakeRandom& random_;
    std::vector<Person> people_;
    std::vector<std::size_t> owners_;  // Of devices: places in `people_`.
    std::vector<core::Uuid> accounts_;
    core::Uuid vault_;  // An account that nobody serves.
    std::vector<Word> words_;
    std::set<std::size_t> newer_, revoked_;
    std::set<std::size_t> doubtful_;  // To be revoked, and the disk gave an error: after a power cut it may stand there.
    std::map<std::size_t, std::set<std::string>> held_, ever_held_;  // Scopes, by device.
    std::map<std::size_t, PowerCut> dying_;
};

/// Every canary word in these bytes.
std::set<std::string> canaries(std::string_view bytes);

}  // namespace debrief::sim
