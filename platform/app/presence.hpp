// People in review rooms: what this device says of its own person, and what it tells the owner of the others. Only
// while there is a connection; nothing of it is stored.
#pragma once

#include <map>
#include <string>

#include "platform/app/sync_link.hpp"
#include "sync/client/presence_board.hpp"

namespace debrief::platform {

struct Context;

/// Threads: one owner.
class RoomPresence {
public:
    explicit RoomPresence(Context& context) : context_(context) {}

    /// The person has opened this room: says so now, or as soon as the link that is wanted stands.
    void enter(const core::Uuid& room, const std::string& scope);
    /// Says it now; without a connection nothing happens.
    void say(const core::Uuid& room, const std::string& scope, sync::PresenceState state);

    /// What the server told.
    void hear(const sync::Seen& seen);
    /// The link's state may be another one.
    void follow(LinkStatus::State state);
    /// The person wants no link any more.
    void forget_own() { own_.clear(); }
    /// Ends the typing that is over, and says again where this person is if the link has come back. After each poll.
    void pass();

private:
    void tell(const sync::PresenceBoard::News& news);

    Context& context_;
    sync::PresenceBoard board_;
    std::map<core::Uuid, std::string> own_;  ///< Rooms where this person is, and their scopes.
    bool live_ = false;
    bool greets_ = false;  ///< The link has come up, and nothing was said on it.
};

}  // namespace debrief::platform
