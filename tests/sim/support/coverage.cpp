#include "tests/sim/support/coverage.hpp"

namespace debrief::sim {

std::size_t Coverage::empty_cells() const {
    std::size_t empty = 0;
    for (std::size_t fault = 0; fault < fault_count; ++fault) {
        for (std::size_t state = 0; state < state_count; ++state) {
            const bool can = impossible(static_cast<Fault>(fault), static_cast<sync::SyncState>(state)).empty();
            if (can && met[fault][state] == 0) ++empty;
        }
    }
    return empty;
}

std::string Coverage::table() const {
    const auto padded = [](std::string_view text, std::size_t width) {
        return std::string(width > text.size() ? width - text.size() : 1, ' ') + std::string{text};
    };
    std::string text(24, ' ');
    for (std::size_t state = 0; state < state_count; ++state)
        text += padded(sync::name_of(static_cast<sync::SyncState>(state)), 13);
    text += "\n";
    for (std::size_t fault = 0; fault < fault_count; ++fault) {
        text += std::string{fault_names[fault]} + std::string(24 - fault_names[fault].size(), ' ');
        for (std::size_t state = 0; state < state_count; ++state) {
            const auto why = impossible(static_cast<Fault>(fault), static_cast<sync::SyncState>(state));
            text += padded(why.empty() ? std::to_string(met[fault][state]) : std::string{why}, 13);
        }
        text += "\n";
    }
    return text;
}

}  // namespace debrief::sim
