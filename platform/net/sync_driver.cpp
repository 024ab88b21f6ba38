#include "platform/net/sync_driver.hpp"

#include <unistd.h>

#include <array>
#include <map>
#include <utility>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "platform/net/network_watch.hpp"
#include "platform/net/tls.hpp"
#include "platform/net/websocket_client.hpp"
#include "sync/client/client_session.hpp"
#include "sync/invitation.hpp"

namespace debrief::platform {
namespace {

namespace asio = boost::asio;

std::string device_name() {
    std::array<char, 256> host{};
    if (::gethostname(host.data(), host.size() - 1) != 0 || host[0] == '\0') return "a device";
    return host.data();
}

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

sync::Closed closed_by(const LinkEnd& end) {
    return {problem_of(end), end.kind == LinkEnd::Kind::closed || end.kind == LinkEnd::Kind::lost};
}

class SyncDriver final : public SyncLink {
public:
    explicit SyncDriver(const LinkSetup& setup)
        : setup_(setup), session_(setup.store, setup.clock, setup.random), work_(asio::make_work_guard(io_)) {}

    ~SyncDriver() override { let_go(); }
    SyncDriver(const SyncDriver&) = delete;
    SyncDriver& operator=(const SyncDriver&) = delete;

    core::Status join(const std::string& text, const std::string& ca, std::chrono::milliseconds timeout) override {
        auto invitation = sync::parse_invitation(text);
        if (!invitation) return invitation.error();
        if (!ca.empty()) {
            if (const auto usable = client_tls(ca); !usable) return usable.error();
            invitation->ca = ca;
        }
        failed_ = false;
        auto actions = session_.join(*invitation, device_name());
        if (!actions) return actions.error();
        run(std::move(*actions));
        wait_for([this] { return session_.joined().has_value() || failed_; }, timeout);
        const auto joined = session_.joined();
        if (!live_) {
            run(session_.stop());
            drain();
        }
        if (joined) return *joined;
        return stopped() ? broken_off() : offline_error();
    }

    void connect() override {
        live_ = true;
        if (!watch_) watch_ = NetworkWatch::start(io_, [this] { network_changed(); });
        start();
    }

    void disconnect() override {
        live_ = false;
        watch_.reset();
        run(session_.stop());
        drain();
    }

    core::Result<LinkRound> once(std::chrono::milliseconds timeout) override {
        const auto before = session_.status().totals;
        DEBRIEF_TRY(reach());
        wait_for([this] { return settled(); }, timeout);
        const auto status = session_.status();
        leave();
        if (status.state == sync::SyncState::revoked) return turned_away();
        if (status.state != sync::SyncState::caught_up) return stopped() ? broken_off() : offline_error();
        return LinkRound{status.totals.pushed - before.pushed, status.totals.pulled - before.pulled,
                         status.totals.parked - before.parked};
    }

    core::Result<std::string> administer(const std::vector<std::string>& words,
                                         std::chrono::milliseconds timeout) override {
        const auto until = std::chrono::steady_clock::now() + timeout;
        DEBRIEF_TRY(reach());
        const auto greeted = [this] {
            const auto state = session_.status().state;
            return state == sync::SyncState::syncing || state == sync::SyncState::caught_up;
        };
        wait_for([&] { return greeted() || settled(); }, timeout);
        auto result = greeted() ? order(words, until) : core::Result<std::string>{not_reached()};
        leave();
        return result;
    }

    [[nodiscard]] LinkStatus status() const override {
        const auto now = session_.status();
        LinkStatus status{.state = state_of(now.state),
                          .last_caught_up = now.last_caught_up,
                          .clock_skew = std::nullopt,
                          .progress = {now.progress.scopes_done, now.progress.scopes_of, now.progress.records_done,
                                       now.progress.records_of},
                          .detail = now.problem};
        if (greeted_) status.clock_skew = std::chrono::milliseconds(now.clock_skew_ms);
        return status;
    }

    void network_changed() override { run(session_.retry_now()); }

    void tell_presence(const core::Uuid& room, const std::string& scope, sync::PresenceState state) override {
        run(session_.tell_presence(room, scope, state));
    }

    void store_changed() override { run(session_.on_store_changed()); }

    void poll(std::chrono::milliseconds wait) override {
        if (wait.count() > 0) io_.run_one_for(wait);
        io_.poll();
    }

    void wake() override {
        asio::post(io_, [] {});
    }

private:
    bool settled() const {
        const auto state = session_.status().state;
        return state == sync::SyncState::caught_up || state == sync::SyncState::revoked || failed_;
    }

    /// Begins what is needed for a connection, if there is none.
    core::Status reach() {
        // The connection on which we were turned away may still be closing.
        if (session_.status().state == sync::SyncState::revoked) drain();
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

    /// Ends it again, unless it is to be kept.
    void leave() {
        if (live_) return;
        run(session_.stop());
        drain();
    }

    core::Result<std::string> order(const std::vector<std::string>& words,
                                    std::chrono::steady_clock::time_point until) {
        auto actions = session_.administer(words);
        if (!actions) return actions.error();
        run(std::move(*actions));
        wait_for([this] { return session_.administered().has_value(); },
                 std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now()));
        if (const auto& answer = session_.administered()) return *answer;
        return core::Error{stopped() ? core::Errc::cancelled : core::Errc::offline,
                           "The server has not answered: it may have been done.", "",
                           "Look first whether it was, then say it again if need be."};
    }

    core::Error turned_away() const {
        const auto problem = session_.status().problem;
        return {core::Errc::denied, problem.empty() ? "The server no longer knows this device." : problem, "",
                "Your notes are safe here. Ask your administrator for a new invitation."};
    }

    core::Error not_reached() const {
        if (session_.status().state == sync::SyncState::revoked) return turned_away();
        auto error = stopped() ? broken_off() : offline_error();
        error.hint = "Nothing was changed. The server decides on this: try again when there is a connection.";
        return error;
    }

    bool stopped() const { return setup_.stop && setup_.stop(); }

    static core::Error broken_off() {
        return {core::Errc::cancelled, "Waiting for the server was broken off.", "",
                "Everything is saved here; 'debrief sync' goes on from there."};
    }

    template <typename Condition>
    void wait_for(Condition condition, std::chrono::milliseconds timeout) {
        const auto until = std::chrono::steady_clock::now() + timeout;
        for (auto now = std::chrono::steady_clock::now(); !condition() && !stopped() && now < until;
             now = std::chrono::steady_clock::now()) {
            poll(std::min(
                std::chrono::duration_cast<std::chrono::milliseconds>(until - now) + std::chrono::milliseconds(1),
                std::chrono::milliseconds(200)));
        }
    }

    core::Error offline_error() const {
        const auto problem = session_.status().problem;
        return {core::Errc::offline, problem.empty() ? "The server did not answer in time." : problem, "",
                "Everything is saved here and will be sent later. Check the network, then run 'debrief sync'."};
    }

    void start() {
        // One that was turned away asks again when the person wants it: they may have been let in meanwhile.
        const auto state = session_.status().state;
        if (state != sync::SyncState::offline && state != sync::SyncState::revoked) return;
        if (auto actions = session_.start()) run(std::move(*actions));
    }

    void run(sync::Actions actions) {
        for (auto& action : actions) std::visit([this](auto& one) { carry_out(one); }, action);
    }

    void carry_out(const sync::Connect& connect_action) {
        auto url = parse_server_url(connect_action.url);
        if (!url) {
            asio::post(io_, [this, detail = url.error().detail] { closed({LinkEnd::Kind::refused, detail}); });
            return;
        }
        url->ca = connect_action.ca;
        let_go();
        connecting_ = platform::connect(io_, *url, [this](std::shared_ptr<Link> link, const LinkEnd& end) {
            // The attempt is over; it may only be taken apart once its own call has returned.
            asio::post(io_, [this, link = std::move(link), end] {
                if (link) {
                    opened(link);
                } else {
                    closed(end);
                }
            });
        });
    }

    void carry_out(const sync::SendFrame& frame) {
        if (link_) link_->send(frame.bytes, frame.urgent);
    }

    void carry_out(const sync::ArmTimer& timer) {
        auto [place, fresh] = timers_.try_emplace(timer.which, io_);
        place->second.expires_after(timer.after);
        place->second.async_wait([this, which = timer.which](const boost::system::error_code& error) {
            if (!error) run(session_.on_timer(which));
        });
    }

    void carry_out(const sync::Close& close) {
        if (link_) {
            link_->close(close.code, close.reason);
        } else {
            connecting_.reset();
        }
    }

    void carry_out(const sync::Notify& notify) {
        if (notify.status.state == sync::SyncState::syncing || notify.status.state == sync::SyncState::caught_up)
            greeted_ = true;
        if (setup_.status_changed) setup_.status_changed();
    }

    void carry_out(const sync::Seen& seen) {
        if (setup_.seen) setup_.seen(seen);
    }

    void opened(std::shared_ptr<Link> link) {
        connecting_.reset();
        link_ = std::move(link);
        arrived_.clear();
        arrived_bytes_ = 0;
        gathering_.cancel();
        const std::weak_ptr<Link> self = link_;
        link_->start({.message =
                          [this, self](core::ByteView message) {
                              if (!self.expired() && self.lock() == link_) received(message);
                          },
                      .drained = {},
                      .closed =
                          [this, self](const LinkEnd& end) {
                              if (self.expired() || self.lock() != link_) return;
                              take_arrived();
                              link_.reset();
                              closed(end);
                          }});
        run(session_.on_open());
    }

    /// Messages wait while more is there to be read, for a moment at most, so that the session takes them together.
    void received(core::ByteView message) {
        arrived_.emplace_back(message.begin(), message.end());
        arrived_bytes_ += message.size();
        if (arrived_bytes_ >= arrived_bytes_max || !link_->more_waits()) return take_arrived();
        if (arrived_.size() > 1) return;
        gathering_.expires_after(gathering_max);
        gathering_.async_wait([this](const boost::system::error_code& error) {
            if (!error) take_arrived();
        });
    }

    void take_arrived() {
        const auto messages = std::exchange(arrived_, {});
        arrived_bytes_ = 0;
        gathering_.cancel();
        for (const auto& message : messages) run(session_.on_frame(message, &message != &messages.back()));
    }

    void closed(const LinkEnd& end) {
        connecting_.reset();
        failed_ = true;
        run(session_.on_closed(closed_by(end)));
    }

    void let_go() {
        connecting_.reset();
        if (const auto link = std::exchange(link_, nullptr)) link->abort();
    }

    /// Lets a goodbye reach the kernel, for a moment at most.
    void drain() {
        wait_for([this] { return !link_; }, std::chrono::milliseconds(500));
        let_go();
        // An attempt that was given up, or a link that was let go, tells nobody of its end: the session would wait for
        // it for ever, and the next round with it.
        if (session_.is_closing()) run(session_.on_closed(sync::Closed{.reason = {}, .reached_server = true}));
    }

    LinkSetup setup_;
    asio::io_context io_{1};
    sync::ClientSession session_;
    asio::executor_work_guard<asio::io_context::executor_type> work_;
    std::map<sync::Timer, asio::steady_timer> timers_;
    std::unique_ptr<NetworkWatch> watch_;  ///< While the link is to be kept.
    std::unique_ptr<Connecting> connecting_;
    std::shared_ptr<Link> link_;
    static constexpr std::size_t arrived_bytes_max = 1U << 20U;
    static constexpr std::chrono::milliseconds gathering_max{20};
    asio::steady_timer gathering_{io_};
    std::vector<core::Bytes> arrived_;  ///< Not yet shown to the session.
    std::size_t arrived_bytes_ = 0;
    bool live_ = false;
    bool failed_ = false;  ///< A connection ended, or never came up, since `once` or `join` began.
    bool greeted_ = false;
};

}  // namespace

std::unique_ptr<SyncLink> websocket_link(const LinkSetup& setup) {
    return std::make_unique<SyncDriver>(setup);
}

}  // namespace debrief::platform
