// What a device shows of people in rooms. Typing ends by itself; without a connection nobody is anywhere.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "sync/session.hpp"

namespace debrief::sync {

/// Times are of a clock that never goes back. Threads: one owner.
class PresenceBoard {
public:
    using Time = std::chrono::milliseconds;
    static constexpr Time typing_life{6'000};
    /// The same word again within this time is not worth a frame: servers drop what comes too often.
    static constexpr Time said_again_after{1'000};

    struct News {
        core::Uuid room, user;
        PresenceState state = PresenceState::gone;
        auto operator<=>(const News&) const = default;
    };
    /// Nothing if that is shown already.
    std::optional<News> take(const Seen& seen, Time now);
    /// Whose typing has ended.
    std::vector<News> pass(Time now);
    /// Everybody who was shown.
    std::vector<News> clear();

    /// Whether the own person's word is to be sent.
    bool says(const core::Uuid& room, PresenceState state, Time now);

private:
    struct Shown {
        PresenceState state = PresenceState::gone;
        Time until{};  ///< Of typing.
    };
    struct Said {
        PresenceState state = PresenceState::gone;
        Time at{};
    };
    std::map<std::pair<core::Uuid, core::Uuid>, Shown> shown_;  ///< By room and user.
    std::map<core::Uuid, Said> said_;
};

}  // namespace debrief::sync
