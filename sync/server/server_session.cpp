#include "sync/server/server_session.hpp"

#include <limits>

#include "sync/server/access.hpp"
#include "sync/server/session_impl.hpp"

#include "core/defects.hpp"

namespace debrief::sync {

ServerSession::Impl::Impl(SessionHub::Impl& session_hub, ServerConfig settings, std::function<void()> wake_up)
    : hub(session_hub),
      config(std::move(settings)),
      wake(std::move(wake_up)),
      id(++hub.last_id),
      unpacker(config.encoding, greeting_bytes_max) {
    hub.sessions[id] = this;
}

ServerSession::Impl::~Impl() {
    leave();
    hub.sessions.erase(id);
}

// Listens to nothing more.
void ServerSession::Impl::leave() {
    leave_rooms([](std::uint32_t) { return true; });
    for (const auto& at : places) {
        auto& listeners = hub.lines[at.line].listeners;
        const auto found = std::find(listeners.begin(), listeners.end(), this);
        if (found == listeners.end()) continue;
        *found = listeners.back();
        listeners.pop_back();
    }
    places.clear();
    dirty.clear();
    backlog.clear();
    snapshot.reset();
    parts.clear();
    const auto known = hub.by_device.find(device);
    if (known != hub.by_device.end() && known->second == this) hub.by_device.erase(known);
}

void ServerSession::Impl::say(const Frame& frame) {
    for (auto& message : messages_of(frame, config.encoding, deflate)) {
        urgent_bytes += message->size();
        urgent.push_back(std::move(message));
    }
}

void ServerSession::Impl::bye(std::string_view code, std::string text, std::uint16_t close_code,
                              std::chrono::milliseconds retry) {
    if (phase == Phase::closing) return;
    leave();
    phase = Phase::closing;
    say(ByeFrame{std::string{code}, std::move(text), retry});
    closing = Close{close_code, std::string{code}};
}

Actions ServerSession::Impl::actions() {
    Actions asked;
    if (std::exchange(arms_presence, false)) asked.push_back(ArmTimer{Timer::presence, Presence::stretch});
    if (closing && !std::exchange(close_asked, true)) asked.push_back(*closing);
    return asked;
}

ServerSession::Impl::Place* ServerSession::Impl::place(std::uint32_t line) {
    const auto found = std::lower_bound(places.begin(), places.end(), line,
                                        [](const Place& at, std::uint32_t wanted) { return at.line < wanted; });
    return found != places.end() && found->line == line ? &*found : nullptr;
}

bool ServerSession::Impl::may_read_line(std::uint32_t line) const {
    return may_read(hub.store.directory(), user, hub.lines[line].scope) ||
           core::defective(core::Defect::delivery_unchecked);
}

void ServerSession::Impl::mark(std::uint32_t line) {
    auto* at = place(line);
    if (at == nullptr || at->queued || at->sent >= hub.lines[line].head.position) return;
    at->queued = true;
    (needs_state(*at) ? backlog : dirty).push_back(line);
}

bool ServerSession::Impl::needs_state(const Place& at) const {
    if (at.sent != 0 || at.by_log) return false;
    return at.by_state || hub.lines[at.line].head.position > config.state_after;
}

void ServerSession::Impl::want(const WantFrame& frame) {
    for (const auto& wanted : frame.places) {
        const auto number = hub.numbers.find(wanted.scope);
        auto* at = number == hub.numbers.end() ? nullptr : place(number->second);
        if (at == nullptr) continue;  // Not theirs: answered as a scope that is not there.
        if (snapshot && snapshot->scope() == wanted.scope) snapshot.reset();
        staged[wanted.scope] = wanted;
        at->sent = 0;
        at->by_state = true;
        owes_level = true;
        if (!std::exchange(at->queued, true)) backlog.push_back(at->line);
    }
}

void ServerSession::Impl::push(PushFrame&& frame) {
    std::size_t bytes = 0;
    for (const auto& payload : frame.payloads) bytes += payload.size();
    if (unanswered + bytes > unanswered_max) {
        return bye(bye::protocol, "Too much was pushed without waiting for results.", 1008);
    }
    unanswered += bytes;
    pushes.push_back(bytes);
    Push asked{id, device, user, incarnation, frame.first, std::move(frame.payloads)};
    if (leaving) {
        asked.device = leaving->device;
        asked.user = leaving->user;
        asked.incarnation = leaving->incarnation;
        asked.leaving = true;
    }
    hub.store.submit(std::move(asked));
}

void ServerSession::Impl::answer(const Answer& given) {
    if ((phase != Phase::greeted && phase != Phase::leaving) || pushes.empty()) return;
    unanswered -= pushes.front();
    pushes.pop_front();
    if (urgent_bytes > queue_bytes_max) {
        // What was judged stays judged: the same answers are given to whoever sends it again.
        return bye(bye::protocol, "Too much was pushed without reading the results.", 1008);
    }
    ResultsFrame frame;
    frame.expected_n = given.expected;
    for (std::size_t i = 0; i < given.results.size(); ++i)
        frame.items.push_back({given.results[i], given.duplicate[i]});
    say(frame);
    owes_level = true;
    if (phase == Phase::leaving) go_on_leaving(given.full);
}

void ServerSession::Impl::follow_access(const std::set<std::string>& entitled,
                                        const std::function<bool(const core::Scope&)>& concerned) {
    ScopeCloseFrame closed;
    std::set<std::string> held;
    std::vector<Place> kept;
    for (const auto& at : places) {
        auto& known = hub.lines[at.line];
        held.insert(known.name);
        if (!concerned(known.scope) || entitled.count(known.name) != 0) {
            kept.push_back(at);
            continue;
        }
        closed.scopes.push_back(known.name);
        // Half a frame of it: that must not go on if the scope is given back at once.
        if (at.line == parts_line) drop_parts();
        known.listeners.erase(std::remove(known.listeners.begin(), known.listeners.end(), this), known.listeners.end());
    }
    ScopeOpenFrame opened;
    for (const auto& scope : entitled) {
        if (held.count(scope) != 0) continue;
        const auto number = hub.line(scope);
        if (!number) continue;  // Cannot be read now: the next greeting opens it.
        opened.scopes.push_back(scope);
        kept.push_back({*number, false, true, 0});
        hub.lines[*number].listeners.push_back(this);
    }
    if (closed.scopes.empty() && opened.scopes.empty()) return;
    if (snapshot) {
        const bool lost =
            std::find(closed.scopes.begin(), closed.scopes.end(), snapshot->scope()) != closed.scopes.end();
        if (lost) snapshot.reset();
    }
    for (const auto& scope : closed.scopes) staged.erase(scope);
    std::sort(kept.begin(), kept.end(), [](const Place& a, const Place& b) { return a.line < b.line; });
    places = std::move(kept);
    leave_rooms([this](std::uint32_t line) { return place(line) == nullptr; });
    if (!closed.scopes.empty()) say(closed);
    if (!opened.scopes.empty()) {
        say(opened);
        hub.store.note_granted(user, opened.scopes);
        for (const auto& scope : opened.scopes) mark(hub.numbers.at(scope));
    }
    owes_level = true;
    wake();
}

void ServerSession::Impl::drop_parts() {
    if (parts.empty()) return;
    parts.clear();
    sent_bytes -= parts_bytes;
}

std::optional<SharedBytes> ServerSession::Impl::next() {
    if (!urgent.empty()) {
        auto message = std::move(urgent.front());
        urgent.pop_front();
        urgent_bytes -= message->size();
        return message;
    }
    if (phase != Phase::greeted) return std::nullopt;
    if (ended_by_time()) {
        wake();  // The goodbye goes out now, the close with the next look.
        return next();
    }
    if (auto message = next_presence()) return message;
    if (!parts.empty() && !may_read_line(parts_line)) drop_parts();
    if (!parts.empty()) {
        auto message = std::move(parts.front());
        parts.pop_front();
        return message;
    }
    if (auto message = next_log()) return message;
    if (phase != Phase::greeted) return next();  // Reading failed: a goodbye waits.
    if (!dirty.empty() || !backlog.empty() || !owes_level) return std::nullopt;
    owes_level = false;
    return messages_of(Frame{LevelFrame{}}, config.encoding).front();
}

std::optional<SharedBytes> ServerSession::Impl::next_log() {
    while (sent_bytes - applied_bytes < window.bytes()) {
        const bool early = !backlog.empty() && (dirty.empty() || backlog_turn);
        auto& queue = early ? backlog : dirty;
        if (queue.empty()) return std::nullopt;
        const auto number = queue.front();
        queue.pop_front();
        auto* at = place(number);
        if (at == nullptr) continue;
        at->queued = false;
        if (!may_read_line(number)) continue;  // Its scope_close is on the way.
        const auto step = next_step(*at);
        if (!step) {
            bye(bye::try_later, "The server cannot read now: " + step.error().detail, 1013, std::chrono::seconds{5});
            return std::nullopt;
        }
        if (!step->cbor) continue;
        backlog_turn = !early;
        at->sent = step->position;
        // A scope that was begun is finished before the next: then it can be seen.
        if (step->unfinished || (early && at->sent < hub.lines[number].head.position)) {
            at->queued = true;
            backlog.push_front(number);
        } else {
            mark(number);
        }
        owes_level = true;
        sent_bytes += step->cbor->size();
        auto messages = messages_of(deflate == Deflate::yes ? step->zipped : step->cbor, config.encoding);
        parts.assign(std::next(messages.begin()), messages.end());
        parts_line = number;
        parts_bytes = step->cbor->size();
        return messages.front();
    }
    window.filled(hub.clock.now(), sent_bytes);
    return std::nullopt;
}

core::Result<ServerSession::Impl::Step> ServerSession::Impl::next_step(Place& at) {
    const auto& scope = hub.lines[at.line].name;
    if (needs_state(at)) {
        if (!snapshot || snapshot->scope() != scope) {
            const auto held = staged.find(scope);
            auto begun =
                Snapshot::begin(hub.store, held == staged.end() ? core::StatePlace{scope, 0, 0, {}, 0} : held->second);
            if (!begun) return begun.error();
            snapshot = std::make_unique<Snapshot>(std::move(*begun));
        }
        auto piece = snapshot->next();
        // A state is one reader's own: nobody else could use what was deflated for it.
        const auto deflated = [&](const SharedBytes& cbor) { return deflate == Deflate::yes ? zipped(cbor) : nullptr; };
        if (piece && !piece->last) return Step{piece->cbor, deflated(piece->cbor), 0, true};
        snapshot.reset();
        staged.erase(scope);
        if (piece) {
            at.by_state = false;
            return Step{piece->cbor, deflated(piece->cbor), piece->position, false};
        }
        if (piece.error().code != core::Errc::too_large) return piece.error();
        at.by_log = true;  // The log is longer, but its changesets fit.
    }
    const auto held_after = at.reopened ? std::numeric_limits<std::uint64_t>::max() : settled_n;
    auto piece = hub.frames.after(scope, at.sent, {device, incarnation, held_after, sealed}, deflate);
    if (!piece) return piece.error();
    return Step{std::move(piece->cbor), std::move(piece->zipped), piece->last, false};
}

ServerSession::ServerSession(SessionHub& hub, ServerConfig config, std::function<void()> wake)
    : impl_(std::make_unique<Impl>(*hub.impl_, std::move(config), std::move(wake))) {}
ServerSession::~ServerSession() = default;

Actions ServerSession::on_open() {
    return {ArmTimer{Timer::greet, impl_->config.greet_within}, ArmTimer{Timer::ping, impl_->config.ping_after}};
}

Actions ServerSession::on_frame(core::ByteView message) {
    auto& s = *impl_;
    if (s.phase == Impl::Phase::closing) return s.actions();
    s.heard = true;
    if (s.ended_by_time()) return s.actions();
    auto received = s.unpacker.take(message);
    if (!received) {
        s.bye(bye::protocol, received.error().detail, received.error().code == core::Errc::too_large ? 1009 : 1002);
    } else if (*received) {
        if (const auto taken = s.take(std::move(**received)); !taken) {
            const bool theirs = taken.error().code == core::Errc::corrupt;
            if (theirs)
                s.bye(bye::protocol, taken.error().detail, 1002);
            else
                s.bye(bye::try_later, "The server cannot answer now: " + taken.error().detail, 1013,
                      std::chrono::seconds{5});
        }
    }
    return s.actions();
}

// Asked at each look at the line. True for a reader that has taken nothing for two whole stretches between looks (36 s
// at least), though something waits for it. A slow one that reads is left in peace.
bool ServerSession::Impl::stalled() {
    const bool waits = !urgent.empty() || !parts.empty() || !dirty.empty();
    const auto progress = taken + applied_bytes;
    const bool moved = std::exchange(progress_seen, progress) != progress;
    idle_looks = waits && !moved ? idle_looks + 1 : 0;
    return phase == Phase::greeted && idle_looks == 2;
}

Actions ServerSession::on_timer(Timer which) {
    auto& s = *impl_;
    if (s.phase == Impl::Phase::closing) return s.actions();
    if (which == Timer::greet) {
        if (s.phase == Impl::Phase::opened) s.bye(bye::protocol, "No greeting came.", 1008);
        return s.actions();
    }
    if (which == Timer::presence && s.presence) s.presence->end_stretch();
    if (s.ended_by_time() || which == Timer::presence) return s.actions();
    const bool heard = std::exchange(s.heard, false);
    if (which == Timer::dead && !heard) {
        s.bye(bye::protocol, "Nothing was heard for a minute.", 1001);
        return s.actions();
    }
    if (which == Timer::ping && s.stalled()) {
        s.bye(bye::try_later, "Nothing was read for half a minute.", 1013, std::chrono::seconds{5});
        return s.actions();
    }
    if (which == Timer::ping && s.has_left()) return s.actions();
    if (which == Timer::ping) s.renew_if_due();
    if (which == Timer::ping && !heard) {
        s.say(PingFrame{});
        return {ArmTimer{Timer::dead, s.config.dead_after - s.config.ping_after}};
    }
    return {ArmTimer{Timer::ping, s.config.ping_after}};
}

Actions ServerSession::on_wake() {
    return impl_->actions();
}

void ServerSession::on_closed() {
    impl_->leave();
    impl_->phase = Impl::Phase::closing;
    impl_->urgent.clear();
    impl_->urgent_bytes = 0;
}

std::optional<SharedBytes> ServerSession::next_frame() {
    auto message = impl_->next();
    if (message) ++impl_->taken;
    return message;
}
std::uint64_t ServerSession::id() const {
    return impl_->id;
}
std::optional<core::Uuid> ServerSession::device() const {
    return impl_->device.is_nil() ? std::nullopt : std::optional{impl_->device};
}
std::optional<core::Uuid> ServerSession::user() const {
    return impl_->user.is_nil() ? std::nullopt : std::optional{impl_->user};
}

}  // namespace debrief::sync
