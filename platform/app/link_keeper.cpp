#include "platform/app/link_keeper.hpp"

#include <array>
#include <thread>

#include <nlohmann/json.hpp>

#include "core/civil_date.hpp"
#include "platform/app/announcer.hpp"
#include "platform/app/context.hpp"
#include "platform/app/json_codec.hpp"
#include "platform/app/parked.hpp"
#include "platform/app/presence.hpp"
#include "platform/app/wiping.hpp"
#include "platform/files/store_folder.hpp"
#include "platform/net/sync_driver.hpp"

namespace debrief::platform {
namespace {

using namespace std::chrono_literals;
using core::Errc;
using core::Error;
using nlohmann::json;
using State = LinkStatus::State;

constexpr std::array<const char*, 5> state_words{"offline", "connecting", "syncing", "caught_up", "revoked"};

json instant_json(const std::optional<core::Instant>& at) {
    return at ? json(core::instant_text(*at)) : json(nullptr);
}

json progress_json(const LinkStatus::Progress& progress) {
    return {{"scopes_done", progress.scopes_done},
            {"scopes_of", progress.scopes_of},
            {"records_done", progress.records_done},
            {"records_of", progress.records_of}};
}

}  // namespace

LinkKeeper::~LinkKeeper() {
    detach();
}

std::string LinkKeeper::path(const char* name) const {
    return context_.config.folder + "/" + name;
}

void LinkKeeper::attach() {
    const LinkSetup setup{*context_.device,     context_.clock,
                          context_.random,      [this] { tell_status(); },
                          context_.config.stop, [this](const sync::Seen& seen) { context_.presence->hear(seen); }};
    auto link = context_.config.link ? context_.config.link(setup) : websocket_link(setup);
    const std::lock_guard lock{link_mutex_};
    link_ = std::move(link);
}

void LinkKeeper::detach() {
    std::unique_ptr<SyncLink> gone;
    {
        const std::lock_guard lock{link_mutex_};
        gone = std::move(link_);
    }
    gone.reset();
    drop_lock();
}

core::Status LinkKeeper::need_enrolment() {
    auto enrolment = context_.device->enrolment();
    if (!enrolment) return enrolment.error();
    if (*enrolment) return core::Ok{};
    if (context_.wiped) return wiped_error(*context_.wiped);
    return Error{Errc::denied, "This device has not joined a workspace.", {}, "Run: debrief join INVITATION"};
}

bool LinkKeeper::take_lock() {
    if (lock_) return true;
    auto lock = FileLock::try_lock(path("sync.lock"));
    // Where no lock can be had at all, a link is still better than none: the server takes a resend for what it is.
    held_elsewhere_ = lock && !*lock;
    if (lock && *lock) lock_ = std::move(**lock);
    return !held_elsewhere_;
}

void LinkKeeper::drop_lock() {
    if (!lock_) return;
    LinkStatus left;
    if (link_) {
        const auto status = link_->status();
        left.last_caught_up = status.last_caught_up;
        // That we were cut off does not end with the connection.
        if (status.state == State::revoked) {
            left.state = status.state;
            left.detail = status.detail;
        }
    }
    publish(left);
    lock_.reset();
}

core::Status LinkKeeper::connect() {
    DEBRIEF_TRY(need_enrolment());
    wanted_ = true;
    if (take_lock()) link_->connect();
    return core::Ok{};
}

void LinkKeeper::disconnect() {
    wanted_ = false;
    context_.presence->forget_own();
    link_->disconnect();
    drop_lock();
}

void LinkKeeper::once(std::chrono::milliseconds timeout, SyncLink::OnceDone done) {
    if (const auto enrolled = need_enrolment(); !enrolled) return done(enrolled.error());
    const bool keep = lock_.has_value();
    if (!take_lock()) return done(once_elsewhere(timeout));
    link_->begin_once(timeout, [this, keep, done = std::move(done)](const core::Result<LinkRound>& round) {
        if (!keep && !wanted_) drop_lock();
        done(round);
    });
}

core::Result<LinkRound> LinkKeeper::once_elsewhere(std::chrono::milliseconds timeout) {
    const auto before = context_.device->counts();
    if (!before) return before.error();
    const auto until = std::chrono::steady_clock::now() + timeout;
    // The keeper looks at the file every 100 ms, so give it that long to see what is pending.
    std::this_thread::sleep_for(std::min<std::chrono::milliseconds>(timeout, 250ms));
    for (;;) {
        const auto counts = context_.device->counts();
        if (!counts) return counts.error();
        const auto state = read_published().state;
        if (state == State::caught_up && counts->pending == 0) {
            const auto parked = counts->parked > before->parked ? counts->parked - before->parked : 0;
            return LinkRound{
                .pushed = before->pending > parked ? before->pending - parked : 0, .pulled = 0, .parked = parked};
        }
        if (state == State::revoked)
            return Error{Errc::denied, "This device was revoked.", {}, "Ask your administrator for an invitation."};
        if (const auto wiped = wiped_in(context_.config.folder)) return wiped_error(*wiped);
        if (context_.config.stop && context_.config.stop()) {
            return Error{Errc::cancelled, "Waiting for the program that keeps the link was broken off.", {}, {}};
        }
        if (std::chrono::steady_clock::now() >= until) {
            return Error{Errc::offline,
                         "The program that keeps the link has not caught up.",
                         {},
                         "Everything is kept here; it is sent when the server answers."};
        }
        std::this_thread::sleep_for(20ms);
    }
}

void LinkKeeper::join(const std::string& invitation, const std::string& ca, std::chrono::milliseconds timeout,
                      SyncLink::JoinDone done) {
    if (!take_lock())
        return done(Error{
            Errc::busy, "Another program on this store keeps a link to a server.", {}, "End it, then join again."});
    link_->begin_join(invitation, ca, timeout, [this, done = std::move(done)](const core::Status& joined) {
        if (!wanted_) drop_lock();
        done(joined);
    });
}

void LinkKeeper::administer(const std::vector<std::string>& words, std::chrono::milliseconds timeout,
                            SyncLink::OrderDone done) {
    if (const auto enrolled = need_enrolment(); !enrolled) return done(enrolled.error());
    if (!take_lock())
        return done(Error{Errc::busy,
                          "Another program on this store keeps the link to the server.",
                          {},
                          "Ask in that one, or end it and try again."});
    link_->begin_administer(words, timeout, [this, done = std::move(done)](const core::Result<std::string>& answer) {
        if (!wanted_) drop_lock();
        done(answer);
    });
}

json LinkKeeper::status() {
    const bool elsewhere = held_elsewhere_ && !lock_;
    auto link = lock_ || !elsewhere ? link_->status() : read_published();
    const auto counts = context_.device->counts();
    const auto enrolment = context_.device->enrolment();
    if (link.state == State::offline && enrolment && *enrolment) {
        if (const auto earlier = read_published(); earlier.state == State::revoked) link = earlier;
    }
    // An earlier program, or an earlier link of this one, may have caught up where this link has not.
    if (!link.last_caught_up && enrolment && *enrolment) link.last_caught_up = read_published().last_caught_up;
    json status{{"state", state_words.at(static_cast<std::size_t>(link.state))},
                {"pending", counts ? counts->pending : 0},
                {"parked", parked_json(*context_.device)},
                {"conflicts", counts ? counts->conflicts : 0},
                {"scopes", counts ? counts->scopes : 0},
                {"last_caught_up", instant_json(link.last_caught_up)},
                {"clock_skew_ms", link.clock_skew ? json(link.clock_skew->count()) : json(nullptr)},
                {"enrolled", enrolment && enrolment->has_value()}};
    if (link.progress.scopes_of > 0) status["progress"] = progress_json(link.progress);
    if (!link.detail.empty()) status["detail"] = link.detail;
    if (elsewhere) status["held_elsewhere"] = true;
    if (context_.wiped) {
        status["state"] = "revoked";
        status["detail"] = cut_off_words(*context_.wiped);
        status["wiped"] = wiped_json(*context_.wiped);
    }
    return status;
}

std::optional<sync::WipeOrder> LinkKeeper::take_wipe() {
    auto order = link_ ? link_->status().wipe : std::nullopt;
    if (order) wanted_ = false;
    return order;
}

void LinkKeeper::tell_status() {
    // A link that is being made tells about itself before we have it.
    if (!link_) return;
    context_.presence->follow(link_->status().state);
    if (lock_) publish(link_->status());
    context_.announcer->tell_news("sync", status());
}

void LinkKeeper::tell_presence(const core::Uuid& room, const std::string& scope, sync::PresenceState state) {
    if (lock_ && link_) link_->tell_presence(room, scope, state);
}

void LinkKeeper::store_changed() {
    if (lock_ && link_) link_->store_changed();
}

void LinkKeeper::poll(std::chrono::milliseconds wait) {
    if (wanted_ && !lock_ && std::chrono::steady_clock::now() >= next_try_) {
        next_try_ = std::chrono::steady_clock::now() + 500ms;
        const bool was_elsewhere = held_elsewhere_;
        if (take_lock()) link_->connect();
        if (was_elsewhere || held_elsewhere_) tell_status();
    }
    link_->poll(wait);
}

void LinkKeeper::wake() {
    const std::lock_guard lock{link_mutex_};
    if (link_) link_->wake();
}

void LinkKeeper::publish(const LinkStatus& status) {
    const auto last = status.last_caught_up ? status.last_caught_up : read_published().last_caught_up;
    json published{{"state", state_words.at(static_cast<std::size_t>(status.state))},
                   {"last_caught_up", instant_json(last)},
                   {"detail", status.detail}};
    if (status.clock_skew) published["clock_skew_ms"] = status.clock_skew->count();
    auto told = published.dump();
    if (status.progress.scopes_of > 0) published["progress"] = progress_json(status.progress);
    auto text = published.dump();
    if (text == published_) return;
    // A first sync moves on hundreds of times a second, and a file written as often would be a fifth of its time.
    const auto now = std::chrono::steady_clock::now();
    if (told == published_but_progress_ && now < published_at_ + 250ms) return;
    published_at_ = now;
    published_but_progress_ = std::move(told);
    published_ = std::move(text);
    // Only others' view of us hangs on this file: a full disk must not stop the link.
    static_cast<void>(write_file(path("sync.state"), published_).has_value());
}

LinkStatus LinkKeeper::read_published() const {
    LinkStatus status;
    const auto text = read_file(path("sync.state"), 64U << 10U);
    const auto published = text ? parsed(*text) : json::object();
    const auto word = published.value("state", "offline");
    for (std::size_t i = 0; i < state_words.size(); ++i) {
        if (word == state_words.at(i)) status.state = static_cast<State>(i);
    }
    if (published.contains("last_caught_up") && published["last_caught_up"].is_string()) {
        status.last_caught_up = core::parse_instant(published["last_caught_up"].get<std::string>());
    }
    if (published.contains("clock_skew_ms"))
        status.clock_skew = std::chrono::milliseconds{published["clock_skew_ms"].get<std::int64_t>()};
    if (const auto progress = published.value("progress", json::object()); !progress.empty()) {
        status.progress = {
            progress.value("scopes_done", std::uint64_t{0}), progress.value("scopes_of", std::uint64_t{0}),
            progress.value("records_done", std::uint64_t{0}), progress.value("records_of", std::uint64_t{0})};
    }
    status.detail = published.value("detail", "");
    return status;
}

}  // namespace debrief::platform
