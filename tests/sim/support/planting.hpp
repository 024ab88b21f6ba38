// Lives with a planted defect until a promise is broken: whether the simulator finds what it is there to find.
#pragma once

#include <optional>

#include "core/defects.hpp"
#include "tests/sim/support/fleet.hpp"

namespace debrief::sim {

struct Found {
    std::uint64_t seed = 0;
    std::string problem;
};

/// The first of `seeds` seeds from `first` on that breaks a promise; nothing if none does, as in a build that holds no
/// defects. The defect is gone afterwards.
std::optional<Found> find_defect(core::Defect defect, std::uint64_t first, std::uint64_t seeds, std::size_t events);

}  // namespace debrief::sim
