// What the bot says in a review, in English and German. Questions stand in the playbooks beside it.
#pragma once

#include <string>
#include <string_view>

#include "bot/dialogue/phrases.hpp"

namespace debrief::bot::review {

enum class Say {
    title_deal,         ///< {account}
    title_plan,         ///< {account}
    title_competitive,  ///< {account}
    no_evidence,        ///< {account}
    known,              ///< {topic}
    nothing_known,      ///< {topic}
    told_by,            ///< {date} {person} {by}
    told_by_nobody,     ///< {date} {by}
    gaps,               ///< {gaps}
    shifted,            ///< {count} {date}
    nothing_shifted,    ///< {date}
    since_last,         ///< {date}
    options,            ///< "leaving things as they are" and what is stored
    as_it_is,
    as_it_is_unknown,
    ask_shifted,  ///< Where nothing is stored.
    noted,        ///< {by}
    noted_too,    ///< {by}
    to_ask,
    disagreement,      ///< {one} {a} {two} {b}
    disagreement_ask,  ///< {one} {two}
    help_noted,        ///< {by} {step}
    help_for_us,       ///< {by}
    more_help,
    kept_apart,
    stepping_away,
    outcome_head,  ///< {account}
    outcome_learned,
    outcome_unknown,  ///< {gaps}
    outcome_stale,    ///< {topic} {date}
    outcome_ask,
    outcome_help,
    outcome_help_us,
    outcome_our_side,
    outcome_nothing,
    outcome_away,
    outcome_new,  ///< {date}
    outcome_owners,
    confirm,
    confirm_yours,    ///< {count}
    closed,           ///< {account} {count}
    yours_confirmed,  ///< {count}
    nothing_of_yours,
    plan_focus,    ///< {customer} {seller}
    plan_marked,   ///< {sentence} {why} {instead}
    plan_more,     ///< {count}
    plan_missing,  ///< {gaps}
    plan_none,
    plan_complete,
};

std::string say(Say which, std::string_view language, Slots slots = {});

}  // namespace debrief::bot::review
