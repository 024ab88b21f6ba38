// One live message connection, whatever carries it: what the drivers and the server see of a WebSocket.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/bytes.hpp"
#include "platform/link/link_end.hpp"

namespace debrief::platform {

/// Shared, so that one encoded change serves every session that it goes to.
using SharedBytes = std::shared_ptr<const core::Bytes>;

/// Threads: the io_context's.
class Link {
public:
    struct Events {
        std::function<void(core::ByteView message)> message;
        std::function<void()> drained;                   ///< All that was queued is with the kernel.
        std::function<void(const LinkEnd& end)> closed;  ///< Once; nothing after it.
    };
    virtual ~Link() = default;
    virtual void start(Events events) = 0;
    /// Queues one message. Urgent ones go before those that wait.
    virtual void send(SharedBytes message, bool urgent = false) = 0;
    /// The peer has shown who it is: it no longer counts among the newcomers whom a server drops first, and may send
    /// what those who are known may send.
    virtual void settle() = 0;
    /// Sends what is queued, then closes; a peer that does not answer is dropped after two seconds, one that reads
    /// nothing after five.
    /// `code`: RFC 6455, 7.4. A reason is cut at 120 bytes.
    virtual void close(std::uint16_t code, std::string_view reason) = 0;
    /// Drops the connection at once.
    virtual void abort() = 0;
    [[nodiscard]] virtual std::size_t queued_bytes() const = 0;
    /// More has arrived than was told of: another message, or the beginning of one.
    [[nodiscard]] virtual bool more_waits() const = 0;
    [[nodiscard]] virtual bool is_text() const = 0;  ///< Speaks debrief.1.json.
    [[nodiscard]] virtual const std::string& peer() const = 0;
};

inline constexpr std::string_view subprotocol_binary = "debrief.1";
inline constexpr std::string_view subprotocol_json = "debrief.1.json";
/// With a 400: what the server speaks in place of what was offered.
inline constexpr const char* protocols_header = "Debrief-Protocols";
inline constexpr std::size_t message_bytes_max = 256U << 10U;

}  // namespace debrief::platform
