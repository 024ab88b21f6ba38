#include "sync/client/client_session.hpp"

#include "sync/client/client_session_impl.hpp"

namespace debrief::sync {

using core::Errc;
using core::Error;

ClientSession::ClientSession(core::DeviceStore& store, core::ClockSource& clock, core::RandomSource& random,
                             ClientConfig config)
    : impl_(std::make_unique<Impl>(store, clock, random, config)) {}
ClientSession::~ClientSession() = default;

core::Result<Actions> ClientSession::join(const Invitation& invitation, std::string device_name) {
    auto& s = *impl_;
    const auto enrolment = s.store.enrolment();
    if (!enrolment) return enrolment.error();
    if (*enrolment && !s.revoked) return Error{Errc::invalid, "This device has joined a server already.", {}, {}};
    const auto written = s.store.last_n();
    if (!written) return written.error();
    if (!*enrolment && *written != 0) {
        return Error{Errc::invalid, "This store holds changes made before it joined.", "local",
                     "Say what becomes of them: upload or discard."};
    }
    if (s.phase != Impl::Phase::idle && s.phase != Impl::Phase::waiting) {
        return Error{Errc::invalid, "A connection is under way.", {}, "Disconnect first."};
    }
    s.invitation = invitation;
    s.device_name = std::move(device_name);
    s.joined.reset();
    s.wanted = true;
    return s.connect();
}

const std::optional<core::Status>& ClientSession::joined() const {
    return impl_->joined;
}

core::Result<Actions> ClientSession::start() {
    auto& s = *impl_;
    const auto enrolment = s.store.enrolment();
    if (!enrolment) return enrolment.error();
    if (!*enrolment)
        return Error{
            Errc::denied, "This device has not joined a server.", {}, "Use an invitation: debrief sync join URL."};
    s.wanted = true;
    if (s.phase != Impl::Phase::idle && s.phase != Impl::Phase::waiting) return Actions{};
    s.revoked = false;
    return s.connect();
}

Actions ClientSession::retry_now() {
    auto& s = *impl_;
    if (!s.wanted) return {};
    if (s.phase == Impl::Phase::live) {
        s.heard = false;
        s.connection.send(PingFrame{}, true);
        // The other timer starts anew: a look in between would forget what was heard.
        return s.done({ArmTimer{Timer::dead, s.config.probe_for}, ArmTimer{Timer::ping, s.config.ping_after}});
    }
    if (s.phase != Impl::Phase::waiting) return {};
    s.backoff.reset();
    return s.connect();
}

Actions ClientSession::stop() {
    auto& s = *impl_;
    s.wanted = false;
    switch (s.phase) {
        case Impl::Phase::idle:
        case Impl::Phase::closing:
            return s.done();
        case Impl::Phase::waiting:
            s.phase = Impl::Phase::idle;
            return s.done();
        default:
            break;
    }
    s.phase = Impl::Phase::closing;
    s.connection.stop();
    auto actions = s.done();
    actions.push_back(Close{1000, "bye"});
    return actions;
}

Actions ClientSession::on_open() {
    auto& s = *impl_;
    if (s.phase != Impl::Phase::connecting) return {};
    s.phase = Impl::Phase::greeting;
    s.heard = true;
    s.proved = s.wipes = s.said_left = false;
    s.connection.open();
    auto actions = s.invitation ? s.enrol() : s.greet();
    actions.push_back(ArmTimer{Timer::ping, s.config.ping_after});
    return actions;
}

Actions ClientSession::on_frame(core::ByteView message, bool more) {
    auto& s = *impl_;
    if (!s.hears()) return {};
    s.connection.totals.bytes_received += message.size();
    auto received = s.connection.unpack(message);
    if (!received) return s.fail(received.error());
    s.heard = true;
    auto actions = *received ? s.take(std::move(**received)) : Actions{};
    return more ? actions : s.settle(std::move(actions));
}

Actions ClientSession::on_timer(Timer which) {
    auto& s = *impl_;
    if (which == Timer::reconnect) {
        if (!s.wanted || s.phase != Impl::Phase::waiting) return {};
        return s.connect();
    }
    if (!s.hears()) return {};
    if (which == Timer::ping) {
        if (std::exchange(s.heard, false)) return {ArmTimer{Timer::ping, s.config.ping_after}};
        s.connection.send(PingFrame{}, true);
        return s.done({ArmTimer{Timer::dead, s.config.dead_after - s.config.ping_after}});
    }
    if (which == Timer::dead) {
        if (std::exchange(s.heard, false)) return {ArmTimer{Timer::ping, s.config.ping_after}};
        return s.fail("The server has stopped answering.", 1001);
    }
    return {};
}

core::Result<Actions> ClientSession::administer(std::vector<std::string> words) {
    auto& s = *impl_;
    if (s.phase != Impl::Phase::live) return Error{Errc::offline, "There is no connection to the server.", {}, {}};
    // What a server must refuse as no frame would cost the connection.
    std::size_t bytes = 0;
    for (const auto& word : words) {
        if (!core::is_utf8(word)) return Error{Errc::invalid, "This is no UTF-8.", "words", {}};
        bytes += word.size();
    }
    if (words.empty()) return Error{Errc::invalid, "It does not say what to do.", "words", {}};
    if (bytes > order_bytes_max) return Error{Errc::too_large, "No command is that long.", "words", {}};
    s.administered.reset();
    s.ordered = true;
    s.connection.send(AdminFrame{++s.order, std::move(words)}, true);
    return s.done();
}

const std::optional<core::Result<std::string>>& ClientSession::administered() const {
    return impl_->administered;
}

Actions ClientSession::tell_presence(const core::Uuid& room, const std::string& scope, PresenceState state) {
    auto& s = *impl_;
    if (s.phase != Impl::Phase::live) return {};
    auto actions = on_store_changed();  // What made the room goes first.
    if (s.phase != Impl::Phase::live) return actions;
    s.connection.send(PresenceFrame{room, scope, {}, std::string{name_of(state)}});
    auto said = s.done();
    std::move(said.begin(), said.end(), std::back_inserter(actions));
    return actions;
}

Actions ClientSession::on_store_changed() {
    auto& s = *impl_;
    if (s.phase == Impl::Phase::leaving) return s.go_on_leaving();
    if (s.phase != Impl::Phase::live) return {};
    if (const auto pushed = s.connection.push(); !pushed) return s.fail(pushed.error());
    return s.done();
}

bool ClientSession::is_closing() const {
    return impl_->phase == Impl::Phase::closing;
}

Actions ClientSession::on_closed(const Closed& closed) {
    auto& s = *impl_;
    const bool ours = s.phase == Impl::Phase::closing;
    s.connection.stop();
    if (std::exchange(s.ordered, false)) {
        s.administered =
            core::Result<std::string>{Error{Errc::offline,
                                            "The connection ended before the answer came: it may have been done.",
                                            {},
                                            "Look first whether it was, then say it again if need be."}};
    }
    if (s.invitation && !closed.reached_server) {
        // Nobody to ask: the person holds the invitation and can try again at once.
        s.invitation.reset();
        s.joined = core::Status{Error{Errc::offline, closed.reason, {}, "Check the network and the server's address."}};
        s.wanted = false;
    }
    if (!s.wanted) {
        s.phase = Impl::Phase::idle;
        if (!ours && !closed.reason.empty()) s.problem = closed.reason;
        return s.done();
    }
    return s.wait(ours && !s.problem.empty() ? s.problem : closed.reason);
}

SyncStatus ClientSession::status() const {
    return impl_->status();
}

}  // namespace debrief::sync
