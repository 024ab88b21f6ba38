#include "sync/server/presence.hpp"

#include <algorithm>

#include "sync/server/access.hpp"
#include "sync/server/session_impl.hpp"

namespace debrief::sync {

bool Presence::may_speak() {
    return said_ <= said_max && ++said_ <= said_max;
}

void Presence::tell(const Told& told) {
    const auto known = std::find_if(pile_.begin(), pile_.end(), [&](const Told& waiting) {
        return waiting.room == told.room && waiting.user == told.user;
    });
    if (known != pile_.end()) {
        *known = told;
        return;
    }
    if (pile_.size() == pile_max) pile_.pop_front();
    pile_.push_back(told);
}

std::optional<Presence::Told> Presence::take() {
    if (pile_.empty()) return std::nullopt;
    auto told = pile_.front();
    pile_.pop_front();
    return told;
}

// Whoever may not read the scope, and whoever names a room that is not there, gets the same answer: none.
void ServerSession::Impl::hear_presence(PresenceFrame&& frame) {
    if (!presence) presence = std::make_unique<Presence>();
    if (!presence->may_speak()) return;
    if (presence->begins_stretch()) arms_presence = true;
    if (pushes.empty()) return take_presence(frame);
    const auto state = presence_named(frame.what);
    if (!state || (*state == PresenceState::typing && presence->behind.count(frame.room) != 0)) return;
    if (presence->behind.size() < Presence::rooms_max || presence->behind.count(frame.room) != 0)
        presence->behind[frame.room] = std::move(frame);
}

void ServerSession::Impl::take_presence_behind() {
    if (!presence || phase != Phase::greeted || !pushes.empty()) return;
    for (const auto& [room, frame] : std::exchange(presence->behind, {})) take_presence(frame);
}

void ServerSession::Impl::take_presence(const PresenceFrame& frame) {
    const auto state = presence_named(frame.what);
    const auto scope = core::parse_scope(frame.scope);
    if (!state || !scope || scope->kind != core::ScopeKind::account) return;
    if (!may_read(hub.store.directory(), user, *scope)) return;
    const auto room = hub.store.records().get("room", frame.room);
    if (!room || !*room || (*room)->scope != frame.scope) return;
    const auto line = hub.line(frame.scope);
    if (!line) return;
    if (*state == PresenceState::gone) return leave_room(frame.room);
    const bool comes = presence->rooms.count(frame.room) == 0;
    if (comes && presence->rooms.size() == Presence::rooms_max) return;
    presence->rooms.emplace(frame.room, *line);
    if (comes) hub.tell_who_is_there(*this, frame.room, *line);
    hub.tell_presence(*this, {*line, frame.room, user, *state, hub.clock.now()});
}

void ServerSession::Impl::leave_room(const core::Uuid& room) {
    const auto found = presence->rooms.find(room);
    if (found == presence->rooms.end()) return;
    const auto line = found->second;
    presence->rooms.erase(found);
    // With another device they are still there.
    if (!hub.is_there(user, room, line))
        hub.tell_presence(*this, {line, room, user, PresenceState::gone, hub.clock.now()});
}

void ServerSession::Impl::leave_rooms(const std::function<bool(std::uint32_t line)>& left) {
    if (!presence) return;
    const auto rooms = presence->rooms;
    for (const auto& [room, line] : rooms) {
        if (left(line)) leave_room(room);
    }
}

std::optional<SharedBytes> ServerSession::Impl::next_presence() {
    while (presence && presence->waits()) {
        auto told = *presence->take();
        if (!may_read_line(told.line)) continue;
        if (told.state == PresenceState::typing && hub.clock.now() - told.at > Presence::typing_life)
            told.state = PresenceState::here;
        const PresenceFrame frame{told.room, hub.lines[told.line].name, told.user, std::string{name_of(told.state)}};
        return messages_of(Frame{frame}, config.encoding).front();
    }
    return std::nullopt;
}

namespace {

bool is_in(const ServerSession::Impl& session, const core::Uuid& room) {
    return session.presence && session.presence->rooms.count(room) != 0;
}

}  // namespace

// A room's people are among those who listen to its scope: leaving that, they leave the room.
bool SessionHub::Impl::is_there(const core::Uuid& user, const core::Uuid& room, std::uint32_t line) const {
    const auto& listeners = lines[line].listeners;
    return std::any_of(listeners.begin(), listeners.end(),
                       [&](const auto* one) { return one->user == user && is_in(*one, room); });
}

void SessionHub::Impl::tell_presence(const ServerSession::Impl& from, const Presence::Told& told) {
    for (auto* listener : lines[told.line].listeners) {
        if (listener == &from || listener->device == from.device) continue;
        if (!listener->presence) listener->presence = std::make_unique<Presence>();
        listener->presence->tell(told);
        listener->wake();
    }
}

void SessionHub::Impl::tell_who_is_there(ServerSession::Impl& to, const core::Uuid& room, std::uint32_t line) {
    for (const auto* other : lines[line].listeners) {
        if (other == &to || !is_in(*other, room)) continue;
        to.presence->tell({line, room, other->user, PresenceState::here, clock.now()});
    }
}

}  // namespace debrief::sync
