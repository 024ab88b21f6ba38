// A device's side of sync, without I/O: events in, actions out. It pushes what the outbox holds, applies what the
// server sends, and decides when to try again. It survives connections: one session lives as long as the program.
//
// A driver: `start()` gives Connect; open the socket; `on_open`; then every message to `on_frame`, every timer to
// `on_timer`, and `on_closed` when the socket is gone, for whatever reason. Carry out what each call returns, in order.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/device/device_store.hpp"
#include "core/sources.hpp"
#include "sync/invitation.hpp"
#include "sync/session.hpp"

namespace debrief::sync {

struct ClientConfig {
    Encoding encoding = Encoding::cbor;
    std::chrono::milliseconds backoff_min{1'000};
    std::chrono::milliseconds backoff_max{300'000};
    /// A silent stretch is looked for each `ping_after`, so a ping goes out after one to two of them: within the 30 s
    /// after which some proxies close. `dead_after` is twice that, so a dead server is noticed within three of them:
    /// its last sign may have been the answer to a ping.
    std::chrono::milliseconds ping_after{10'000};
    std::chrono::milliseconds dead_after{20'000};
    std::chrono::milliseconds probe_for{5'000};  ///< After `retry_now` on a live link.
};

/// What the driver knows about the end of a connection.
struct Closed {
    std::string reason;           ///< For people: "connection refused", "the server's certificate is not valid".
    bool reached_server = false;  ///< False if the WebSocket never came up.
};

/// Threads: one owner; calls must not overlap. The store must outlive the session.
class ClientSession {
public:
    ClientSession(core::DeviceStore& store, core::ClockSource& clock, core::RandomSource& random,
                  ClientConfig config = {});
    ~ClientSession();

    /// Enrols this device with the next connection. `device_name` is what the administrator's list shows.
    /// The outcome is in `joined()`. The store must hold no changes of its own. Errors: `invalid`.
    core::Result<Actions> join(const Invitation& invitation, std::string device_name);
    /// Nothing while under way; else whether this device is enrolled now. A wrong, used or expired secret is `denied`.
    [[nodiscard]] const std::optional<core::Status>& joined() const;

    /// Connects and stays connected. Errors: `denied` if this device is not enrolled.
    core::Result<Actions> start();
    /// The person wants it now, or the network is another one: no waiting for the backoff, and a live link must show
    /// a sign of life soon.
    Actions retry_now();
    /// Ends the connection and does not come back.
    Actions stop();

    Actions on_open();
    /// `more`: the next message is there already, and `on_frame` follows at once. Then this one may be held back, so
    /// that changes of one record are stored together; nothing that is held back is acknowledged.
    Actions on_frame(core::ByteView message, bool more = false);
    Actions on_timer(Timer which);
    static constexpr std::size_t order_bytes_max = 64U << 10U;  ///< Of all words of an order.
    /// Asks the server to carry out one command of `debrief admin`, given as its words. Nothing is queued: without a
    /// greeted connection it fails with `offline`. One at a time. Errors: also `invalid`, `too_large`.
    core::Result<Actions> administer(std::vector<std::string> words);
    /// Nothing while under way; else the result as JSON, or why it was refused. `offline`: the connection ended first,
    /// and nobody here knows whether it was done.
    [[nodiscard]] const std::optional<core::Result<std::string>>& administered() const;
    /// Says what this person does in a room, behind what waits to be pushed. Nothing is kept: without a greeted
    /// connection it is not said.
    Actions tell_presence(const core::Uuid& room, const std::string& scope, PresenceState state);
    /// This process or another one wrote into the store.
    Actions on_store_changed();

    /// It has asked for the end of the connection and was not told of it yet.
    [[nodiscard]] bool is_closing() const;
    Actions on_closed(const Closed& closed);

    [[nodiscard]] SyncStatus status() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace debrief::sync
