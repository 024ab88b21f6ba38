// What the bot says around a rehearsal, English and German side by side. Kind, calm, no blame, no exclamation marks.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "bot/dialogue/phrases.hpp"

namespace debrief::bot::rehearsal {

enum class Text {
    opening,  ///< {person} {role} {account} {limit}
    opening_private,
    opening_alone,   ///< {person}: nothing is stored, it plays by role.
    opening_drills,  ///< {count}
    opening_drill,
    own_plain,             ///< {fact}: a concern, no kind known.
    own_fear,              ///< {fact}
    own_money,             ///< {fact}
    own_process,           ///< {fact}
    own_wish,              ///< {fact}
    quoted_concern,        ///< {fact}: the words do not turn into the person's own.
    house_concern,         ///< {fact}: a colleague's, or nobody's.
    focus_good,            ///< {quote}
    focus_seller,          ///< {quote}
    focus_nobody,          ///< {quote}
    focus_their_question,  ///< {quote}
    concrete_good,         ///< {quotes}
    concrete_vague,        ///< {quote}
    concrete_none,         ///< {quote}
    concrete_how,          ///< {quote}: honest, but no way to find out.
    honest_dont_know,      ///< {quote}
    honest_good,           ///< {quote}
    honest_absolute,       ///< {quote}
    honest_promise,        ///< {quote}
    honest_away,           ///< {quote}: money off, or something for free.
    credited,
    better,         ///< {line}
    better_fact,    ///< {fact}: the person's own words.
    better_others,  ///< {person} {fact}
    better_noted,   ///< {fact}
    better_none,    ///< {account}
    compared_more,  ///< {what}
    compared_same,
    compared_less,  ///< {what}
    again_seller,
    again_how,
    again_vague,
    again_honest,
    axis_focus,
    axis_concrete,
    axis_honest,
    skipped,
    why_due,     ///< {date}
    why_stored,  ///< {fact}
    why_role,    ///< {role}
    no_question,
    undone,  ///< {text}
    undo_none,
    back,
    stopped,  ///< {person}
    resumed,
    recap,  ///< {person}
    nothing_to_confirm,
    closing,  ///< {good} {count}
    closing_none,
    closing_due,      ///< {date} {count}
    closing_due_one,  ///< {date}
    closing_share,
    closed,        ///< {person}
    shared,        ///< {people}
    shared_words,  ///< {people}
    private_only,
    summary_head,    ///< {person} {account} {good} {count}
    summary_line,    ///< {question} {verdict}
    summary_stored,  ///< {id}
    summary_answer,  ///< {answer}
    verdict_good,
    verdict_weak,  ///< {what}
    verdict_open,
    outcome_good,  ///< {date}
    outcome_weak,  ///< {what} {date}
    outcome_drill,
    outcome_drill_line,  ///< {date} {question}
};

/// `variant` chooses among several wordings of one line.
std::string say(Text which, std::string_view language, Slots slots = {}, std::uint64_t variant = 0);

}  // namespace debrief::bot::rehearsal
