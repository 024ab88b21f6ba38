// The link of a program without a network.
#include <condition_variable>
#include <mutex>

#include "platform/app/sync_link.hpp"

namespace debrief::platform {
namespace {

core::Error no_network() {
    return {.code = core::Errc::offline,
            .detail = "This program has no network.",
            .field = {},
            .hint = "Everything is kept on this device and can be sent later."};
}

class NullLink final : public SyncLink {
public:
    core::Status join(const std::string&, const std::string&, std::chrono::milliseconds) override {
        return no_network();
    }
    void connect() override {}
    void disconnect() override {}
    core::Result<LinkRound> once(std::chrono::milliseconds) override { return no_network(); }
    [[nodiscard]] LinkStatus status() const override { return {}; }
    void store_changed() override {}

    void poll(std::chrono::milliseconds wait) override {
        std::unique_lock lock{mutex_};
        woken_signal_.wait_for(lock, wait, [this] { return woken_; });
        woken_ = false;
    }
    void wake() override {
        {
            const std::lock_guard lock{mutex_};
            woken_ = true;
        }
        woken_signal_.notify_one();
    }

private:
    std::mutex mutex_;
    std::condition_variable woken_signal_;
    bool woken_ = false;
};

}  // namespace

core::Result<std::string> SyncLink::administer(const std::vector<std::string>&, std::chrono::milliseconds) {
    auto error = no_network();
    error.hint = "The server decides on this: it takes a connection.";
    return error;
}

std::unique_ptr<SyncLink> null_link(const LinkSetup&) {
    return std::make_unique<NullLink>();
}

}  // namespace debrief::platform
