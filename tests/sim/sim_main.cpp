// The simulator: `debrief_sim [--seeds N] [--seed FIRST] [--events N] [--defects]`. Prints what is being proved, at
// what speed, and which fault met which state. Exit 1: a promise was broken; the seed, what happened last and how to
// see it again. `--defects`: plants each defect in turn and lives until it is found; exit 1: one was not.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "tests/sim/support/planting.hpp"

using namespace debrief;
using namespace debrief::sim;

namespace {

void print(const Outcome& outcome, std::uint64_t seed, std::size_t events) {
    for (const auto& line : outcome.tail) std::printf("    %s\n", line.c_str());
    for (const auto& problem : outcome.problems)
        std::printf("seed %llu: %s\n", static_cast<unsigned long long>(seed), problem.c_str());
    std::printf("again: ./dev sim --seed %llu --events %zu\n", static_cast<unsigned long long>(seed), events);
}

int find_defects(std::uint64_t first, std::uint64_t seeds, std::size_t events) {
    int missed = 0;
    for (std::size_t i = 1; i < core::defect_names.size(); ++i) {
        const auto found = find_defect(static_cast<core::Defect>(i), first, seeds, events);
        const std::string name{core::defect_names[i]};
        if (found)
            std::printf("%-20s found by seed %llu: %s\n", name.c_str(), static_cast<unsigned long long>(found->seed),
                        found->problem.c_str());
        else
            std::printf("%-20s NOT FOUND in %llu seeds\n", name.c_str(), static_cast<unsigned long long>(seeds));
        std::fflush(stdout);
        missed += found ? 0 : 1;
    }
    std::printf("\n%zu defects, %d not found\n", core::defect_names.size() - 1, missed);
    return missed == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    std::uint64_t seeds = 300, first = 1;
    std::size_t events = 120;
    bool defects = false;
    if (argc > 1 && std::strcmp(argv[argc - 1], "--defects") == 0) defects = true, --argc;
    for (int i = 1; i + 1 < argc; i += 2) {
        const auto number = std::strtoull(argv[i + 1], nullptr, 10);
        if (std::strcmp(argv[i], "--seeds") == 0) {
            seeds = number;
        } else if (std::strcmp(argv[i], "--seed") == 0) {
            first = number;
        } else if (std::strcmp(argv[i], "--events") == 0) {
            events = number;
        } else {
            std::fprintf(stderr, "debrief_sim: unknown option %s\n", argv[i]);
            return 2;
        }
    }
#ifdef NDEBUG
    if (defects) {
        std::fprintf(stderr, "debrief_sim: this build holds no defects to plant; a debug build does.\n");
        return 2;
    }
#endif
    if (defects) return find_defects(first, seeds, events);
    Coverage coverage;
    std::uint64_t changes = 0, applied = 0, broken = 0;
    const auto start = std::chrono::steady_clock::now();
    for (std::uint64_t seed = first; seed < first + seeds; ++seed) {
        const auto outcome = live(seed, events);
        coverage.add(outcome.coverage);
        changes += outcome.changes;
        applied += outcome.applied;
        if (!outcome.problems.empty()) {
            print(outcome, seed, events);
            if (++broken == 5) break;
        }
        if ((seed - first + 1) % 50 == 0 || seed + 1 == first + seeds) {
            const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
            std::printf("%llu seeds, %.1f seeds/s, %.0f changes/s written, %.0f applied; %llu broken\n",
                        static_cast<unsigned long long>(seed - first + 1),
                        static_cast<double>(seed - first + 1) / took.count(),
                        static_cast<double>(changes) / took.count(),
                        static_cast<double>(changes + applied) / took.count(), static_cast<unsigned long long>(broken));
            std::fflush(stdout);
        }
    }
    std::printf("\n%s%zu empty cells\n", coverage.table().c_str(), coverage.empty_cells());
    return broken == 0 ? 0 : 1;
}
