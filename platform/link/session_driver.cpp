#include "platform/link/session_driver.hpp"

#include <algorithm>
#include <utility>

#include "platform/link/cut_off.hpp"
#include "platform/link/session_tasks.hpp"

namespace debrief::platform {
namespace {

LinkStatus::State state_of(sync::SyncState state) {
    switch (state) {
        case sync::SyncState::offline:
            return LinkStatus::State::offline;
        case sync::SyncState::connecting:
            return LinkStatus::State::connecting;
        case sync::SyncState::syncing:
            return LinkStatus::State::syncing;
        case sync::SyncState::caught_up:
            return LinkStatus::State::caught_up;
        case sync::SyncState::revoked:
            return LinkStatus::State::revoked;
    }
    return LinkStatus::State::offline;
}

core::Error broken_off() {
    return {core::Errc::cancelled, "Waiting for the server was broken off.", "",
            "Everything is saved here; 'debrief sync' goes on from there."};
}

}  // namespace

SessionDriver::SessionDriver(const LinkSetup& setup, std::string device_name)
    : setup_(setup), device_name_(std::move(device_name)), session_(setup.store, setup.clock, setup.random) {}

SessionDriver::~SessionDriver() = default;

void SessionDriver::begin_join(const std::string& text, const std::string& ca, std::chrono::milliseconds timeout,
                               JoinDone done) {
    auto invitation = sync::parse_invitation(text);
    if (!invitation) return done(invitation.error());
    if (!ca.empty()) {
        if (const auto usable = check_authority(ca); !usable) return done(usable.error());
        invitation->ca = ca;
    }
    add(std::make_unique<Joining>(*this, std::move(*invitation), std::move(done)), timeout);
}

void SessionDriver::begin_once(std::chrono::milliseconds timeout, OnceDone done) {
    add(std::make_unique<Round>(*this, std::move(done)), timeout);
}

void SessionDriver::begin_administer(const std::vector<std::string>& words, std::chrono::milliseconds timeout,
                                     OrderDone done) {
    add(std::make_unique<Order>(*this, words, std::move(done)), timeout);
}

core::Status SessionDriver::join(const std::string& invitation, const std::string& ca,
                                 std::chrono::milliseconds timeout) {
    std::optional<core::Status> outcome;
    begin_join(invitation, ca, timeout, [&outcome](const core::Status& joined) { outcome = joined; });
    while (!outcome) poll(std::chrono::milliseconds(200));
    return *outcome;
}

core::Result<LinkRound> SessionDriver::once(std::chrono::milliseconds timeout) {
    std::optional<core::Result<LinkRound>> outcome;
    begin_once(timeout, [&outcome](const core::Result<LinkRound>& round) { outcome = round; });
    while (!outcome) poll(std::chrono::milliseconds(200));
    return *outcome;
}

core::Result<std::string> SessionDriver::administer(const std::vector<std::string>& words,
                                                    std::chrono::milliseconds timeout) {
    std::optional<core::Result<std::string>> outcome;
    begin_administer(words, timeout, [&outcome](const core::Result<std::string>& answer) { outcome = answer; });
    while (!outcome) poll(std::chrono::milliseconds(200));
    return *outcome;
}

void SessionDriver::connect() {
    live_ = true;
    end_parting();
    start();
}

void SessionDriver::disconnect() {
    live_ = false;
    part();
}

LinkStatus SessionDriver::status() const {
    const auto now = session_.status();
    LinkStatus status{.state = state_of(now.state),
                      .last_caught_up = now.last_caught_up,
                      .clock_skew = std::nullopt,
                      .progress = {now.progress.scopes_done, now.progress.scopes_of, now.progress.records_done,
                                   now.progress.records_of},
                      .handing_over = now.handing_over,
                      .wipe = now.wipe,
                      .detail = now.problem};
    if (greeted_) status.clock_skew = std::chrono::milliseconds(now.clock_skew_ms);
    return status;
}

void SessionDriver::network_changed() {
    run(session_.retry_now());
}

void SessionDriver::tell_presence(const core::Uuid& room, const std::string& scope, sync::PresenceState state) {
    run(session_.tell_presence(room, scope, state));
}

void SessionDriver::store_changed() {
    run(session_.on_store_changed());
}

void SessionDriver::closed(const LinkEnd& end) {
    failed_ = true;
    run(session_.on_closed({problem_of(end), end.kind == LinkEnd::Kind::closed || end.kind == LinkEnd::Kind::lost}));
}

void SessionDriver::add(std::unique_ptr<Task> task, std::chrono::milliseconds timeout) {
    task->timeout = timeout;
    tasks_.push_back(std::move(task));
    pass();
}

void SessionDriver::pass() {
    if (passing_) return;  // An answer may have begun something: the outer one goes on with it.
    struct Passing {
        bool& flag;
        ~Passing() { flag = false; }
    } const until_done{passing_ = true};
    const bool may_part = !under_way_ || phase_ == Phase::waiting;
    if (may_part && parting_until_ && (!holds_link() || Clock::now() >= *parting_until_)) {
        failed_ = true;  // Whoever waits for this link waits in vain.
        end_parting();
    }
    while (!tasks_.empty() && step()) {
    }
}

bool SessionDriver::step() {
    if (!under_way_) begin_next();
    auto& task = *tasks_.front();
    const auto now = Clock::now();
    if (phase_ == Phase::waiting) {
        if (!task.advance()) {
            if (now < task.until && !stopped()) return false;
            task.give_up();
        }
        finish();
    }
    // A link that is kept from now on (`connect`) has nothing to part from.
    if (parting_until_ && holds_link() && now < *parting_until_) return false;
    end_parting();
    if (phase_ == Phase::parting_before) {
        phase_ = Phase::waiting;
        if (const auto begun = task.begin(); !begun) {
            task.fail(begun.error());
            phase_ = Phase::parting_after;
        }
        return true;
    }
    const auto done = std::move(tasks_.front());
    tasks_.pop_front();
    under_way_ = false;
    done->answer();
    return true;
}

void SessionDriver::begin_next() {
    under_way_ = true;
    auto& task = *tasks_.front();
    task.until = Clock::now() + task.timeout;
    phase_ = Phase::parting_before;
    // The connection on which we were turned away may still be closing.
    const auto status = session_.status();
    if (!parting_until_ && status.state == sync::SyncState::revoked && !status.leaving && holds_link())
        parting_until_ = Clock::now() + parting_max;
}

/// The answer is known. The link that it needed ends, unless it is to be kept.
void SessionDriver::finish() {
    phase_ = Phase::parting_after;
    if (!live_) part();
}

std::optional<SessionDriver::Clock::time_point> SessionDriver::due() const {
    if (parting_until_) return parting_until_;
    if (!under_way_) return std::nullopt;
    return tasks_.front()->until;
}

void SessionDriver::abandon() {
    live_ = false;
    auto tasks = std::exchange(tasks_, {});
    bool answered = std::exchange(under_way_, false) && phase_ == Phase::parting_after;
    for (const auto& task : tasks) {
        // The first one may have its answer, and only wait for the goodbye.
        if (!std::exchange(answered, false)) task->fail(broken_off());
        task->answer();
    }
}

core::Status SessionDriver::reach() {
    failed_ = false;
    if (!live_) {
        auto actions = session_.start();
        if (!actions) return actions.error();
        run(std::move(*actions));
        return core::Ok{};
    }
    start();
    run(session_.on_store_changed());
    if (session_.status().state == sync::SyncState::offline) run(session_.retry_now());
    return core::Ok{};
}

void SessionDriver::start() {
    // One that was turned away asks again when the person wants it: they may have been let in meanwhile.
    const auto state = session_.status().state;
    if (state != sync::SyncState::offline && state != sync::SyncState::revoked) return;
    if (auto actions = session_.start()) run(std::move(*actions));
}

void SessionDriver::part() {
    run(session_.stop());
    parting_until_ = Clock::now() + parting_max;
}

void SessionDriver::end_parting() {
    if (!std::exchange(parting_until_, std::nullopt)) return;
    let_go();
    // An attempt that was given up, or a link that was let go, tells nobody of its end: the session would wait for it
    // for ever, and the next round with it.
    if (session_.is_closing()) run(session_.on_closed(sync::Closed{.reason = {}, .reached_server = true}));
}

void SessionDriver::run(sync::Actions actions) {
    for (auto& action : actions) {
        if (const auto* connect = std::get_if<sync::Connect>(&action)) {
            open(*connect);
        } else if (const auto* frame = std::get_if<sync::SendFrame>(&action)) {
            send(*frame);
        } else if (const auto* timer = std::get_if<sync::ArmTimer>(&action)) {
            arm(*timer);
        } else if (const auto* close_it = std::get_if<sync::Close>(&action)) {
            close(*close_it);
        } else if (const auto* seen = std::get_if<sync::Seen>(&action)) {
            if (setup_.seen) setup_.seen(*seen);
        } else {
            const auto state = std::get<sync::Notify>(action).status.state;
            if (state == sync::SyncState::syncing || state == sync::SyncState::caught_up) greeted_ = true;
            if (setup_.status_changed) setup_.status_changed();
        }
    }
}

bool SessionDriver::settled() const {
    const auto status = session_.status();
    if (status.leaving) return false;  // Cut off, and handing over what there is.
    return status.state == sync::SyncState::caught_up || status.state == sync::SyncState::revoked || failed_;
}

bool SessionDriver::greeted_now() const {
    const auto state = session_.status().state;
    return state == sync::SyncState::syncing || state == sync::SyncState::caught_up;
}

core::Error SessionDriver::not_answered() const {
    if (stopped()) return broken_off();
    const auto problem = session_.status().problem;
    return {core::Errc::offline, problem.empty() ? "The server did not answer in time." : problem, "",
            "Everything is saved here and will be sent later. Check the network, then run 'debrief sync'."};
}

core::Error SessionDriver::turned_away() const {
    const auto status = session_.status();
    if (const auto& order = status.wipe) {
        return {core::Errc::denied, cut_off_words({order->cut_off_at, {}, order->handed_over, order->lost}), "",
                cut_off_hint};
    }
    const auto& problem = status.problem;
    return {core::Errc::denied, problem.empty() ? "The server no longer knows this device." : problem, "",
            "Your notes are safe here. Ask your administrator for a new invitation."};
}

core::Error SessionDriver::not_reached() const {
    if (session_.status().state == sync::SyncState::revoked) return turned_away();
    auto error = not_answered();
    error.hint = "Nothing was changed. The server decides on this: try again when there is a connection.";
    return error;
}

}  // namespace debrief::platform
