// The bot's fixed lines, in English and German. What it asks stands in the playbook; these are the words around it.
// Tone: kind, calm, no blame, no exclamation marks.
#pragma once

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/journey/words.hpp"

namespace debrief::bot {

enum class Phrase {
    budget,  ///< {limit}
    budget_one,
    noted,        ///< Several variants; chosen by a hash.
    noted_facts,  ///< {facts}
    skipped,
    dont_know,     ///< Where the playbook has no line of its own.
    unknown_fact,  ///< {dimension} {account}
    probe,         ///< Where the playbook has none.
    reframe,       ///< Where the playbook has none.
    why,           ///< Where the playbook has none.
    why_missing,   ///< {account} {dimension}
    why_stale,     ///< {date}
    why_due,       ///< {date}
    why_contradicted,
    why_probe,
    why_reframe,
    back_none,
    back_to,
    undone,  ///< {text}
    undo_none,
    stopped_empty,  ///< {account}
    resumed,        ///< {count}
    recap,          ///< {account} {count}
    recap_empty,    ///< {account}
    recap_old,      ///< Added when it has been waiting for weeks.
    confirm_head,
    confirm_again,
    confirm_tail,
    screen_more,         ///< {count}
    nothing_to_confirm,  ///< {account}
    confirmed_one,       ///< {count} left
    closing,             ///< {count} {account}
    closing_one,         ///< {account}
    closing_plan,        ///< {topics} {meeting}
    closing_no_gap,
    next_call,       ///< The words for a next meeting that has no date yet.
    already_done,    ///< {account}
    dropped,         ///< {text}
    corrected_item,  ///< {text}
    no_such_item,
    item_unclear,          ///< {number}
    corrected_fact,        ///< {new} {old}
    corrected_person,      ///< {new} {old}
    corrected_person_new,  ///< {new}
    corrected_date,        ///< {new}
    nothing_to_correct,
    lookup_item,        ///< {date} {person} {text}
    lookup_item_plain,  ///< {date} {text}
    lookup_more,        ///< {count}
    lookup_none,        ///< {words}
    lookup_person,      ///< {person} {role}
    lookup_stance,      ///< {person} {stance} {date}
    lookup_no_stance,   ///< {person}
    lookup_commitment,  ///< {person} {text} {date} {state}
    lookup_no_commitment,
    lookup_meeting,  ///< {meeting} {date}
    lookup_no_meeting,
    reminder,         ///< {date} {text}
    reminder_no_day,  ///< {text}
    forgotten,
    nothing_to_forget,
    private_left_out,
    private_only,
    other_language,  ///< {dimension}
    other_language_open,
    unclear,  ///< {dimension}
    unclear_open,
    filed,  ///< {dimension}
    kept_as_note,
    what_now,         ///< After "no" to "is that still so?"
    what_differs,     ///< After "more or less".
    what_brought_it,  ///< After "changed": the reason is kept.
    keeps,            ///< {text}
    hurry,            ///< {count}
    hurry_one,
    hurry_this,
    time_is_up,
    which_holds,       ///< {one} {two} {date_one} {date_two}
    which_person,      ///< {name} {choices}
    beside,            ///< {date} {fact}
    instead,           ///< {date} {fact}
    instead_of_wrong,  ///< {date} {fact}
    because,           ///< {text}
    not_answer_here,
};

using Slots = std::initializer_list<std::pair<std::string_view, std::string_view>>;

/// `variant` chooses among several wordings of one line.
std::string phrase(Phrase which, std::string_view language, Slots slots = {}, std::uint64_t variant = 0);
/// Replaces {name} by its value in a playbook's text. A slot that is not given stays out.
std::string filled(std::string_view text, Slots slots);

/// "why they must change", "a concern": a dimension as people say it.
std::string label_of(core::Dimension dimension, std::string_view language);
/// A dimension that somebody names in a few words, in either language; nothing if none fits.
std::optional<core::Dimension> dimension_named(std::string_view line);
std::string label_of(core::Stance stance, std::string_view language);

/// "Tue 18 March 2025", for a day; other civil dates as people say them: "March 2025", "week 12 of 2025".
std::string spoken_date(std::string_view civil, std::string_view language);
std::string plain_date(std::string_view civil, std::string_view language);  ///< Without the weekday.
std::string spoken_day(std::chrono::sys_days day, std::string_view language);

/// What a sentence about something unknown is about: "nobody knows who signs" is about how they decide. Nothing if its
/// words do not tell.
std::optional<core::Dimension> topic_of_unknown(std::string_view text);

}  // namespace debrief::bot
