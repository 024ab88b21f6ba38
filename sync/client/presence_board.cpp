#include "sync/client/presence_board.hpp"

namespace debrief::sync {

std::optional<PresenceBoard::News> PresenceBoard::take(const Seen& seen, Time now) {
    const std::pair key{seen.room, seen.user};
    const auto known = shown_.find(key);
    const bool news = (known == shown_.end() ? PresenceState::gone : known->second.state) != seen.state;
    if (seen.state == PresenceState::gone) {
        shown_.erase(key);
    } else {
        shown_[key] = {seen.state, now + typing_life};
    }
    if (!news) return std::nullopt;
    return News{seen.room, seen.user, seen.state};
}

std::vector<PresenceBoard::News> PresenceBoard::pass(Time now) {
    std::vector<News> ended;
    for (auto& [key, shown] : shown_) {
        if (shown.state != PresenceState::typing || now < shown.until) continue;
        shown.state = PresenceState::here;
        ended.push_back({key.first, key.second, PresenceState::here});
    }
    return ended;
}

std::vector<PresenceBoard::News> PresenceBoard::clear() {
    std::vector<News> gone;
    for (const auto& [key, shown] : shown_) gone.push_back({key.first, key.second, PresenceState::gone});
    shown_.clear();
    said_.clear();
    return gone;
}

bool PresenceBoard::says(const core::Uuid& room, PresenceState state, Time now) {
    const auto last = said_.find(room);
    if (last != said_.end() && last->second.state == state && now - last->second.at < said_again_after) return false;
    said_[room] = {state, now};
    return true;
}

}  // namespace debrief::sync
