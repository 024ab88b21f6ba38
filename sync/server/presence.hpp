// What one session is about in review rooms, and what it has still to be told of others there. Nothing of it outlives
// the session, and a reader who is slow gets how things are now, never how they were.
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <optional>

#include "core/sources.hpp"
#include "sync/frames/presence_frame.hpp"

namespace debrief::sync {

/// Threads: one owner.
class Presence {
public:
    static constexpr unsigned said_max = 5;                         ///< In one stretch; the rest is dropped.
    static constexpr std::chrono::milliseconds stretch{1'000};      ///< The driver says when it is over.
    static constexpr std::size_t rooms_max = 32;                    ///< That one device is in.
    static constexpr std::size_t pile_max = 64;                     ///< Told and not yet taken by the socket.
    static constexpr std::chrono::milliseconds typing_life{6'000};  ///< Typing that is older is not told any more.

    /// False: too much was said in this stretch.
    bool may_speak();
    /// True once a stretch: it has just begun.
    bool begins_stretch() { return said_ == 1; }
    void end_stretch() { said_ = 0; }

    /// Rooms that this device is in, each with the line of its scope.
    std::map<core::Uuid, std::uint32_t> rooms;
    /// Said behind a push that waits for its results: it may have made the room. The last word a room.
    std::map<core::Uuid, PresenceFrame> behind;

    struct Told {
        std::uint32_t line = 0;  ///< Of the room's scope.
        core::Uuid room, user;
        PresenceState state = PresenceState::gone;
        core::Instant at{};
    };
    /// In place of what waits of the same person in the same room.
    void tell(const Told& told);
    /// The oldest that waits, taken off the pile.
    std::optional<Told> take();
    [[nodiscard]] bool waits() const { return !pile_.empty(); }

private:
    unsigned said_ = 0;
    std::list<Told> pile_;
};

}  // namespace debrief::sync
