// Whether a transcript is looked at: each thing that it expects is changed a little, and the comparison must say no.
#pragma once

#include <functional>
#include <string>

#include "tests/sync/support/golden.hpp"

namespace debrief::sync::test {

/// Frames must be said exactly; of what is shown a line names what it is about.
enum class Exact { no, yes };

/// Calls `take` with each way of changing one place of `expected`: a value, an item less, and where it is exact a field
/// that is missing or too many. What a variable stands for is changed where `golden` knows it; what it will stand for
/// is anything. `path` says where.
void each_change(Golden& golden, const Golden::json& expected, Exact exact,
                 const std::function<void(const Golden::json& changed, const std::string& path)>& take);

}  // namespace debrief::sync::test
