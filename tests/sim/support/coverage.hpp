// How often each fault met each state of the protocol.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "sync/status.hpp"

namespace debrief::sim {

enum class Fault {
    line_cut,
    cut_in_message,
    deaf_upwards,
    deaf_downwards,
    clock_jump,
    device_dies,
    device_power_cut,
    device_dies_at_write,
    device_disk_error,
    device_disk_full,
    server_dies,
    server_power_cut,
    server_dies_at_write,
    server_disk_error,
    grant,
    revocation,
    team_move,
    device_revoked,
    erasure,
    refused_change,
    older_catalogue,
    newer_catalogue,
};
inline constexpr std::array<std::string_view, 22> fault_names{"line cut",
                                                              "cut in a message",
                                                              "half-open upwards",
                                                              "half-open downwards",
                                                              "clock jump",
                                                              "device dies",
                                                              "device power cut",
                                                              "device dies at a write",
                                                              "device disk error",
                                                              "device disk full",
                                                              "server dies",
                                                              "server power cut",
                                                              "server dies at a write",
                                                              "server disk error",
                                                              "grant",
                                                              "revocation",
                                                              "team move",
                                                              "device revoked",
                                                              "erasure",
                                                              "refused change",
                                                              "older catalogue",
                                                              "newer catalogue"};
inline constexpr std::size_t fault_count = fault_names.size(), state_count = 5;

struct Coverage {
    std::array<std::array<std::uint64_t, state_count>, fault_count> met{};

    void note(Fault fault, sync::SyncState state) {
        ++met[static_cast<std::size_t>(fault)][static_cast<std::size_t>(state)];
    }
    void add(const Coverage& other) {
        for (std::size_t fault = 0; fault < fault_count; ++fault) {
            for (std::size_t state = 0; state < state_count; ++state) met[fault][state] += other.met[fault][state];
        }
    }
    /// Why the cell cannot be met; empty if it can.
    static std::string_view impossible(Fault fault, sync::SyncState state) {
        const bool needs_line = fault == Fault::line_cut || fault == Fault::cut_in_message ||
                                fault == Fault::deaf_upwards || fault == Fault::deaf_downwards;
        if (needs_line && (state == sync::SyncState::offline || state == sync::SyncState::revoked)) return "no line";
        if (fault == Fault::device_revoked && state == sync::SyncState::revoked) return "revoked once";
        return {};
    }
    [[nodiscard]] std::size_t empty_cells() const;
    [[nodiscard]] std::string table() const;
};

}  // namespace debrief::sim
