// What the façade needs of a network, and nothing more: platform/net implements it with Beast, tests with a few lines.
// The App owns one link and drives it from its own thread: everything that a link does happens inside a call to it.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/device/device_store.hpp"
#include "core/result.hpp"
#include "core/sources.hpp"
#include "sync/session.hpp"

namespace debrief::platform {

struct LinkStatus {
    enum class State { offline, connecting, syncing, caught_up, revoked } state = State::offline;
    std::optional<core::Instant>
        last_caught_up;  ///< When the server last said that nothing is left; kept over restarts.
    std::optional<std::chrono::milliseconds>
        clock_skew;  ///< Server's clock minus ours; nothing before the first welcome.
    /// Of places that come as a whole: a new device's first sync. All zero if there are none.
    struct Progress {
        std::uint64_t scopes_done = 0, scopes_of = 0;
        std::uint64_t records_done = 0, records_of = 0;  ///< `records_of` is an estimate.
    } progress{};
    bool handing_over = false;              ///< Cut off; what was not sent is on its way to the server.
    std::optional<sync::WipeOrder> wipe{};  ///< Cut off, and told to remove the store.
    std::string detail;  ///< Why it is offline, one sentence for people; empty if there is nothing to say.
};

/// What one round of syncing did, in changes.
struct LinkRound {
    std::uint64_t pushed = 0;  ///< Own changes that the server took.
    std::uint64_t pulled = 0;  ///< Others' changes that arrived.
    std::uint64_t parked = 0;  ///< Own changes that it refused in this round.
};

/// Threads: one owner, except `wake`.
class SyncLink {
public:
    virtual ~SyncLink() = default;

    /// How long a person waits for `join`.
    static constexpr std::chrono::seconds join_timeout{30};

    /// Enrols this device with a single-use invitation (`http(s)://host[:port]/join#secret`). When it returns Ok the
    /// store's identity (workspace, user, role, device) and enrolment are saved. Waits for the network.
    /// `ca` is the PEM of the authority to trust where it is none of the system's; it is kept with the enrolment.
    /// Errors: `invalid` for a malformed address, `denied` for an invitation that is wrong, used or too old (the server
    /// does not tell which), `offline`.
    virtual core::Status join(const std::string& invitation, const std::string& ca,
                              std::chrono::milliseconds timeout) = 0;

    /// The same as `join`, `once` and `administer` without waiting: `done` is called once, from within this call or a
    /// later `poll`, and may begin the next. Where nothing can wait (a browser) these are the only ones.
    using JoinDone = std::function<void(const core::Status&)>;
    using OnceDone = std::function<void(const core::Result<LinkRound>&)>;
    using OrderDone = std::function<void(const core::Result<std::string>&)>;
    virtual void begin_join(const std::string& invitation, const std::string& ca, std::chrono::milliseconds timeout,
                            JoinDone done) {
        done(join(invitation, ca, timeout));
    }
    virtual void begin_once(std::chrono::milliseconds timeout, OnceDone done) { done(once(timeout)); }
    virtual void begin_administer(const std::vector<std::string>& words, std::chrono::milliseconds timeout,
                                  OrderDone done) {
        done(administer(words, timeout));
    }

    /// Keeps a live link from now on, or ends it. Neither waits.
    virtual void connect() = 0;
    virtual void disconnect() = 0;

    /// Pushes and pulls until both sides have nothing left, then returns; works with and without `connect`.
    /// Errors: `offline` (also when the time is over), `denied` when the device was revoked or never enrolled.
    virtual core::Result<LinkRound> once(std::chrono::milliseconds timeout) = 0;

    [[nodiscard]] virtual LinkStatus status() const = 0;

    /// Has the server carry out one command of `debrief admin`, given as its words; gives its result as JSON. Nothing
    /// is queued. Errors: `offline`, where the detail says whether it may have been done; what the server refused.
    virtual core::Result<std::string> administer(const std::vector<std::string>& words,
                                                 std::chrono::milliseconds timeout);

    /// Says what this person does in a room; without a connection it is not said.
    virtual void tell_presence(const core::Uuid& /*room*/, const std::string& /*scope*/,
                               sync::PresenceState /*state*/) {}

    /// There is something new to push: a local write here, or one of another process in the same file.
    virtual void store_changed() = 0;

    /// Runs what is ready; waits at most `wait` for something to do. Returns early after `wake`.
    virtual void poll(std::chrono::milliseconds wait) = 0;
    /// The network is another one than before: a link that waits tries again now.
    virtual void network_changed() {}

    /// Makes a waiting `poll` return, or the next one if none waits. Any thread.
    virtual void wake() = 0;
};

/// What a link is made from. The references outlive it.
struct LinkSetup {
    core::DeviceStore& store;
    core::ClockSource& clock;  ///< For records; network timers run on the machine's own clock.
    core::RandomSource& random;
    std::function<void()> status_changed;  ///< `status` gives another answer now. Called on the owner's thread.
    std::function<bool()> stop = {};       ///< True ends a wait for the server with `cancelled`.
    std::function<void(const sync::Seen&)> seen = {};  ///< Of others in rooms. Called on the owner's thread.
};
using LinkFactory = std::function<std::unique_ptr<SyncLink>(const LinkSetup& setup)>;

/// The link of a program without a network: always offline, and says so.
std::unique_ptr<SyncLink> null_link(const LinkSetup& setup);

}  // namespace debrief::platform
