// What the bot says in a debrief of how an opportunity ended, besides the playbook's questions. Nobody won or lost
// here.
#pragma once

#include <string>
#include <string_view>

#include "bot/dialogue/phrases.hpp"

namespace debrief::bot::ending {

enum class Text {
    about,            ///< {name}
    noted_before,     ///< {name} {outcome}
    noted_before_on,  ///< {name} {date} {outcome}
    reason_before,    ///< {reason}
    say_so,
    noted_outcome,    ///< {outcome}
    noted_person,     ///< {who}
    noted_source,     ///< {who}
    changed_outcome,  ///< {outcome}
    changed_reason,
    screen_outcome,  ///< {account} {outcome}
    screen_by,       ///< {who}
    screen_reason,   ///< {reason}
    screen_tail,
    screen_tail_alone,
    closing,       ///< {account} {outcome}
    closing_more,  ///< {count}
    closing_one,
};
std::string say(Text which, std::string_view language, Slots slots = {});

}  // namespace debrief::bot::ending
