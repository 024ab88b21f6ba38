#include "sync/client/client_session.hpp"

#include <algorithm>
#include <iterator>

#include "core/error_names.hpp"
#include "core/utf8.hpp"
#include "sync/client/connection.hpp"
#include "sync/client/credentials.hpp"

namespace debrief::sync {

using core::Errc;
using core::Error;

struct ClientSession::Impl {
    enum class Phase { idle, waiting, connecting, greeting, live, closing };

    Impl(core::DeviceStore& device, core::ClockSource& clock_source, core::RandomSource& random_source,
         ClientConfig settings)
        : store(device),
          clock(clock_source),
          random(random_source),
          config(settings),
          credentials(device, random_source),
          backoff(config.backoff_min, config.backoff_max),
          connection(device, config.encoding) {}

    core::DeviceStore& store;
    core::ClockSource& clock;
    core::RandomSource& random;
    ClientConfig config;
    Credentials credentials;
    Backoff backoff;
    Connection connection;

    Phase phase = Phase::idle;
    bool wanted = false;
    bool revoked = false;
    bool heard = false;
    std::chrono::milliseconds retry_at_least{0};
    std::optional<Invitation> invitation;
    std::string device_name;
    std::optional<core::Status> joined;
    std::uint64_t order = 0;  // The newest one.
    bool ordered = false;     // It has no answer yet.
    std::optional<core::Result<std::string>> administered;
    std::string problem;
    std::int64_t skew_ms = 0;
    std::optional<core::Instant> last_caught_up;
    SyncState told = SyncState::offline;
    SyncTotals told_totals;
    std::uint64_t told_percent = 0;

    // Often enough for a person, seldom enough for whoever passes it on.
    [[nodiscard]] std::uint64_t percent() const {
        const auto& progress = connection.progress();
        return progress.records_of == 0 ? 0 : progress.records_done * 100 / progress.records_of;
    }

    [[nodiscard]] SyncState state() const {
        if (revoked) return SyncState::revoked;
        switch (phase) {
            case Phase::idle:
            case Phase::waiting:
            case Phase::closing:
                return SyncState::offline;
            case Phase::connecting:
            case Phase::greeting:
                return SyncState::connecting;
            case Phase::live:
                return connection.caught_up() ? SyncState::caught_up : SyncState::syncing;
        }
        return SyncState::offline;
    }

    SyncStatus status() {
        SyncStatus status;
        status.state = state();
        status.last_caught_up = last_caught_up;
        status.clock_skew_ms = skew_ms;
        status.totals = connection.totals;
        status.progress = connection.progress();
        status.problem = problem.empty() ? connection.trouble() : problem;
        return status;
    }

    // Ends every event: what the connection wants to say, and what the application should know.
    Actions done(Actions actions = {}) {
        for (auto& message : connection.take_outgoing()) actions.push_back(std::move(message));
        const auto now = state();
        if (now == SyncState::caught_up && (told != now || connection.totals != told_totals))
            last_caught_up = clock.now();
        const bool settled =
            connection.totals.pushed != told_totals.pushed || connection.totals.parked != told_totals.parked;
        if (now != told || settled || percent() != told_percent) {
            told = now;
            told_percent = percent();
            told_totals = connection.totals;
            actions.push_back(Notify{status()});
        }
        return actions;
    }

    Actions connect() {
        Connect where;
        if (invitation) {
            where = {invitation->url, invitation->ca};
        } else {
            const auto enrolment = store.enrolment();
            if (!enrolment) return wait(enrolment.error().detail);
            if (!*enrolment) return done();
            where = {(*enrolment)->url, (*enrolment)->ca};
        }
        phase = Phase::connecting;
        return done({std::move(where)});
    }

    Actions wait(std::string why) {
        problem = std::move(why);
        phase = Phase::waiting;
        const auto pause = backoff.next(random, std::exchange(retry_at_least, std::chrono::milliseconds{0}));
        return done({ArmTimer{Timer::reconnect, pause}});
    }

    // A connection on which nothing more can be said usefully.
    Actions fail(std::string why, std::uint16_t code = 1002) {
        problem = why;
        phase = Phase::closing;
        connection.stop();
        auto actions = done();
        actions.push_back(Close{code, std::move(why)});
        return actions;
    }
    Actions fail(const Error& error) {
        const bool theirs = error.code == Errc::corrupt || error.code == Errc::too_large;
        return fail(error.detail, theirs ? 1002 : 1011);
    }

    Actions enrol() {
        const auto frame = credentials.enrol(*invitation, device_name);
        if (!frame) return fail(frame.error());
        connection.send(*frame);
        return done();
    }

    Actions greet() {
        if (const auto sent = connection.greet(); !sent) return fail(sent.error());
        return done();
    }

    Actions take_enrolled(const EnrolledFrame& frame) {
        if (!invitation) return fail("The server enrolled a device that did not ask.");
        if (const auto kept = credentials.keep(*invitation, frame); !kept) return fail(kept.error());
        invitation.reset();
        joined = core::Status{core::Ok{}};
        revoked = false;
        return greet();
    }

    Actions take_challenge(const ChallengeFrame& frame) {
        const auto proof = credentials.prove(frame);
        if (!proof) return fail(proof.error().detail);
        connection.send(*proof, true);
        return done();
    }

    Actions take_welcome(const WelcomeFrame& frame) {
        if (phase != Phase::greeting) return fail("The server greeted twice.");
        if (const auto ours = credentials.check_server(frame.server); !ours) return fail(ours.error().detail);
        if (!frame.token.empty()) {
            if (const auto kept = credentials.keep_token(frame.token); !kept) return fail(kept.error());
        }
        skew_ms = frame.time.count() - clock.now().count();
        if (const auto begun = connection.begin(frame); !begun) return fail(begun.error());
        phase = Phase::live;
        backoff.reset();
        problem.clear();
        return done();
    }

    Actions take_administered(AdministeredFrame& frame) {
        if (!ordered || frame.order != order) return done();
        ordered = false;
        if (frame.code.empty()) {
            administered = std::move(frame.result);
        } else {
            administered = Error{core::errc_named(frame.code), std::move(frame.text), std::move(frame.field),
                                 std::move(frame.hint)};
        }
        return done();
    }

    Actions take_bye(const ByeFrame& frame) {
        if (invitation && frame.code == bye::denied) {
            invitation.reset();
            joined = core::Status{
                Error{Errc::denied, frame.text, "invitation", "Ask your administrator for a new invitation."}};
            wanted = false;
        } else if (frame.code == bye::denied || frame.code == bye::revoked) {
            revoked = true;
            wanted = false;
        }
        retry_at_least = frame.retry;
        return fail(frame.text.empty() ? "The server ended the connection: " + frame.code + "." : frame.text, 1000);
    }

    // Nothing follows for now.
    Actions settle(Actions actions) {
        if (!connection.holds()) return actions;
        const auto applied = connection.apply_held();
        auto more = applied ? done() : fail(applied.error());
        std::move(more.begin(), more.end(), std::back_inserter(actions));
        return actions;
    }

    Actions take(Received&& received) {
        auto& frame = received.frame;
        if (std::holds_alternative<PingFrame>(frame)) return connection.send(PongFrame{}, true), done();
        if (const auto* byed = std::get_if<ByeFrame>(&frame)) return take_bye(*byed);
        if (const auto* asked = std::get_if<ChallengeFrame>(&frame)) return take_challenge(*asked);
        if (phase == Phase::greeting) {
            if (const auto* enrolled = std::get_if<EnrolledFrame>(&frame)) return take_enrolled(*enrolled);
            if (const auto* welcome = std::get_if<WelcomeFrame>(&frame)) return take_welcome(*welcome);
            if (std::holds_alternative<AgainFrame>(frame)) return connection.forget(), greet();
            return done();
        }
        if (const auto* fresh = std::get_if<TokenFrame>(&frame)) {
            if (const auto kept = credentials.keep_token(fresh->token); !kept) return fail(kept.error());
            return done();
        }
        if (auto* answer = std::get_if<AdministeredFrame>(&frame)) return take_administered(*answer);
        if (const auto taken = connection.take(received); !taken) return fail(taken.error());
        if (auto* said = std::get_if<PresenceFrame>(&frame)) return take_presence(*said);
        return done();
    }

    Actions take_presence(PresenceFrame& said) {
        const auto word = presence_named(said.what);
        if (!word || said.user.is_nil()) return done();
        return done({Seen{said.room, std::move(said.scope), said.user, *word}});
    }
};

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
    s.revoked = false;
    if (s.phase != Impl::Phase::idle && s.phase != Impl::Phase::waiting) return Actions{};
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
    s.connection.open();
    auto actions = s.invitation ? s.enrol() : s.greet();
    actions.push_back(ArmTimer{Timer::ping, s.config.ping_after});
    return actions;
}

Actions ClientSession::on_frame(core::ByteView message, bool more) {
    auto& s = *impl_;
    if (s.phase != Impl::Phase::greeting && s.phase != Impl::Phase::live) return {};
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
    if (s.phase != Impl::Phase::greeting && s.phase != Impl::Phase::live) return {};
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
