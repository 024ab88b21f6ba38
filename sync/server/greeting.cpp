// The server's side of the beginning: enrolment, hello and welcome; and what a greeted device says afterwards.
#include "sync/server/access.hpp"
#include "sync/server/session_impl.hpp"

#include "core/catalogue/catalogue.hpp"

namespace debrief::sync {
namespace {

using core::Errc;
using core::Error;

constexpr std::size_t device_name_max = 120;  // Bytes.

std::string shortened(std::string name) {
    if (name.size() <= device_name_max) return name;
    auto end = device_name_max;
    while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) --end;
    name.resize(end);
    return name;
}

}  // namespace

core::Status ServerSession::Impl::take(Received&& received) {
    auto& frame = received.frame;
    if (std::holds_alternative<PingFrame>(frame)) return say(PongFrame{}), core::Ok{};
    if (phase == Phase::opened) {
        if (const auto* enrols = std::get_if<EnrolFrame>(&frame)) return enrol(*enrols);
        if (const auto* hello = std::get_if<HelloFrame>(&frame)) return greet(*hello);
        if (std::holds_alternative<UnknownFrame>(frame) || std::holds_alternative<PongFrame>(frame)) return core::Ok{};
        return Error{Errc::corrupt, "The first frame must be hello or enrol.", {}, {}};
    }
    if (auto* pushed = std::get_if<PushFrame>(&frame)) return push(std::move(*pushed)), core::Ok{};
    if (const auto* applied = std::get_if<AppliedFrame>(&frame)) {
        if (applied->bytes > sent_bytes) return Error{Errc::corrupt, "More was acknowledged than was sent.", {}, {}};
        applied_bytes = std::max(applied_bytes, applied->bytes);
        return core::Ok{};
    }
    if (const auto* report = std::get_if<CursorsFrame>(&frame)) {
        std::uint64_t set = 0;
        std::vector<core::ScopeCursor> cursors;
        bool known = false;
        DEBRIEF_TRY(keep_cursors(report->cursors, set, cursors, known));
        if (known) say(SetFrame{set});
        return core::Ok{};
    }
    if (std::holds_alternative<HelloFrame>(frame)) return Error{Errc::corrupt, "A second greeting.", {}, {}};
    return core::Ok{};  // A kind of a newer version, or one that only servers send.
}

core::Status ServerSession::Impl::enrol(const EnrolFrame& frame) {
    auto enrolled = hub.store.enrol(frame.secret, shortened(frame.device_name), frame.incarnation);
    if (!enrolled) {
        if (enrolled.error().code != Errc::denied) return enrolled.error();
        hub.count_refused(config.peer);
        bye(bye::denied, enrolled.error().detail, 1008);
        return core::Ok{};
    }
    const auto& identity = hub.store.identity();
    const auto& users = hub.store.directory().users;
    const auto found = users.find(enrolled->user);
    if (found == users.end() || !found->second.active) {
        bye(bye::denied, "This user may not sign in.", 1008);
        return core::Ok{};
    }
    say(EnrolledFrame{identity.device, identity.workspace, identity.workspace_name, enrolled->device, enrolled->token,
                      found->first, found->second.name, found->second.role, found->second.language,
                      core::catalogue().version});
    return core::Ok{};
}

core::Status ServerSession::Impl::keep_cursors(const CursorDifference& difference, std::uint64_t& set,
                                               std::vector<core::ScopeCursor>& cursors, bool& known) {
    const auto base = hub.store.cursor_set(device, difference.set);
    if (!base) return base.error();
    known = base->has_value();
    if (!known) return core::Ok{};
    std::map<std::string, core::ScopeCursor> held;
    for (const auto& cursor : **base) held[cursor.scope] = cursor;
    for (const auto& scope : difference.gone) held.erase(scope);
    for (const auto& cursor : difference.changed) {
        if (!core::parse_scope(cursor.scope)) return Error{Errc::corrupt, "A cursor of no scope.", {}, {}};
        held[cursor.scope] = cursor;
    }
    for (auto& [scope, cursor] : held) cursors.push_back(cursor);
    const bool same = difference.changed.empty() && difference.gone.empty();
    set = same ? difference.set : hub.store.keep_cursor_set(device, difference.set, cursors);
    return core::Ok{};
}

core::Status ServerSession::Impl::greet(const HelloFrame& frame) {
    auto signed_in = hub.store.sign_in(frame.device, frame.token);
    if (!signed_in) {
        if (signed_in.error().code != Errc::denied) return signed_in.error();
        hub.count_refused(config.peer);
        bye(bye::denied, signed_in.error().detail, 1008);
        return core::Ok{};
    }
    device = signed_in->device;
    user = signed_in->user;
    incarnation = frame.incarnation;
    settled_n = frame.final_n;
    expires_at = signed_in->expires_at;
    renewed = !signed_in->fresh_token.empty();

    WelcomeFrame welcome;
    std::vector<core::ScopeCursor> cursors;
    bool known = false;
    DEBRIEF_TRY(keep_cursors(frame.cursors, welcome.set, cursors, known));
    if (!known) {
        if (std::exchange(told_again, true)) return Error{Errc::corrupt, "Cursors that nobody keeps.", {}, {}};
        return say(AgainFrame{}), core::Ok{};
    }
    // One connection a device: an older one is half open, or a second program on the same store.
    if (const auto other = hub.by_device.find(device); other != hub.by_device.end() && other->second != this) {
        auto* older = other->second;
        older->bye(bye::superseded, "This device has connected again.", 1008, std::chrono::seconds{30});
        older->wake();
    }
    hub.by_device[device] = this;

    const auto& directory = hub.store.directory();
    const auto expected = hub.store.expected_n(device, incarnation);
    if (!expected) return expected.error();
    welcome.server = hub.store.server_id();
    welcome.expected_n = *expected;
    welcome.time = hub.clock.now();
    welcome.user_name = directory.users.at(user).name;
    welcome.role = directory.users.at(user).role;
    welcome.token = std::move(signed_in->fresh_token);
    std::map<std::string, core::ScopeCursor> held;
    for (auto& cursor : cursors) held[cursor.scope] = std::move(cursor);
    DEBRIEF_TRY(place_everywhere(held, scopes_of(directory, user), welcome));
    hub.store.note_granted(user, welcome.opened);
    unpacker.allow(whole_bytes_max);
    phase = Phase::greeted;
    owes_level = true;
    say(welcome);
    return core::Ok{};
}

core::Status ServerSession::Impl::place_everywhere(const std::map<std::string, core::ScopeCursor>& held,
                                                   const std::set<std::string>& entitled, WelcomeFrame& welcome) {
    for (const auto& [scope, cursor] : held) {
        if (entitled.count(scope) == 0) welcome.closed.push_back(scope);
    }
    for (const auto& scope : entitled) {
        const auto number = hub.line(scope);
        if (!number) return number.error();
        auto& head = hub.lines[*number].head;
        Place at{*number, false, false, 0};
        if (const auto cursor = held.find(scope); cursor == held.end()) {
            welcome.opened.push_back(scope);
        } else if (cursor->second.position != 0) {
            bool fits = cursor->second.position == head.position && cursor->second.salt == head.salt;
            if (!fits && cursor->second.position > head.position) {
                // Written, but not announced yet: look again.
                auto fresh = hub.store.head(scope);
                if (!fresh) return fresh.error();
                head = std::move(*fresh);
            }
            if (!fits && cursor->second.position <= head.position) {
                const auto salt = hub.store.salt_at(scope, cursor->second.position);
                if (!salt) return salt.error();
                fits = *salt == cursor->second.salt;
            }
            if (fits)
                at.sent = cursor->second.position;
            else
                welcome.reset.push_back(scope);
        }
        places.push_back(at);
        hub.lines[*number].listeners.push_back(this);
    }
    std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.line < b.line; });
    // Names and teams first: everything else refers to them.
    if (const auto workspace = hub.numbers.find(std::string{core::workspace_scope}); workspace != hub.numbers.end())
        mark(workspace->second);
    for (const auto& at : std::vector<Place>{places}) mark(at.line);
    return core::Ok{};
}

}  // namespace debrief::sync
