// The passing line of a review room: who has come, who is typing. It stands while that is so, and leaves no trace.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>

#include <nlohmann/json_fwd.hpp>

namespace debrief::platform::cli {

/// Times are of a clock that never goes back. Threads: one.
class RoomLine {
public:
    using Time = std::chrono::milliseconds;
    static constexpr Time here_for{5'000};  ///< That somebody has come is no news for longer.
    static constexpr Time quiet_after_line{1'000};
    static constexpr Time typing_each{3'000};     ///< While keys are pressed it is told so often.
    static constexpr Time typing_for_max{7'000};  ///< Should nobody say that it has ended.

    /// What a `presence` notification of this conversation says.
    void hear(const nlohmann::json& params, Time now);
    /// Their line has come: they are not typing it any more, and what tells of its last keys may come behind it.
    void heard_from(const std::string& user, Time now);
    /// "Ada is typing …", or empty.
    [[nodiscard]] std::string text(Time now) const;

    /// A key was pressed. True if it is time to tell that.
    bool pressed(Time now);
    /// The line is said or dropped. True if typing was told for it.
    bool rested();

private:
    struct Person {
        std::string name;
        bool typing = false;
        Time until{};
        Time quiet_until{};
    };
    std::map<std::string, Person> people_;  ///< By id.
    std::optional<Time> told_;              ///< That keys are pressed.
};

}  // namespace debrief::platform::cli
