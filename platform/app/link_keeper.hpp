// One of the programs on a store keeps its link to the server; the others write, and see in a small file beside the
// store how the keeper is doing.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/result.hpp"
#include "platform/app/sync_link.hpp"
#include "platform/files/folder.hpp"

namespace debrief::platform {

struct Context;

/// Threads: one owner, except `wake`.
class LinkKeeper {
public:
    explicit LinkKeeper(Context& context) : context_(context) {}
    ~LinkKeeper();

    /// Makes a link for the store that is open now.
    void attach();
    /// Ends it, before the store is closed.
    void detach();

    /// Errors: `denied` if this device is not enrolled.
    core::Status connect();
    void disconnect();
    /// If another program keeps the link, waits until that one has caught up. Errors: as SyncLink::once.
    void once(std::chrono::milliseconds timeout, SyncLink::OnceDone done);
    /// Errors: as SyncLink::join; `busy` if another program keeps the link.
    void join(const std::string& invitation, const std::string& ca, std::chrono::milliseconds timeout,
              SyncLink::JoinDone done);
    /// Errors: as SyncLink::administer; `busy` if another program keeps the link.
    void administer(const std::vector<std::string>& words, std::chrono::milliseconds timeout, SyncLink::OrderDone done);

    /// What `sync.status` says.
    nlohmann::json status();
    /// Tells status, if it is news.
    void tell_status();

    /// Cut off, and handing over what was not sent: nothing new is written meanwhile.
    [[nodiscard]] bool handing_over() const { return link_ && link_->status().handing_over; }
    /// An order to remove the store, once; no link is wanted after it.
    std::optional<sync::WipeOrder> take_wipe();

    /// `connect` was asked for.
    [[nodiscard]] bool wanted() const { return wanted_; }
    /// As SyncLink::tell_presence; nothing happens where another program keeps the link.
    void tell_presence(const core::Uuid& room, const std::string& scope, sync::PresenceState state);

    void store_changed();
    void poll(std::chrono::milliseconds wait);
    void wake();

private:
    core::Status need_enrolment();
    /// True if the lock is ours now.
    bool take_lock();
    void drop_lock();
    core::Result<LinkRound> once_elsewhere(std::chrono::milliseconds timeout);
    void publish(const LinkStatus& status);
    [[nodiscard]] LinkStatus read_published() const;
    [[nodiscard]] std::string path(const char* name) const;

    Context& context_;
    std::unique_ptr<SyncLink> link_;
    std::mutex link_mutex_;  // Guards the pointer against `wake`; only the owner's thread replaces it.
    std::optional<FileLock> lock_;
    bool wanted_ = false;  // `connect` was asked for.
    bool held_elsewhere_ = false;
    std::chrono::steady_clock::time_point next_try_{};
    std::string published_, published_but_progress_;
    std::chrono::steady_clock::time_point published_at_{};
};

}  // namespace debrief::platform
