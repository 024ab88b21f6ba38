#include "platform/app/presence.hpp"

#include <nlohmann/json.hpp>

#include "bot/kinds/kinds.hpp"
#include "platform/app/announcer.hpp"
#include "platform/app/context.hpp"
#include "platform/app/link_keeper.hpp"

namespace debrief::platform {
namespace {

using sync::PresenceState;

sync::PresenceBoard::Time steady_now() {
    return std::chrono::duration_cast<sync::PresenceBoard::Time>(std::chrono::steady_clock::now().time_since_epoch());
}

}  // namespace

void RoomPresence::enter(const core::Uuid& room, const std::string& scope) {
    if (!context_.keeper->wanted()) return;
    own_[room] = scope;
    say(room, scope, PresenceState::here);
}

void RoomPresence::say(const core::Uuid& room, const std::string& scope, PresenceState state) {
    if (state == PresenceState::gone) own_.erase(room);
    if (!live_ || !context_.keeper->wanted()) return;
    if (state != PresenceState::gone) own_[room] = scope;
    if (board_.says(room, state, steady_now())) context_.keeper->tell_presence(room, scope, state);
}

void RoomPresence::hear(const sync::Seen& seen) {
    if (!context_.keeper->wanted() || seen.user == context_.identity().user) return;
    const auto room = context_.store().get("room", seen.room);
    if (!room || !*room || (*room)->scope != seen.scope) return;
    const auto* kind = bot::kind_called((*room)->text("kind"));
    if (kind == nullptr || !kind->shared) return;
    if (const auto news = board_.take(seen, steady_now())) tell(*news);
}

void RoomPresence::follow(LinkStatus::State state) {
    const bool live = state == LinkStatus::State::syncing || state == LinkStatus::State::caught_up;
    if (live == live_) return;
    live_ = live;
    // A link that came back knows nothing of who is where; it is told again, and asks.
    for (const auto& news : board_.clear()) tell(news);
    greets_ = live;
}

void RoomPresence::pass() {
    for (const auto& news : board_.pass(steady_now())) tell(news);
    if (!std::exchange(greets_, false)) return;
    const auto own = own_;
    for (const auto& [room, scope] : own) say(room, scope, PresenceState::here);
}

void RoomPresence::tell(const sync::PresenceBoard::News& news) {
    const auto person = context_.store().get("user", news.user);
    context_.announcer->tell(
        "presence",
        {{"conversation", news.room.text()},
         {"user", {{"id", news.user.text()}, {"name", person && *person ? (*person)->text("name") : std::string{}}}},
         {"state", name_of(news.state)}});
}

}  // namespace debrief::platform
