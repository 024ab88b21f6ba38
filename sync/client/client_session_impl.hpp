// What a client's session knows and does. Included by its .cpp files only.
#pragma once

#include <algorithm>
#include <iterator>

#include "core/error_names.hpp"
#include "core/utf8.hpp"
#include "sync/client/client_session.hpp"
#include "sync/client/connection.hpp"
#include "sync/client/credentials.hpp"

namespace debrief::sync {

struct ClientSession::Impl {
    enum class Phase { idle, waiting, connecting, greeting, live, leaving, closing };

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
    // Of a device that was cut off: leaving.cpp.
    bool proved = false;     // On this connection, to our own server.
    bool wipes = false;      // Said in this connection's greeting.
    bool said_left = false;  // Nothing more was written since.
    std::optional<WipeOrder> wipe;
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
    bool told_wipe = false;

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
            case Phase::leaving:
                return SyncState::revoked;
            case Phase::live:
                return connection.caught_up() ? SyncState::caught_up : SyncState::syncing;
        }
        return SyncState::offline;
    }

    /// There is a connection on which something may be said.
    [[nodiscard]] bool hears() const {
        return phase == Phase::greeting || phase == Phase::live || phase == Phase::leaving;
    }

    SyncStatus status() {
        SyncStatus status;
        status.state = state();
        status.last_caught_up = last_caught_up;
        status.clock_skew_ms = skew_ms;
        status.totals = connection.totals;
        status.progress = connection.progress();
        status.problem = problem.empty() ? connection.trouble() : problem;
        status.leaving = revoked && wanted;
        status.handing_over = phase == Phase::leaving;
        status.wipe = wipe;
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
        if (now != told || settled || percent() != told_percent || wipe.has_value() != told_wipe) {
            told = now;
            told_wipe = wipe.has_value();
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
    Actions fail(const core::Error& error) {
        const bool theirs = error.code == core::Errc::corrupt || error.code == core::Errc::too_large;
        return fail(error.detail, theirs ? 1002 : 1011);
    }

    Actions enrol() {
        const auto frame = credentials.enrol(*invitation, device_name);
        if (!frame) return fail(frame.error());
        connection.send(*frame);
        return done();
    }

    Actions greet() {
        wipes = credentials.knows_order_key();
        if (const auto sent = connection.greet(wipes); !sent) return fail(sent.error());
        return done();
    }

    Actions take_enrolled(const EnrolledFrame& frame) {
        if (!invitation) return fail("The server enrolled a device that did not ask.");
        if (const auto kept = credentials.keep(*invitation, frame); !kept) return fail(kept.error());
        invitation.reset();
        joined = core::Status{core::Ok{}};
        revoked = false;
        wipe.reset();
        return greet();
    }

    Actions take_challenge(const ChallengeFrame& frame) {
        const auto proof = credentials.prove(frame);
        if (!proof) return fail(proof.error().detail);
        connection.send(*proof, true);
        proved = true;
        return done();
    }

    Actions take_welcome(const WelcomeFrame& frame) {
        if (phase != Phase::greeting) return fail("The server greeted twice.");
        if (const auto ours = credentials.check_server(frame.server); !ours) return fail(ours.error().detail);
        if (!frame.token.empty()) {
            if (const auto kept = credentials.keep_token(frame.token); !kept) return fail(kept.error());
        }
        if (const auto kept = credentials.keep_order_key(frame.order_key); !kept) return fail(kept.error());
        skew_ms = frame.time.count() - clock.now().count();
        if (const auto begun = connection.begin(frame); !begun) return fail(begun.error());
        phase = Phase::live;
        revoked = false;
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
            administered = core::Error{core::errc_named(frame.code), std::move(frame.text), std::move(frame.field),
                                       std::move(frame.hint)};
        }
        return done();
    }

    Actions take_bye(const ByeFrame& frame) {
        if (invitation && frame.code == bye::denied) {
            invitation.reset();
            joined = core::Status{core::Error{core::Errc::denied, frame.text, "invitation",
                                              "Ask your administrator for a new invitation."}};
            wanted = false;
        } else if (frame.code == bye::revoked && phase == Phase::live && credentials.knows_order_key()) {
            revoked = true;  // Cut off in the middle: what there is to hand over is asked for after a proof.
        } else if (frame.code == bye::denied || frame.code == bye::revoked) {
            revoked = true;
            wanted = false;
        }
        retry_at_least = frame.retry;
        return fail(frame.text.empty() ? "The server ended the connection: " + frame.code + "." : frame.text, 1000);
    }

    // leaving.cpp
    Actions take_leave(const LeaveFrame& frame);
    Actions leave(std::uint64_t expected_n);
    Actions take_leaving(Received& received);
    /// Pushes what there is, and says so when it was all.
    Actions go_on_leaving();
    Actions take_wipe(const WipeFrame& given);

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
            if (const auto* asked_to = std::get_if<LeaveFrame>(&frame)) return take_leave(*asked_to);
            if (const auto* told_to = std::get_if<WipeFrame>(&frame)) return take_wipe(*told_to);
            return done();
        }
        if (phase == Phase::leaving) return take_leaving(received);
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

}  // namespace debrief::sync
