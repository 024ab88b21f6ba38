// One fixed life of a store, and a disk that fails at every call in it: whatever the call and the fault, the store is
// afterwards as before the step or as after it, and as after it if it said so.
#pragma once

#include <catch2/catch.hpp>

#include <cstdlib>
#include <functional>
#include <memory>
#include <string>

#include "core/store/database.hpp"
#include "tests/sim/support/sim_disk.hpp"

namespace debrief::sim {

/// The same on every run.
inline core::Uuid id_of(std::uint64_t number) {
    return core::derive_uuid("sweep", std::to_string(number));
}

/// Every row of every table, the parts of the search index aside; and that the file is whole.
inline std::string dump(core::Database& db) {
    auto tables =
        db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%' ORDER BY 1");
    REQUIRE(tables);
    std::string all;
    while (*tables->step()) {
        const std::string name{tables->text(0)};
        all += "\n" + name;
        auto rows = db.prepare("SELECT * FROM \"" + name + "\"");
        REQUIRE(rows);
        while (*rows->step()) {
            all += "\n ";
            for (int column = 0; column < rows->columns(); ++column) {
                all += rows->is_null(column) ? "-" : std::string{rows->text(column)};
                all += "|";
            }
        }
    }
    auto words = db.prepare("SELECT rowid, text FROM search ORDER BY 1");
    if (words) {
        while (*words->step()) all += "\n" + std::to_string(words->integer(0)) + std::string{words->text(1)};
    }
    auto check = db.prepare("PRAGMA integrity_check");
    REQUIRE(check);
    REQUIRE(*check->step());
    REQUIRE(check->text(0) == "ok");
    return all;
}

/// A store that lives on the disk. `House(disk)` opens it (a REQUIRE of its own is not allowed to fail while the disk
/// is faulty: then `open` is false); `step(i)` does the i-th step and tells whether it was said to be done.
template <typename House>
class Sweep {
public:
    explicit Sweep(std::size_t steps) : steps_(steps) {}

    /// Every `each`-th call, from the `from`-th on. Gives how many were tried.
    std::size_t run(DiskFault fault, PowerCut cut, std::size_t each, std::size_t from = 0) {
        std::size_t call = from, tried = 0;
        {
            House house{disk_, 0};
            REQUIRE(house.open());
            house.prepare();
        }
        auto before = disk_.image();
        std::string dump_before = look();
        for (std::size_t step = 0; step < steps_; ++step) {
            disk_.load(before);
            std::uint64_t calls = 0;
            SimDisk::Image after;
            {
                disk_.fail_at(0, DiskFault::none);
                House house{disk_, step};
                REQUIRE(house.open());
                INFO("step " << step);
                REQUIRE(house.step(step));
                calls = disk_.calls();
                after = disk_.image();
            }
            disk_.load(after);
            const auto dump_after = look();
            for (; call < calls; call += each, ++tried) {
                INFO("step " << step << ", call " << call + 1 << " of " << calls << ", fault "
                             << static_cast<int>(fault) << ", cut " << static_cast<int>(cut));
                disk_.load(before);
                meet(fault, cut, step, call + 1, dump_before, dump_after);
            }
            call -= calls;
            before = std::move(after);
            dump_before = dump_after;
        }
        return tried;
    }

private:
    std::string look() {
        const auto kept = disk_.image();
        std::string seen;
        {
            House house{disk_, 0};
            REQUIRE(house.open());
            seen = dump(house.database());
        }
        disk_.load(kept);
        return seen;
    }

    void meet(DiskFault fault, PowerCut cut, std::size_t step, std::uint64_t call, const std::string& dump_before,
              const std::string& dump_after) {
        bool said = false, again = false;
        disk_.fail_at(call, fault);
        {
            House house{disk_, step};
            if (house.open()) said = house.step(step);
            if (!said && fault != DiskFault::dies) {
                // The disk is well again and the program goes on: nothing half done stands in its way.
                disk_.heal();
                if (house.open()) {
                    REQUIRE(house.step(step));
                    said = again = true;
                }
            }
            disk_.kill();
        }
        sync::test::FakeRandom random{call};
        disk_.power_on(cut, random);
        const auto seen = look();
        if (again) {
            // What was drawn by chance in the first attempt is drawn anew.
            REQUIRE((seen != dump_before || dump_after == dump_before));
        } else if (said) {
            REQUIRE(seen == dump_after);
        } else {
            REQUIRE((seen == dump_before || seen == dump_after));
        }
    }

    SimDisk disk_;
    std::size_t steps_;
};

/// DEBRIEF_EVERY=1 meets every call; otherwise one in `otherwise`.
inline std::size_t every(std::size_t otherwise) {
    const char* text = std::getenv("DEBRIEF_EVERY");
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

}  // namespace debrief::sim
