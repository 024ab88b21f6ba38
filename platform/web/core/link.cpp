#include "platform/web/core/link.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "platform/link/server_url.hpp"
#include "platform/link/session_driver.hpp"
#include "platform/net/sync_driver.hpp"
#include "platform/web/core/host.h"

namespace debrief::platform {
namespace {

class BrowserLink;

struct Links {
    std::set<BrowserLink*> all;
    std::map<int, BrowserLink*> sockets;  ///< Which link opened which socket, while it cares.
    int last = 0;
    std::string device_name = "a browser";
};

Links& links() {
    static Links all;
    return all;
}

class BrowserLink final : public SessionDriver {
public:
    explicit BrowserLink(const LinkSetup& setup) : SessionDriver(setup, links().device_name) {
        links().all.insert(this);
    }
    ~BrowserLink() override {
        abandon();
        let_go();
        links().all.erase(this);
    }
    BrowserLink(const BrowserLink&) = delete;
    BrowserLink& operator=(const BrowserLink&) = delete;

    void poll(std::chrono::milliseconds) override {
        if (refused_) ended(*std::exchange(refused_, std::nullopt));
        const auto now = Clock::now();
        for (auto timer = timers_.begin(); timer != timers_.end();) {
            if (timer->second > now) {
                ++timer;
                continue;
            }
            const auto which = timer->first;
            timers_.erase(timer);
            fired(which);
            timer = timers_.begin();  // It may have armed others.
        }
        pass();
    }
    void wake() override {}

    void came_up() {
        open_ = true;
        opened();
        pass();
    }
    void took(core::ByteView message, bool more) {
        received(message, more);
        if (!more) pass();
    }
    void went(bool was_open, const std::string& reason) {
        forget_socket();
        ended({was_open ? LinkEnd::Kind::lost : LinkEnd::Kind::refused, was_open ? reason : host_});
        pass();
    }
    [[nodiscard]] std::optional<Clock::time_point> next() const {
        auto soonest = due();
        for (const auto& [which, at] : timers_) {
            if (!soonest || at < *soonest) soonest = at;
        }
        return refused_ ? Clock::now() : soonest;
    }

private:
    void open(const sync::Connect& connect) override {
        let_go();
        const auto url = parse_server_url(connect.url);
        if (!url) {
            refused_ = {LinkEnd::Kind::refused, url.error().detail};
            return;
        }
        host_ = url->host;
        if (!url->tls && !is_loopback(url->host)) {
            refused_ = {LinkEnd::Kind::plaintext, connect.url};
            return;
        }
        const bool v6 = url->host.find(':') != std::string::npos;
        socket_ = ++links().last;
        links().sockets[socket_] = this;
        const auto address =
            (url->tls ? "wss://" : "ws://") + (v6 ? "[" + url->host + "]" : url->host) + ":" + url->port + url->path;
        host_link_open(socket_, address.c_str(), std::string{sync::subprotocol_cbor}.c_str());
    }
    // A browser's socket keeps the order of what it was given: nothing urgent overtakes there.
    void send(const sync::SendFrame& frame) override {
        if (open_) host_link_send(socket_, frame.bytes->data(), static_cast<int>(frame.bytes->size()));
    }
    void close(const sync::Close& close) override {
        if (!open_) return let_go();
        // A page may only say 1000, or a code of its own.
        host_link_close(socket_, 1000, close.reason.substr(0, 120).c_str());
    }
    void let_go() override {
        refused_.reset();
        if (socket_ == 0) return;
        host_link_close(socket_, 1000, "");
        forget_socket();
    }
    [[nodiscard]] bool holds_link() const override { return open_; }
    void arm(const sync::ArmTimer& timer) override { timers_[timer.which] = Clock::now() + timer.after; }
    core::Status check_authority(const std::string&) override {
        return core::Error{core::Errc::invalid, "A browser trusts the authorities that its system knows.", "ca",
                           "Leave 'ca' out; have the authority installed on this device."};
    }

    void ended(const LinkEnd& end) { closed(end); }
    void forget_socket() {
        links().sockets.erase(std::exchange(socket_, 0));
        open_ = false;
    }

    std::map<sync::Timer, Clock::time_point> timers_;
    std::optional<LinkEnd> refused_;  ///< Told in the next poll, for nobody may be told from within `open`.
    std::string host_;
    int socket_ = 0;
    bool open_ = false;
};

BrowserLink* link_of(int socket) {
    const auto found = links().sockets.find(socket);
    return found == links().sockets.end() ? nullptr : found->second;
}

}  // namespace

void set_device_name(std::string name) {
    if (!name.empty()) links().device_name = std::move(name);
}

void link_opened(int link) {
    if (auto* one = link_of(link)) one->came_up();
}
void link_message(int link, core::ByteView message, bool more) {
    if (auto* one = link_of(link)) one->took(message, more);
}
void link_closed(int link, bool opened, const std::string& reason) {
    if (auto* one = link_of(link)) one->went(opened, reason);
}
void links_try_again() {
    for (auto* one : links().all) one->network_changed();
}

std::optional<std::chrono::milliseconds> links_due() {
    std::optional<std::chrono::milliseconds> soonest;
    for (const auto* one : links().all) {
        const auto next = one->next();
        if (!next) continue;
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(*next - std::chrono::steady_clock::now());
        if (!soonest || left < *soonest) soonest = std::max(left, std::chrono::milliseconds{0});
    }
    return soonest;
}

std::unique_ptr<SyncLink> websocket_link(const LinkSetup& setup) {
    return std::make_unique<BrowserLink>(setup);
}

}  // namespace debrief::platform
