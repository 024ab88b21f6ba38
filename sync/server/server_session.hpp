// The server's side of one connection, without I/O. Log entries are never queued for a slow reader: the driver asks for
// the next frame when the socket can take it, and entitlement is judged at that moment.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/bytes.hpp"
#include "sync/server/session_hub.hpp"
#include "sync/session.hpp"

namespace debrief::sync {

struct ServerConfig {
    Encoding encoding = Encoding::cbor;
    std::string peer;                               ///< The address, for counting refused attempts and for logs.
    std::chrono::milliseconds greet_within{8'000};  ///< With two seconds to take leave, a silent one is gone after ten.
    std::chrono::milliseconds ping_after{18'000};   ///< As in ClientConfig: a dead device is noticed within 54 s.
    std::chrono::milliseconds dead_after{36'000};
    std::uint64_t state_after = 256;  ///< Entries: a new device gets state in place of a longer log.
};

/// Threads: one owner, the hub's. Events give ArmTimer and Close only; frames come from `next_frame`.
/// After each event, after each `wake` and after each finished write: send what `next_frame` gives, one at a time.
class ServerSession {
public:
    /// `wake` is called from within the hub's `commit` when this session has something new; it must not call back into
    /// the session: schedule `on_wake`.
    ServerSession(SessionHub& hub, ServerConfig config, std::function<void()> wake);
    ~ServerSession();
    ServerSession(const ServerSession&) = delete;
    ServerSession& operator=(const ServerSession&) = delete;

    Actions on_open();
    Actions on_frame(core::ByteView message);
    Actions on_timer(Timer which);
    Actions on_wake();
    /// The socket is gone. Nothing that was pushed is undone.
    void on_closed();

    /// The next message to write, or nothing for now. What it gives counts as sent.
    std::optional<SharedBytes> next_frame();

    [[nodiscard]] std::uint64_t id() const;
    [[nodiscard]] std::optional<core::Uuid> device() const;  ///< Once greeted.
    [[nodiscard]] std::optional<core::Uuid> user() const;

    struct Impl;  ///< Known to the hub: session_impl.hpp.

private:
    std::unique_ptr<Impl> impl_;
};

}  // namespace debrief::sync
