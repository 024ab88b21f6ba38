// What goes wrong around the fleet.
#include "core/catalogue/scope.hpp"
#include "tests/sim/support/fleet.hpp"

namespace debrief::sim {

using namespace std::chrono_literals;

void Fleet::line_fault(std::size_t device) {
    const auto state = world_.session(device).status().state;
    if (state == sync::SyncState::offline || state == sync::SyncState::revoked) return world_.online(device);
    switch (random_.below(4)) {
        case 0:
            met(Fault::line_cut, device);
            return world_.cut(device);
        case 1:
            met(Fault::cut_in_message, device);
            return world_.cut_after(device, random_.below(3000));
        case 2:
            met(Fault::deaf_upwards, device);
            return world_.deafen(device, true);
        default:
            met(Fault::deaf_downwards, device);
            return world_.deafen(device, false);
    }
}

void Fleet::machine_fault(std::size_t device) {
    switch (random_.below(6)) {
        case 0: {
            met(Fault::clock_jump, device);
            const std::chrono::milliseconds jumps[]{0ms, 1h, -1h, 24h, -24h, 87'600h, -87'600h, 1ms};
            return world_.skew(device, jumps[random_.below(8)]);
        }
        case 1:
            met(Fault::device_dies, device);
            return world_.crash_device(device, PowerCut::none);
        case 2:
            met(Fault::device_power_cut, device);
            return world_.crash_device(device, random_.one_in(2) ? PowerCut::all : PowerCut::torn);
        case 3:
            met(Fault::device_dies_at_write, device);
            return world_.disk(device).fail_at(1 + random_.below(40), DiskFault::dies);
        case 4:
            met(Fault::device_disk_error, device);
            return world_.disk(device).fail_at(1 + random_.below(20),
                                               random_.one_in(2) ? DiskFault::error_once : DiskFault::short_write);
        default:
            met(Fault::device_disk_full, device);
            return world_.disk(device).fail_at(1 + random_.below(10), DiskFault::full);
    }
}

void Fleet::server_fault() {
    switch (random_.below(4)) {
        case 0:
            met_by_all(Fault::server_dies);
            return world_.crash_server(PowerCut::none);
        case 1:
            met_by_all(Fault::server_power_cut);
            return world_.crash_server(random_.one_in(2) ? PowerCut::all : PowerCut::torn);
        case 2:
            met_by_all(Fault::server_dies_at_write);
            return world_.server_disk().fail_at(1 + random_.below(60), DiskFault::dies);
        default:
            met_by_all(Fault::server_disk_error);
            return world_.server_disk().fail_at(1 + random_.below(20), DiskFault::error_once);
    }
}

// The disk may refuse any of it; then nothing has changed.
void Fleet::change_access() {
    auto& server = world_.server();
    const auto& person = people_[random_.below(people_.size())];
    if (random_.one_in(4)) {
        met_by_all(Fault::team_move);
        const auto members = server.directory().members;
        for (const auto& [who, record] : members) {
            if (who.second == person.id) static_cast<void>(server.write({core::Delete{"member", record}}).has_value());
        }
        const std::string teams[]{"North", "South", "Europe"};
        static_cast<void>(
            sync::add_user(server,
                           {person.name, person.name > "D" ? "manager" : "rep", teams[random_.below(3)], {}, {}})
                .has_value());
        return;
    }
    // Often the youngest one: its maker may not have heard of it yet.
    const auto& account = random_.one_in(2) ? accounts_.back() : accounts_[random_.below(accounts_.size())];
    if (random_.one_in(2)) {
        met_by_all(Fault::grant);
        static_cast<void>(sync::assign(server, account.text(), person.name).has_value());
    } else {
        met_by_all(Fault::revocation);
        static_cast<void>(sync::unassign(server, account.text(), person.name).has_value());
    }
}

void Fleet::revoke_device(std::size_t device) {
    if (revoked_.contains(device) || revoked_.size() + doubtful_.size() + 2 > world_.devices()) return;
    met(Fault::device_revoked, device);
    const auto id = world_.store(device).identity().device;
    if (sync::revoke_device(world_.server(), id.text()))
        revoked_.insert(device), doubtful_.erase(device);
    else
        doubtful_.insert(device);
}

}  // namespace debrief::sim
