#include "platform/net/sync_driver.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "platform/link/session_driver.hpp"
#include "platform/net/network_watch.hpp"
#include "platform/net/tls.hpp"
#include "platform/net/websocket_client.hpp"

namespace debrief::platform {
namespace {

namespace asio = boost::asio;

std::string device_name() {
    std::array<char, 256> host{};
    if (::gethostname(host.data(), host.size() - 1) != 0 || host[0] == '\0') return "a device";
    return host.data();
}

class SyncDriver final : public SessionDriver {
public:
    explicit SyncDriver(const LinkSetup& setup)
        : SessionDriver(setup, device_name()), work_(asio::make_work_guard(io_)) {}

    ~SyncDriver() override {
        abandon();
        let_go();
    }
    SyncDriver(const SyncDriver&) = delete;
    SyncDriver& operator=(const SyncDriver&) = delete;

    void connect() override {
        if (!watch_) watch_ = NetworkWatch::start(io_, [this] { network_changed(); });
        SessionDriver::connect();
    }

    /// Lets a goodbye reach the kernel, for a moment at most.
    void disconnect() override {
        watch_.reset();
        SessionDriver::disconnect();
        while (is_parting()) poll(parting_max);
    }

    void poll(std::chrono::milliseconds wait) override {
        if (const auto at = due())
            wait = std::clamp(std::chrono::ceil<std::chrono::milliseconds>(*at - Clock::now()),
                              std::chrono::milliseconds(0), wait);
        if (wait.count() > 0) io_.run_one_for(wait);
        io_.poll();
        pass();
    }

    void wake() override {
        asio::post(io_, [] {});
    }

private:
    void open(const sync::Connect& connect_action) override {
        auto url = parse_server_url(connect_action.url);
        if (!url) {
            asio::post(io_, [this, detail = url.error().detail] { ended({LinkEnd::Kind::refused, detail}); });
            return;
        }
        url->ca = connect_action.ca;
        let_go();
        connecting_ = platform::connect(io_, *url, [this](std::shared_ptr<Link> link, const LinkEnd& end) {
            // The attempt is over; it may only be taken apart once its own call has returned.
            asio::post(io_, [this, link = std::move(link), end] {
                if (link) {
                    came_up(link);
                } else {
                    ended(end);
                }
            });
        });
    }

    void send(const sync::SendFrame& frame) override {
        if (link_) link_->send(frame.bytes, frame.urgent);
    }

    void arm(const sync::ArmTimer& timer) override {
        auto [place, fresh] = timers_.try_emplace(timer.which, io_);
        place->second.expires_after(timer.after);
        place->second.async_wait([this, which = timer.which](const boost::system::error_code& error) {
            if (!error) fired(which);
        });
    }

    void close(const sync::Close& close) override {
        if (link_) {
            link_->close(close.code, close.reason);
        } else {
            connecting_.reset();
        }
    }

    void let_go() override {
        connecting_.reset();
        if (const auto link = std::exchange(link_, nullptr)) link->abort();
    }

    [[nodiscard]] bool holds_link() const override { return link_ != nullptr; }

    core::Status check_authority(const std::string& ca) override {
        if (const auto usable = client_tls(ca); !usable) return usable.error();
        return core::Ok{};
    }

    void came_up(std::shared_ptr<Link> link) {
        connecting_.reset();
        link_ = std::move(link);
        arrived_.clear();
        arrived_bytes_ = 0;
        gathering_.cancel();
        const std::weak_ptr<Link> self = link_;
        link_->start({.message =
                          [this, self](core::ByteView message) {
                              if (!self.expired() && self.lock() == link_) gather(message);
                          },
                      .drained = {},
                      .closed =
                          [this, self](const LinkEnd& end) {
                              if (self.expired() || self.lock() != link_) return;
                              take_arrived();
                              link_.reset();
                              ended(end);
                          }});
        opened();
    }

    /// Messages wait while more is there to be read, for a moment at most, so that the session takes them together.
    void gather(core::ByteView message) {
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
        for (const auto& message : messages) received(message, &message != &messages.back());
    }

    void ended(const LinkEnd& end) {
        connecting_.reset();
        closed(end);
    }

    asio::io_context io_{1};
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
};

}  // namespace

std::unique_ptr<SyncLink> websocket_link(const LinkSetup& setup) {
    return std::make_unique<SyncDriver>(setup);
}

}  // namespace debrief::platform
