#include "platform/app/shares.hpp"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

namespace debrief::platform {
namespace {

constexpr double z = 1.959964;  // Of the normal distribution, 95 % between its two ends.

double percent(double share) {
    return std::round(share * 1000.0) / 10.0;
}

}  // namespace

Interval wilson(std::size_t count, std::size_t n) {
    if (n == 0) return {};
    const auto all = static_cast<double>(n);
    const double p = static_cast<double>(count) / all;
    const double middle = p + z * z / (2 * all);
    const double half = z * std::sqrt(p * (1 - p) / all + z * z / (4 * all * all));
    const double whole = 1 + z * z / all;
    return {std::max(0.0, (middle - half) / whole), std::min(1.0, (middle + half) / whole)};
}

nlohmann::json share_json(std::size_t count, std::size_t n) {
    if (n == 0) return nullptr;
    const auto interval = wilson(count, n);
    return {{"count", count},
            {"n", n},
            {"percent", percent(static_cast<double>(count) / static_cast<double>(n))},
            {"low", percent(interval.low)},
            {"high", percent(interval.high)},
            {"few", n < few_below}};
}

}  // namespace debrief::platform
