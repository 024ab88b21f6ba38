// The server's side of the beginning: enrolment, hello and welcome; and what a greeted device says afterwards.
#include "sync/server/access.hpp"
#include "sync/server/pull_order.hpp"
#include "sync/server/session_impl.hpp"

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
    if (std::holds_alternative<PingFrame>(frame)) {
        // Who does not read the answers gets no more of them.
        if (urgent_bytes < queue_bytes_max) say(PongFrame{});
        return core::Ok{};
    }
    if (phase == Phase::opened) {
        if (const auto* enrols = std::get_if<EnrolFrame>(&frame)) return enrol(*enrols);
        if (auto* hello = std::get_if<HelloFrame>(&frame)) return greet(std::move(*hello));
        if (const auto* proof = std::get_if<ProveFrame>(&frame)) return prove(*proof);
        if (std::holds_alternative<UnknownFrame>(frame) || std::holds_alternative<PongFrame>(frame)) return core::Ok{};
        return Error{Errc::corrupt, "The first frame must be hello or enrol.", {}, {}};
    }
    if (phase == Phase::leaving) return take_leaving(std::move(frame));
    if (auto* pushed = std::get_if<PushFrame>(&frame)) return push(std::move(*pushed)), core::Ok{};
    if (const auto* applied = std::get_if<AppliedFrame>(&frame)) {
        if (applied->bytes > sent_bytes) return Error{Errc::corrupt, "More was acknowledged than was sent.", {}, {}};
        applied_bytes = std::max(applied_bytes, applied->bytes);
        window.credited(hub.clock.now(), applied_bytes);
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
    if (const auto* order = std::get_if<AdminFrame>(&frame)) return administer(*order), core::Ok{};
    if (const auto* wanted = std::get_if<WantFrame>(&frame)) return want(*wanted), core::Ok{};
    if (auto* said = std::get_if<PresenceFrame>(&frame)) return hear_presence(std::move(*said)), core::Ok{};
    if (const auto* proof = std::get_if<ProveFrame>(&frame)) return prove(*proof);
    if (std::holds_alternative<HelloFrame>(frame)) return Error{Errc::corrupt, "A second greeting.", {}, {}};
    return core::Ok{};  // A kind of a newer version, or one that only servers send.
}

core::Status ServerSession::Impl::enrol(const EnrolFrame& frame) {
    auto enrolled = hub.store.enrol(frame.secret, shortened(frame.device_name), frame.incarnation, frame.key);
    if (!enrolled) {
        if (enrolled.error().code != Errc::denied) return enrolled.error();
        hub.count_refused(config.peer);
        bye(bye::denied, enrolled.error().detail, 1008);
        return core::Ok{};
    }
    const auto& identity = hub.store.identity();
    const auto& person = hub.store.directory().users.at(enrolled->user);
    say(EnrolledFrame{identity.device, identity.workspace, identity.workspace_name, enrolled->device, enrolled->token,
                      enrolled->user, person.name, person.role, person.language,
                      hub.store.records().catalogue().version});
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

core::Status ServerSession::Impl::greet(HelloFrame&& frame) {
    if (challenged) return Error{Errc::corrupt, "A greeting in place of a proof.", {}, {}};
    if (!device.is_nil()) {
        // The same device once more, after `again`: it has shown who it is.
        if (device != frame.device || incarnation != frame.incarnation)
            return Error{Errc::corrupt, "A greeting of another device.", {}, {}};
        return welcome(frame, std::exchange(fresh_token, {}));
    }
    const auto signed_in = hub.store.sign_in(frame.device, frame.token);
    if (!signed_in) {
        if (signed_in.error().code != Errc::denied) return signed_in.error();
        greeting = std::make_unique<HelloFrame>(std::move(frame));
        return challenge(), core::Ok{};
    }
    device = signed_in->device;
    user = signed_in->user;
    incarnation = frame.incarnation;
    expires_at = signed_in->expires_at;
    return welcome(frame, {});
}

void ServerSession::Impl::challenge() {
    hub.random.fill(nonce);
    challenged = true;
    say(ChallengeFrame{hub.store.server_id(), core::Bytes(nonce.begin(), nonce.end())});
}

core::Status ServerSession::Impl::prove(const ProveFrame& frame) {
    if (!std::exchange(challenged, false)) return Error{Errc::corrupt, "A proof that nobody asked for.", {}, {}};
    const auto hello = std::move(greeting);
    auto proven = hub.store.prove(hello ? hello->device : device, hello ? hello->incarnation : incarnation, nonce,
                                  frame.signature);
    if (!proven) {
        if (proven.error().code != Errc::denied) return proven.error();
        if (proven.error().field == "revoked" && hello && hello->wipes) return begin_leaving(*hello);
        hub.count_refused(config.peer);
        bye(proven.error().field == "revoked" ? bye::revoked : bye::denied, proven.error().detail, 1008);
        return core::Ok{};
    }
    expires_at = proven->expires_at;
    if (!hello) return say(TokenFrame{std::move(proven->fresh_token)}), core::Ok{};
    device = proven->device;
    user = proven->user;
    incarnation = hello->incarnation;
    return welcome(*hello, std::move(proven->fresh_token));
}

// A token that was only copied is of use for its hour and no longer: a fresh one is had for a proof alone.
void ServerSession::Impl::renew_if_due() {
    if (phase == Phase::greeted && !challenged && expires_at - hub.clock.now() < ServerStore::token_life / 2)
        challenge();
}

// True if this session's token has ended without a new proof: nothing more is taken or given.
bool ServerSession::Impl::ended_by_time() {
    if (phase != Phase::greeted || hub.clock.now() < expires_at + expiry_grace) return false;
    bye(bye::expired, "This session's token has ended.", 1008);
    return true;
}

core::Status ServerSession::Impl::welcome(const HelloFrame& frame, core::Bytes token) {
    settled_n = frame.final_n;
    sealed = frame.sealed;
    for (const auto& held : frame.staged) staged[held.scope] = held;
    // One connection a device: an older one is half open, or a second program on the same store.
    if (const auto other = hub.by_device.find(device); other != hub.by_device.end() && other->second != this) {
        auto* older = other->second;
        older->bye(bye::superseded, "This device has connected again.", 1008, std::chrono::seconds{30});
        older->wake();
    }
    hub.by_device[device] = this;

    WelcomeFrame said;
    std::vector<core::ScopeCursor> cursors;
    bool known = false;
    DEBRIEF_TRY(keep_cursors(frame.cursors, said.set, cursors, known));
    if (!known) {
        if (std::exchange(told_again, true)) return Error{Errc::corrupt, "Cursors that nobody keeps.", {}, {}};
        fresh_token = std::move(token);
        return say(AgainFrame{}), core::Ok{};
    }
    const auto& directory = hub.store.directory();
    const auto expected = hub.store.expected_n(device, incarnation);
    if (!expected) return expected.error();
    said.server = hub.store.server_id();
    said.expected_n = *expected;
    said.time = hub.clock.now();
    said.catalogue = hub.store.records().catalogue().version;
    said.user_name = directory.users.at(user).name;
    said.role = directory.users.at(user).role;
    said.token = std::move(token);
    said.seal_key = hub.store.seal_key();
    said.order_key = hub.store.order_key();
    std::map<std::string, core::ScopeCursor> held;
    for (auto& cursor : cursors) held[cursor.scope] = std::move(cursor);
    said.inflates = config.encoding == Encoding::cbor;
    if (frame.inflates && said.inflates) deflate = Deflate::yes;
    DEBRIEF_TRY(place_everywhere(held, scopes_of(directory, user), said));
    hub.store.note_granted(user, said.opened);
    unpacker.allow(whole_bytes_max);
    phase = Phase::greeted;
    owes_level = true;
    say(said);
    tell_inbox();
    renew_if_due();
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
    return queue_backlog(welcome);
}

core::Status ServerSession::Impl::queue_backlog(WelcomeFrame& welcome) {
    std::vector<std::pair<Urgency, std::uint32_t>> order;
    for (const auto& at : places) {
        if (at.sent < hub.lines[at.line].head.position) order.emplace_back(0, at.line);
    }
    if (order.size() > 1) {
        const auto accounts = urgent_accounts(hub.store.records(), hub.clock.now());
        if (!accounts) return accounts.error();
        for (auto& [urgency, line] : order) urgency = urgency_of(hub.lines[line].scope, *accounts);
        std::sort(order.begin(), order.end());
    }
    for (const auto& [urgency, line] : order) {
        auto* at = place(line);
        at->queued = true;
        backlog.push_back(line);
        if (!needs_state(*at)) continue;
        const auto records = hub.store.records().count_records(hub.lines[line].name);
        if (!records) return records.error();
        ++welcome.state_scopes;
        welcome.state_records += *records;
    }
    return core::Ok{};
}

}  // namespace debrief::sync
