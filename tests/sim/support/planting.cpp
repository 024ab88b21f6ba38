#include "tests/sim/support/planting.hpp"

namespace debrief::sim {

std::optional<Found> find_defect(core::Defect defect, std::uint64_t first, std::uint64_t seeds, std::size_t events) {
#ifdef NDEBUG
    static_cast<void>(defect), static_cast<void>(first), static_cast<void>(seeds), static_cast<void>(events);
    return std::nullopt;
#else
    core::planted_defect = defect;
    std::optional<Found> found;
    for (auto seed = first; seed < first + seeds && !found; ++seed) {
        const auto outcome = live(seed, events);
        if (!outcome.problems.empty()) found = Found{seed, outcome.problems.front()};
    }
    core::planted_defect = core::Defect::none;
    return found;
#endif
}

}  // namespace debrief::sim
