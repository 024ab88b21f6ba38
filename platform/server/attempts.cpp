#include "platform/server/attempts.hpp"

#include <algorithm>

namespace debrief::platform {

void Attempts::forgive(Seen& seen, Time now) {
    const auto forgiven = (now - seen.since) / forgiven_each;
    if (forgiven <= 0) return;
    seen.failures = static_cast<int>(std::max<std::int64_t>(0, seen.failures - forgiven));
    seen.since += forgiven * forgiven_each;
}

void Attempts::failed(const std::string& address, Time now) {
    if (seen_.size() >= addresses_max && seen_.count(address) == 0) {
        seen_.erase(std::min_element(seen_.begin(), seen_.end(),
                                     [](const auto& a, const auto& b) { return a.second.since < b.second.since; }));
    }
    auto [place, fresh] = seen_.try_emplace(address, Seen{0, now});
    forgive(place->second, now);
    ++place->second.failures;
}

bool Attempts::admits(const std::string& address, Time now) {
    const auto found = seen_.find(address);
    if (found == seen_.end()) return true;
    forgive(found->second, now);
    if (found->second.failures == 0) {
        seen_.erase(found);
        return true;
    }
    return found->second.failures < failures_max;
}

}  // namespace debrief::platform
