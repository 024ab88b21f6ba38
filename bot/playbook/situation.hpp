// Where the customer and the rep stand: decides which questions of a playbook fit. Read from evidence, never asked.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "bot/playbook/playbook.hpp"
#include "core/journey/journey.hpp"

namespace debrief::bot {

struct Situation {
    Occasion moment = Occasion::follow_up;
    Stage stage = Stage::seeing;
    bool operator==(const Situation&) const = default;
};

/// After so long without evidence or a meeting, contact was lost.
inline constexpr std::chrono::days lost_after{120};

/// `met_before`: the day of the meeting before this one, if there was one.
///
/// Stage: `deciding` where a way to decide is known and a step of theirs or a date with it; else `weighing` where both
/// a reason and an aim are known; else `seeing`. Moment: `first` without a meeting or evidence before this day;
/// `lost_contact` if the last of them is `lost_after` days old or older; `late` while deciding; else `follow_up`.
Situation situation_of(const core::Journey& journey, std::chrono::sys_days meeting,
                       std::optional<std::chrono::sys_days> met_before);

/// Whether all conditions of a question but its triggers hold.
bool fits(const Question& question, const core::Journey& journey, const Situation& situation,
          std::string_view industry);

/// The question that opens a conversation: the first with Trigger::start that fits. A checked debrief has one.
const Question& opening_for(const Playbook& playbook, const core::Journey& journey, const Situation& situation,
                            std::string_view industry);

}  // namespace debrief::bot
