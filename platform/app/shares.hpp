// A share with what it is worth: how many of how many, and the interval in which the true one may lie.
#pragma once

#include <cstddef>

#include <nlohmann/json_fwd.hpp>

namespace debrief::platform {

/// Fewer than these are said to be few: an interval alone is easily read over.
inline constexpr std::size_t few_below = 30;

struct Interval {
    double low = 0, high = 1;
};
/// The 95 % interval of a share. Source: Wilson, "Probable inference, the law of succession, and statistical
/// inference", 1927.
Interval wilson(std::size_t count, std::size_t n);

/// `{count, n, percent, low, high, few}`, in per cent with one decimal; null where n is 0.
nlohmann::json share_json(std::size_t count, std::size_t n);

}  // namespace debrief::platform
