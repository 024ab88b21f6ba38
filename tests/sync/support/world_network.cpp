// What happens between devices and server, one event at a time.
#include <stdexcept>

#include "tests/sync/support/world.hpp"

namespace debrief::sync::test {

void World::carry_out(Device& device, Actions actions) {
    for (auto& action : actions) {
        if (auto* connects = std::get_if<Connect>(&action)) {
            device.connecting = connects->url;
        } else if (auto* sends = std::get_if<SendFrame>(&action)) {
            if (!device.wire) continue;
            auto& queue = device.wire->up;
            auto at = queue.end();
            if (sends->urgent) {
                at = queue.begin();
                while (at != queue.end() && at->urgent) ++at;
            }
            queue.insert(at, {sends->bytes, sends->urgent});
        } else if (auto* arms = std::get_if<ArmTimer>(&action)) {
            device.timers[arms->which] = clock.now() + arms->after;
        } else if (std::holds_alternative<Close>(action)) {
            if (device.wire) device.wire->client_closing = true;
        }
    }
}

void World::server_actions(Device& device, Actions actions) {
    for (auto& action : actions) {
        if (auto* arms = std::get_if<ArmTimer>(&action)) {
            device.wire->timers[arms->which] = clock.now() + arms->after;
        } else if (std::holds_alternative<Close>(action)) {
            device.wire->server_closing = true;
        }
    }
}

// The server's socket takes one frame.
void World::pump(Device& device) {
    auto& wire = *device.wire;
    if (std::exchange(wire.woken, false)) server_actions(device, wire.server->on_wake());
    if (auto frame = wire.server->next_frame()) {
        if (on_handed) on_handed(device.number, **frame);
        wire.down.push_back({std::move(*frame), false});
    }
}

void World::connect(Device& device) {
    device.connecting.reset();
    if (!device.reachable) {
        carry_out(device, device.session->on_closed({"no network", false}));
        return;
    }
    device.wire = std::make_unique<Wire>(options_.encoding);
    auto* wire = device.wire.get();
    ServerConfig config;
    config.encoding = options_.encoding;
    config.peer = "device";
    config.state_after = options_.state_after;
    wire->server = std::make_unique<ServerSession>(*hub_, config, [wire] { wire->woken = true; });
    server_actions(device, wire->server->on_open());
    carry_out(device, device.session->on_open());
}

void World::lose(Device& device, const std::string& reason) {
    const bool connecting = std::exchange(device.connecting, std::nullopt).has_value();
    if (!device.wire) {
        if (connecting) carry_out(device, device.session->on_closed({reason, false}));
        return;
    }
    device.wire->server->on_closed();
    device.wire.reset();
    carry_out(device, device.session->on_closed({reason, true}));
}

bool World::spend(Device& device, std::size_t bytes) {
    device.bytes += bytes;
    ++device.count;
    if (!device.budget) return true;
    if (*device.budget >= bytes) {
        *device.budget -= bytes;
        return true;
    }
    // The rest of this message never arrives.
    device.budget.reset();
    lose(device, "cut in the middle of a message");
    return false;
}

void World::deliver_up(Device& device) {
    const auto message = device.wire->up.front();
    device.wire->up.pop_front();
    if (device.wire->deaf_up) return;
    note(1, device.number, *message.bytes);
    if (!spend(device, message.bytes->size())) return;
    sizes.push_back(message.bytes->size());
    server_actions(device, device.wire->server->on_frame(*message.bytes));
}

void World::deliver_down(Device& device) {
    const auto message = device.wire->down.front();
    device.wire->down.pop_front();
    if (device.wire->deaf_down) return;
    note(2, device.number, *message.bytes);
    device.received.append(core::as_text(*message.bytes));
    // What was deflated is looked at as well: words must not hide from the observer.
    if (auto frame = device.wire->observer.take(*message.bytes); frame && *frame) {
        device.received.append(core::as_text(encode((*frame)->frame)));
    }
    if (!spend(device, message.bytes->size())) return;
    sizes.push_back(message.bytes->size());
    auto bytes = on_down ? *message.bytes : core::Bytes{};
    if (on_down) on_down(device.number, bytes);
    // Sometimes the next one has arrived as well by the time that this one is looked at.
    const bool more = !device.wire->down.empty() && device.count % 3 != 0;
    carry_out(device, device.session->on_frame(on_down ? bytes : *message.bytes, more));
    if (on_heard) on_heard(device.number);
    if (more && device.wire && !device.wire->down.empty()) deliver_down(device);
}

// Whoever asked to close gets it once everything has been sent.
bool World::finish_closing(Device& device) {
    if (!device.wire) return false;
    auto& wire = *device.wire;
    const bool client_done = wire.client_closing && wire.up.empty();
    const bool server_done = wire.server_closing && wire.down.empty();
    if (!client_done && !server_done) return false;
    lose(device, client_done ? "" : "closed by the server");
    return true;
}

bool World::fire_due(Device& device) {
    for (auto at = device.timers.begin(); at != device.timers.end(); ++at) {
        if (at->second > clock.now()) continue;
        const auto which = at->first;
        device.timers.erase(at);
        carry_out(device, device.session->on_timer(which));
        return true;
    }
    if (!device.wire) return false;
    auto& timers = device.wire->timers;
    for (auto at = timers.begin(); at != timers.end(); ++at) {
        if (at->second > clock.now()) continue;
        const auto which = at->first;
        timers.erase(at);
        server_actions(device, device.wire->server->on_timer(which));
        return true;
    }
    return false;
}

bool World::step() {
    // What could happen, gathered first: each is as likely as any other.
    enum class Event { connect, up, down, pump, commit, timer, close };
    std::vector<std::pair<Event, Device*>> events;
    for (auto& device : devices_) {
        if (device->connecting) events.emplace_back(Event::connect, device.get());
        for (const auto& [which, at] : device->timers) {
            if (at <= clock.now()) events.emplace_back(Event::timer, device.get());
        }
        if (!device->wire) continue;
        auto& wire = *device->wire;
        if (!wire.up.empty() && !wire.server_closing) events.emplace_back(Event::up, device.get());
        if (!wire.down.empty()) events.emplace_back(Event::down, device.get());
        if (wire.client_closing || wire.server_closing) events.emplace_back(Event::close, device.get());
        for (const auto& [which, at] : wire.timers) {
            if (at <= clock.now()) events.emplace_back(Event::timer, device.get());
        }
        const auto before = wire.down.size();
        if (before < 4) {
            pump(*device);
            if (wire.down.size() != before) events.emplace_back(Event::pump, device.get());
        }
    }
    if (hub_->has_work()) events.emplace_back(Event::commit, nullptr);
    if (events.empty()) return false;
    const auto [event, device] = events[random.below(events.size())];
    switch (event) {
        case Event::connect:
            connect(*device);
            break;
        case Event::up:
            deliver_up(*device);
            break;
        case Event::down:
            deliver_down(*device);
            break;
        case Event::pump:
            break;  // Has happened.
        case Event::commit:
            // A disk that fails is the simulator's doing: whoever waits is sent away and comes back.
            if (const auto done = hub_->commit(); !done && !options_.simulated_disks)
                throw std::runtime_error(done.error().detail);
            break;
        case Event::timer:
            fire_due(*device);
            break;
        case Event::close:
            if (!finish_closing(*device) && events.size() == 1) return false;
            break;
    }
    return true;
}

void World::pass(std::chrono::milliseconds time) {
    clock.advance(time);
    for (auto& device : devices_) device->clock.advance(time);
}

std::optional<core::Instant> World::next_deadline() const {
    std::optional<core::Instant> next;
    const auto consider = [&](const std::map<Timer, core::Instant>& timers) {
        for (const auto& [which, at] : timers) {
            if (!next || at < *next) next = at;
        }
    };
    for (const auto& device : devices_) {
        consider(device->timers);
        if (device->wire) consider(device->wire->timers);
    }
    return next;
}

bool World::all_quiet() {
    for (auto& device : devices_) {
        if (!device->reachable) continue;
        const auto status = device->session->status();
        if (status.state != SyncState::caught_up && (status.state != SyncState::revoked || status.leaving))
            return false;
        if (!device->wire) continue;
        if (!device->wire->up.empty() || !device->wire->down.empty()) return false;
        if (device->wire->deaf_up || device->wire->deaf_down) return false;  // Not noticed yet.
    }
    return !hub_->has_work();
}

std::string World::states() {
    std::string all;
    for (std::size_t i = 0; i < devices_.size(); ++i) {
        const auto status = session(i).status();
        all += "; device " + std::to_string(i) + ": " + std::string{name_of(status.state)} + " " + status.problem;
    }
    return all;
}

void World::settle() {
    for (int count = 0; count < 200'000; ++count) {
        while (step()) {
            if (++count > 200'000) break;
        }
        if (all_quiet()) return;
        const auto next = next_deadline();
        if (!next) throw std::runtime_error("nothing can happen any more, and not everybody is caught up" + states());
        if (*next > clock.now()) pass(*next - clock.now());
    }
    throw std::runtime_error("it never ends" + states());
}

}  // namespace debrief::sync::test
