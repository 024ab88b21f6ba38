// What a session asks of whoever drives it. The Beast drivers and the simulator obey the same actions; a driver that
// wants an opinion about the protocol has found something that belongs in here.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/bytes.hpp"
#include "sync/frames/presence_frame.hpp"
#include "sync/status.hpp"

namespace debrief::sync {

/// How frames look on the wire. Chosen by the WebSocket subprotocol.
enum class Encoding {
    cbor,  ///< `debrief.1`: binary messages.
    json,  ///< `debrief.1.json`: the same frames as text messages, for people.
};
inline constexpr std::string_view subprotocol_cbor = "debrief.1";
inline constexpr std::string_view subprotocol_json = "debrief.1.json";

inline constexpr std::size_t frame_bytes_max = 256U << 10U;  ///< Receivers refuse more: set it on the socket, too.
inline constexpr std::size_t frame_bytes_sent = 32U << 10U;  ///< Senders cut here.

/// One WebSocket message, shared by all sessions that send the same.
using SharedBytes = std::shared_ptr<const core::Bytes>;

enum class Timer {
    reconnect,  ///< Client, while not connected.
    ping,       ///< While connected.
    dead,       ///< While connected.
    greet,      ///< Server: the first frame must have come.
    presence,   ///< Server: so much of it was said in this stretch.
};

/// Client: open a WebSocket to `url`, then call `on_open` or `on_closed`.
struct Connect {
    std::string url;
    std::string ca{};  ///< PEM of the authority to trust for wss://; empty: the system's own.
};
/// Send one message. Urgent ones go before those that wait already.
struct SendFrame {
    SharedBytes bytes;
    bool urgent = false;
};
/// Call `on_timer(which)` once, `after` from now. Replaces the same timer if it runs.
/// Timers run on a steady clock; one that fires late or after a close does no harm.
struct ArmTimer {
    Timer which;
    std::chrono::milliseconds after;
};
/// Close the socket once everything has been sent that was asked for, then call `on_closed`.
struct Close {
    std::uint16_t code = 1000;  ///< WebSocket close code.
    std::string reason;
};
/// Tell the application.
struct Notify {
    SyncStatus status;
};
/// Client: tell the application what somebody else does in a room. PresenceBoard says for how long that holds.
struct Seen {
    core::Uuid room;
    std::string scope;
    core::Uuid user;
    PresenceState state = PresenceState::gone;
};
using Action = std::variant<Connect, SendFrame, ArmTimer, Close, Notify, Seen>;
using Actions = std::vector<Action>;

}  // namespace debrief::sync
