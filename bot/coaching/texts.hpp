// What the bot says in a one-to-one around the playbook's questions, in English and German.
#pragma once

#include <string>
#include <string_view>

#include "bot/dialogue/phrases.hpp"

namespace debrief::bot::coaching {

enum class Line {
    begin,        ///< {person}
    goals,        ///< {person} {goals}
    no_goal,      ///< {person}
    stuck,        ///< {person}
    not_stuck,    ///< {person}
    open_before,  ///< {tasks}
    noted,
    numbers,  ///< {person}; where the playbook has no reframe.
    skipped,
    screen,  ///< {person} {note}
    empty_note,
    tasks,        ///< {tasks}
    no_tasks,     ///< {person}
    screen_tail,  ///< {person}
    task_added,   ///< {text}
    dropped,      ///< {text}
    no_such,
    kept,    ///< {person}
    shared,  ///< {person}
    nothing_kept,
    closed,
    undone,  ///< {text}
    nothing_undone,
    why,
    heading_goal,  ///< {person}
    heading_obstacle,
    heading_help,
};
/// A slot that is not given stays as it stands.
std::string text_of(Line line, std::string_view language, Slots slots = {});

}  // namespace debrief::bot::coaching
