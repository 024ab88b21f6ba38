// The commands of a team: rows of platform/cli/commands.cpp, which alone includes this.
#pragma once

#include "platform/cli/command.hpp"
#include "platform/cli/run_commands.hpp"

namespace debrief::platform::cli {

inline constexpr std::string_view coaching = "Coaching and the team";

inline constexpr Param outcome_params[]{
    {.name = "opportunity",
     .value = "OPPORTUNITY",
     .help = "Name, its beginning, its key in the CRM, or id.",
     .required = true},
    {.name = "outcome",
     .value = "OUTCOME",
     .help = "bought, elsewhere, stayed (as they are), undecided, or withdrew (we did); without it the bot asks.",
     .complete = Complete::words,
     .words = "bought elsewhere stayed undecided withdrew"},
    {.name = "--reason", .value = "TEXT", .help = "Why, in their words; otherwise you are asked."},
    {.name = "--on", .value = "DATE", .help = "The day on which it ended; otherwise today."},
    {.name = "--language",
     .value = "LANG",
     .help = "Of the bot, where it asks.",
     .complete = Complete::words,
     .words = "en de"},
    {.name = "--echo", .help = "With a pipe: print your own lines as well, so that it reads as a conversation."},
};
inline constexpr Param goal_add_params[]{{.name = "text",
                                          .value = "TEXT",
                                          .help = "What you want to achieve, in your own words.",
                                          .required = true,
                                          .many = true}};
inline constexpr Param goal_params[]{{.name = "goal",
                                      .value = "GOAL",
                                      .help = "Its number in the list, its beginning, or id.",
                                      .required = true,
                                      .many = true}};
inline constexpr Param goal_share_params[]{
    {.name = "goal",
     .value = "GOAL",
     .help = "Its number in the list, its beginning, or id.",
     .required = true,
     .many = true},
    {.name = "--stop", .help = "Take it back: only you read it again."},
};
inline constexpr Param coach_note_params[]{
    {.name = "rep", .value = "REP", .help = "Whom it is about.", .required = true},
    {.name = "text", .value = "TEXT", .help = "The note.", .required = true, .many = true},
    {.name = "--share", .help = "Let the rep read it. Otherwise only you do."},
};
inline constexpr Param coach_talk_params[]{
    {.name = "rep", .value = "REP", .help = "Whom the talk is with.", .required = true},
    {.name = "--echo", .help = "With a pipe: print your own lines as well."},
    {.name = "--language",
     .value = "CODE",
     .help = "Language of the bot's questions.",
     .complete = Complete::words,
     .words = "en de"},
};

inline constexpr Command team_commands[]{
    {.name = "team",
     .group = coaching,
     .summary = "Where you are needed: accounts by risk with reasons, what shifted, how opportunities ended.",
     .details = "A manager sees the accounts of the team, a rep the own ones. Shares come with how many of how many, "
                "and with a 95 % interval.",
     .examples = "debrief team\ndebrief team --json | jq '.outcomes.quarters[] | {quarter, bought_share}'",
     .json = "accounts, reps, outcomes, shifted, handover",
     .run = run_team},
    {.name = "focus",
     .group = coaching,
     .summary = "Whose world you talk about, month by month, who else sees it, and how your opportunities ended.",
     .json = "months, shared_with, one_to_ones, effect",
     .run = run_focus},
    {.name = "outcome",
     .group = coaching,
     .summary = "How an opportunity ended, in the customer's terms, and why.",
     .details =
         "Without OUTCOME it is a short conversation: what they did, on whose words, why in their words, and what "
         "it would have helped to know earlier; nothing counts before you confirm it. No decision is not a loss to "
         "somebody else: stayed and undecided are counted apart from elsewhere.",
     .params = outcome_params,
     .examples = "debrief outcome \"GTX Pro 1C1I7A6R\"\ndebrief outcome \"GTX Pro 1C1I7A6R\" stayed --reason \"the old "
                 "line runs another year\"",
     .json = "id, outcome, outcome_reason, ended_on",
     .run = run_outcome},
    {.name = "goal", .group = coaching, .summary = "What you want to achieve yourself; private until you share it."},
    {.name = "goal add",
     .group = coaching,
     .summary = "A goal of yours, in your own words. Only you read it.",
     .params = goal_add_params,
     .examples = "debrief goal add \"ask one question more before I present\"",
     .json = "id",
     .run = run_goal_add},
    {.name = "goal list",
     .group = coaching,
     .summary = "Your goals, and those that were shared with you.",
     .json = "own, shared_with_me",
     .run = run_goals},
    {.name = "goal share",
     .group = coaching,
     .summary = "Let your direct manager read a goal, or take that back.",
     .params = goal_share_params,
     .examples = "debrief goal share 1\ndebrief goal share 1 --stop",
     .json = "nothing: an empty object",
     .run = run_goal_share},
    {.name = "goal done",
     .group = coaching,
     .summary = "You have reached it.",
     .params = goal_params,
     .json = "nothing: an empty object",
     .run = run_goal_done},
    {.name = "coach", .group = coaching, .summary = "One-to-ones with those whose manager you are."},
    {.name = "coach list",
     .group = coaching,
     .summary = "Where you are needed most: goals first, then where each is stuck, with reasons, and your notes.",
     .json = "reps, received",
     .run = run_coach_list},
    {.name = "coach note",
     .group = coaching,
     .summary = "A note on somebody. Only you read it, unless you share it.",
     .params = coach_note_params,
     .examples = "debrief coach note \"Jonas Brandt\" \"listens well, rushes the last question\"",
     .json = "id",
     .run = run_coach_note},
    {.name = "coach talk",
     .group = coaching,
     .summary = "Prepare and note a one-to-one with the bot: what the rep wants, what is in the way, what you will do.",
     .params = coach_talk_params,
     .examples = "debrief coach talk \"Jonas Brandt\"",
     .json = "one object a line: message objects as they come, then {conversation, state}",
     .run = run_coach_talk},
};

}  // namespace debrief::platform::cli
