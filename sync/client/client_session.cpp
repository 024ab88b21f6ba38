#include "sync/client/client_session.hpp"

#include <set>

#include "core/catalogue/catalogue.hpp"
#include "core/digest.hpp"
#include "sync/client/connection.hpp"
#include "sync/device_key.hpp"

namespace debrief::sync {

using core::Errc;
using core::Error;

namespace {
constexpr std::string_view incarnation_setting = "sync.incarnation";
constexpr std::string_view joining_setting = "sync.joining";  // "hash of the invitation's secret:seed", base64url.

constexpr std::string_view another_server =
    "This is not the server that this device was enrolled with. Nothing was sent.";

std::uint64_t draw(core::RandomSource& random) {
    std::array<std::uint8_t, 8> bytes{};
    random.fill(bytes);
    std::uint64_t drawn = 0;
    for (const auto byte : bytes) drawn = (drawn << 8U) | byte;
    return (drawn >> 1U) | 1U;  // Fits SQLite's signed integers, and is never 0, which means "none".
}
}  // namespace

struct ClientSession::Impl {
    enum class Phase { idle, waiting, connecting, greeting, live, closing };

    Impl(core::DeviceStore& device, core::ClockSource& clock_source, core::RandomSource& random_source,
         ClientConfig settings)
        : store(device),
          clock(clock_source),
          random(random_source),
          config(settings),
          backoff(config.backoff_min, config.backoff_max),
          connection(device, config.encoding) {}

    core::DeviceStore& store;
    core::ClockSource& clock;
    core::RandomSource& random;
    ClientConfig config;
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
    std::string problem;
    std::int64_t skew_ms = 0;
    std::optional<core::Instant> last_caught_up;
    SyncState told = SyncState::offline;
    SyncTotals told_totals;

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
        if (const auto counts = store.counts()) status.counts = *counts;
        status.last_caught_up = last_caught_up;
        status.clock_skew_ms = skew_ms;
        status.totals = connection.totals;
        status.problem = problem;
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
        if (now != told || settled) {
            told = now;
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

    core::Result<std::uint64_t> incarnation() {
        // Kept before it is first said: if the answer is lost, the same device asks again.
        const auto known = store.records().setting(incarnation_setting);
        if (!known) return known.error();
        if (*known) return static_cast<std::uint64_t>(std::stoull(**known));
        const auto drawn = draw(random);
        DEBRIEF_TRY(store.records().set_setting(incarnation_setting, std::to_string(drawn)));
        return drawn;
    }

    // The key is kept before its public half is said, as the incarnation is; another invitation gets another key.
    core::Result<core::Bytes> joining_seed() {
        const auto hash = core::sha256(invitation->secret);
        const auto mark = base64url(hash) + ":";
        const auto known = store.records().setting(joining_setting);
        if (!known) return known.error();
        if (*known && (*known)->rfind(mark, 0) == 0) {
            auto seed = parse_base64url(std::string_view{**known}.substr(mark.size()));
            if (seed && seed->size() == seed_bytes) return seed;
        }
        core::Bytes seed(seed_bytes);
        random.fill(seed);
        DEBRIEF_TRY(store.records().set_setting(joining_setting, mark + base64url(seed)));
        return seed;
    }

    Actions enrol() {
        const auto own = incarnation();
        if (!own) return fail(own.error());
        const auto seed = joining_seed();
        if (!seed) return fail(seed.error());
        connection.send(
            EnrolFrame{invitation->secret, device_name, *own, public_key(*seed), core::catalogue().version});
        return done();
    }

    Actions greet() {
        if (const auto sent = connection.greet(); !sent) return fail(sent.error());
        return done();
    }

    Actions take_enrolled(const EnrolledFrame& frame) {
        if (!invitation) return fail("The server enrolled a device that did not ask.");
        core::Identity identity = store.records().identity();
        identity.workspace = frame.workspace;
        identity.workspace_name = frame.workspace_name;
        identity.user = frame.user;
        identity.user_name = frame.user_name;
        identity.role = frame.role;
        identity.device = frame.device;
        if (!frame.language.empty()) identity.language = frame.language;
        const auto own = incarnation();
        if (!own) return fail(own.error());
        identity.incarnation = *own;
        if (const auto kept = store.records().set_identity(identity); !kept) return fail(kept.error());
        const auto seed = joining_seed();
        if (!seed) return fail(seed.error());
        const auto kept = store.records().transact([&]() -> core::Status {
            DEBRIEF_TRY(store.set_enrolment(
                {invitation->url, base64url(frame.token), frame.server.text(), base64url(*seed), invitation->ca}));
            return store.records().set_setting(joining_setting, "");
        });
        if (!kept) return fail(kept.error());
        invitation.reset();
        joined = core::Status{core::Ok{}};
        revoked = false;
        return greet();
    }

    core::Status keep_token(core::Enrolment enrolment, core::ByteView token) {
        enrolment.token = base64url(token);
        return store.set_enrolment(enrolment);
    }

    // Signed for the server that we were enrolled with, whoever asks.
    Actions take_challenge(const ChallengeFrame& frame) {
        const auto enrolment = store.enrolment();
        if (!enrolment) return fail(enrolment.error());
        if (!*enrolment) return fail("The server asks for a proof before it has enrolled this device.");
        if ((*enrolment)->server_id != frame.server.text()) return fail(std::string{another_server});
        const auto seed = parse_base64url((*enrolment)->key);
        if (!seed || seed->size() != seed_bytes) {
            return fail("This device has no key to prove itself with. Join the server again with a new invitation.");
        }
        const auto& identity = store.records().identity();
        const auto message = proof_message(frame.server, identity.device, identity.incarnation, frame.nonce);
        connection.send(ProveFrame{sign(*seed, message)}, true);
        return done();
    }

    Actions take_welcome(const WelcomeFrame& frame) {
        if (phase != Phase::greeting) return fail("The server greeted twice.");
        const auto enrolment = store.enrolment();
        if (!enrolment || !*enrolment) return fail("This device is not enrolled.", 1011);
        if ((*enrolment)->server_id != frame.server.text()) return fail(std::string{another_server});
        if (!frame.token.empty()) {
            if (const auto kept = keep_token(**enrolment, frame.token); !kept) return fail(kept.error());
        }
        skew_ms = frame.time.count() - clock.now().count();
        if (const auto begun = connection.begin(frame); !begun) return fail(begun.error());
        phase = Phase::live;
        backoff.reset();
        problem.clear();
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

    Actions take(Received&& received) {
        heard = true;
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
            const auto enrolment = store.enrolment();
            if (!enrolment || !*enrolment) return done();
            if (const auto kept = keep_token(**enrolment, fresh->token); !kept) return fail(kept.error());
            return done();
        }
        if (const auto taken = connection.take(received); !taken) return fail(taken.error());
        return done();
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

Actions ClientSession::on_frame(core::ByteView message) {
    auto& s = *impl_;
    if (s.phase != Impl::Phase::greeting && s.phase != Impl::Phase::live) return {};
    s.connection.totals.bytes_received += message.size();
    auto received = s.connection.unpack(message);
    if (!received) return s.fail(received.error());
    if (!*received) {
        s.heard = true;
        return {};
    }
    return s.take(std::move(**received));
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

Actions ClientSession::on_store_changed() {
    auto& s = *impl_;
    if (s.phase != Impl::Phase::live) return {};
    if (const auto pushed = s.connection.push(); !pushed) return s.fail(pushed.error());
    return s.done();
}

Actions ClientSession::on_closed(const Closed& closed) {
    auto& s = *impl_;
    const bool ours = s.phase == Impl::Phase::closing;
    s.connection.stop();
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
