// What each command takes: the rows behind platform/cli/commands.cpp. Only that file includes this one.
#pragma once

#include "platform/cli/command.hpp"

namespace debrief::platform::cli {

inline constexpr Param account_param{.name = "account",
                                     .value = "ACCOUNT",
                                     .help = "Name, its beginning, or id.",
                                     .required = true,
                                     .complete = Complete::accounts};
inline constexpr Param account_optional{
    .name = "account", .value = "ACCOUNT", .help = "Only of this account.", .complete = Complete::accounts};

inline constexpr Param init_params[]{
    {.name = "--workspace", .value = "NAME", .help = "What your workspace is called."},
    {.name = "--user", .value = "NAME", .help = "Your name, as colleagues will read it."},
    {.name = "--role",
     .value = "ROLE",
     .help = "rep (as usual), manager or admin.",
     .complete = Complete::words,
     .words = "rep manager admin"},
    {.name = "--team", .value = "NAME", .help = "Your team."},
    {.name = "--language",
     .value = "CODE",
     .help = "Language of the bot's questions: en or de.",
     .complete = Complete::words,
     .words = "en de"},
};
inline constexpr Param join_params[]{
    {.name = "invitation",
     .value = "URL",
     .help = "What your administrator sent you. It works once.",
     .required = true},
    {.name = "--local",
     .value = "WHAT",
     .help = "What becomes of records made here before.",
     .complete = Complete::words,
     .words = "upload discard"},
    {.name = "--ca",
     .value = "FILE",
     .help = "Certificate (PEM) of the authority that signed the server's, where it is your own; else $DEBRIEF_CA.",
     .complete = Complete::files},
};
inline constexpr Param demo_params[]{
    {.name = "--no-chat", .help = "Only make the sample, do not open the conversation."},
    {.name = "--account", .value = "ACCOUNT", .help = "Debrief this account of the sample."},
};
inline constexpr Param chat_params[]{
    account_param,
    {.name = "--meeting",
     .value = "ID",
     .help = "The meeting to debrief; otherwise the newest of this week that waits for it."},
    {.name = "--minutes", .value = "N", .help = "How long you have.", .number = true, .least = 1, .most = 240},
    {.name = "--echo", .help = "With a pipe: print your own lines as well, so that the output reads as a transcript."},
    {.name = "--language",
     .value = "CODE",
     .help = "Language of the bot's questions: en or de.",
     .complete = Complete::words,
     .words = "en de"},
};
inline constexpr Param language_params[]{
    {.name = "code", .value = "CODE", .help = "en or de.", .complete = Complete::words, .words = "en de"},
};
inline constexpr Param review_params[]{
    account_param,
    {.name = "--kind",
     .value = "KIND",
     .help = "deal (as usual), plan (the call plan), or competitive (their choices, doing nothing first).",
     .complete = Complete::words,
     .words = "deal plan competitive"},
    {.name = "--page", .help = "Print the page with the outcome of the one that goes on, or of the last one."},
    {.name = "--echo", .help = "With a pipe: print your own lines as well, so that the output reads as a transcript."},
    {.name = "--language",
     .value = "CODE",
     .help = "Language of the bot's questions, for all in the room: en or de.",
     .complete = Complete::words,
     .words = "en de"},
};
inline constexpr Param rehearse_params[]{
    {.name = "contact",
     .value = "CONTACT",
     .help = "Whom the bot plays: name, its beginning, or id.",
     .required = true,
     .complete = Complete::contacts},
    {.name = "--account",
     .value = "ACCOUNT",
     .help = "Where that is, if several are called so.",
     .complete = Complete::accounts},
    {.name = "--minutes",
     .value = "N",
     .help = "How long you have: one question a minute, at most five.",
     .number = true,
     .least = 1,
     .most = 240},
    {.name = "--echo", .help = "With a pipe: print your own lines as well, so that the output reads as a transcript."},
    {.name = "--language",
     .value = "CODE",
     .help = "Language of the bot's questions: en or de.",
     .complete = Complete::words,
     .words = "en de"},
};
inline constexpr Param journey_params[]{
    account_param,
    {.name = "--at", .value = "DATE", .help = "As it stood at the end of that day."},
    {.name = "--since", .value = "DATE", .help = "What has shifted since that day."},
    {.name = "--all", .help = "Superseded and withdrawn evidence too."},
};
inline constexpr Param plan_params[]{
    account_param,
    {.name = "--meeting", .value = "ID", .help = "The meeting that it is for; otherwise the next one."},
    {.name = "--markdown", .help = "As Markdown, to paste elsewhere."},
    {.name = "--calendar",
     .help = "As the meeting's calendar entry (.ics) with the plan in it, to open with your calendar."},
};
inline constexpr Param accounts_params[]{
    {.name = "words", .value = "WORDS", .help = "Only those whose name or industry holds these words.", .many = true}};
inline constexpr Param contacts_params[]{account_optional};
inline constexpr Param meetings_params[]{
    account_optional,
    {.name = "--upcoming", .help = "Only those still to come."},
    {.name = "--waiting", .help = "Only those that wait for a debrief."},
};
inline constexpr Param search_params[]{
    {.name = "words",
     .value = "WORDS",
     .help = "What to look for; the last word may be a beginning.",
     .required = true,
     .many = true},
    {.name = "--limit", .value = "N", .help = "At most so many (20).", .number = true, .least = 1, .most = 1000},
};
inline constexpr Param resolve_params[]{
    {.name = "conflict", .value = "CONFLICT", .help = "Its id, or its number in the list.", .required = true},
    {.name = "--keep", .value = "N", .help = "Keep the Nth of the values shown.", .number = true, .least = 1},
    {.name = "--value", .value = "TEXT", .help = "Write this value instead."},
};
inline constexpr Param also_param{
    .name = "--also",
    .value = "ID[:FIELD]",
    .help = "A text that names the person, from the list that is printed; may be repeated.",
    .many = true};
inline constexpr Param erase_contact_params[]{
    {.name = "contact",
     .value = "CONTACT",
     .help = "Name, its beginning, or id.",
     .required = true,
     .complete = Complete::contacts},
    also_param,
};
inline constexpr Param erase_message_params[]{
    {.name = "message", .value = "ID", .help = "The id of the line.", .required = true},
    also_param,
};
inline constexpr Param history_params[]{
    {.name = "table", .value = "TABLE", .help = "account, contact, meeting, observation …", .required = true},
    {.name = "record", .value = "RECORD", .help = "Id; for accounts and contacts a name will do.", .required = true},
    {.name = "--field", .value = "FIELD", .help = "Only this field."},
};
inline constexpr Param undo_params[]{
    {.name = "table", .value = "TABLE", .help = "Of one record: account, contact, meeting, observation …"},
    {.name = "record",
     .value = "RECORD",
     .help = "Id; for accounts and contacts a name will do, unless it was deleted."},
    {.name = "--list", .help = "Only say what can be taken back, and what can be done again."},
};
inline constexpr Param pending_params[]{
    {.name = "action",
     .value = "ACTION",
     .help = "list (as usual), or discard.",
     .complete = Complete::words,
     .words = "list discard"},
    {.name = "number", .value = "N", .help = "discard: which one.", .number = true, .least = 1},
};
inline constexpr Param sync_params[]{
    {.name = "--once", .help = "One round, then end (as without it)."},
    {.name = "--stay", .help = "Keep the link until Ctrl-C."},
    {.name = "--timeout",
     .value = "SECONDS",
     .help = "Give up after so long (30).",
     .number = true,
     .least = 1,
     .most = 3600},
};
inline constexpr Param parked_params[]{
    {.name = "action",
     .value = "ACTION",
     .help = "list (as usual), retry, fix, discard or export.",
     .complete = Complete::words,
     .words = "list retry fix discard export"},
    {.name = "number", .value = "N", .help = "Only this change."},
    {.name = "values",
     .value = "FIELD=VALUE",
     .help = "fix: what it should have said; FIELD:=JSON for numbers and yes or no.",
     .many = true},
};
inline constexpr Param watch_params[]{
    {.name = "--for", .value = "SECONDS", .help = "End after so long.", .number = true, .least = 1},
    {.name = "--count", .value = "N", .help = "End after so many observations.", .number = true, .least = 1},
    {.name = "--offline", .help = "Do not connect: only what other programs write here."},
};
inline constexpr Param import_params[]{
    {.name = "format",
     .value = "FORMAT",
     .help = "crm-csv (a folder or file), ics, contacts-csv.",
     .required = true,
     .complete = Complete::words,
     .words = "crm-csv ics contacts-csv"},
    {.name = "path",
     .value = "PATH",
     .help = "A file; for crm-csv the folder with the export.",
     .required = true,
     .complete = Complete::files},
    {.name = "--dry-run", .help = "Only say what would be done."},
    {.name = "--remove-missing", .help = "The file is the whole CRM: take away duties that it lacks."},
    {.name = "--verbose", .help = "Name every line that is not as it should be."},
};
inline constexpr Param export_params[]{
    account_optional,
    {.name = "--format",
     .value = "FORMAT",
     .help = "json (as usual), csv, markdown or training (your corrections, for ./dev train).",
     .complete = Complete::words,
     .words = "json csv markdown training"},
    {.name = "--output",
     .value = "FILE",
     .help = "Write to this file instead of standard output.",
     .complete = Complete::files},
};
inline constexpr Param check_params[]{
    {.name = "file",
     .value = "FILE",
     .help = "A text; - is standard input.",
     .required = true,
     .complete = Complete::files},
    {.name = "--kind",
     .value = "KIND",
     .help = "What it is.",
     .complete = Complete::words,
     .words = "plan mail agenda proposal"},
};
inline constexpr Param playbook_show_params[]{
    {.name = "playbook", .value = "PLAYBOOK", .help = "A file, ID or ID@VERSION; otherwise the active debrief."}};
inline constexpr Param playbook_file_params[]{{.name = "file",
                                               .value = "FILE",
                                               .help = "A playbook as JSON; - is standard input.",
                                               .required = true,
                                               .complete = Complete::files}};
inline constexpr Param playbook_new_params[]{
    {.name = "file", .value = "FILE", .help = "Where to write it.", .required = true, .complete = Complete::files},
    {.name = "--from", .value = "PLAYBOOK", .help = "Begin with this one (a file, ID or ID@VERSION)."},
    {.name = "--version", .value = "WORDS", .help = "What its version is called."},
};
inline constexpr Param playbook_diff_params[]{
    {.name = "before", .value = "BEFORE", .help = "A file, ID or ID@VERSION.", .required = true},
    {.name = "after", .value = "AFTER", .help = "The same; otherwise the active debrief."},
};
inline constexpr Param playbook_replay_params[]{
    {.name = "conversation", .value = "ID", .help = "The conversation's id.", .required = true},
    {.name = "--version", .value = "VERSION", .help = "The version to play it under.", .required = true},
};
inline constexpr Param add_account_params[]{
    {.name = "name", .value = "NAME", .help = "What the customer is called.", .required = true},
    {.name = "--industry", .value = "WORDS", .help = "What they do."},
};
inline constexpr Param add_contact_params[]{
    account_param,
    {.name = "name", .value = "NAME", .help = "The person.", .required = true},
    {.name = "--role", .value = "WORDS", .help = "What they do there."},
    {.name = "--email", .value = "ADDRESS", .help = "E-mail."},
};
inline constexpr Param add_meeting_params[]{
    account_param,
    {.name = "title", .value = "TITLE", .help = "What it is about.", .required = true},
    {.name = "--at",
     .value = "INSTANT",
     .help = "When it begins: 2025-03-18T09:30 by your clock, or with an offset; otherwise now."},
    {.name = "--minutes", .value = "N", .help = "How long it takes.", .number = true, .least = 1},
    {.name = "--with",
     .value = "CONTACT",
     .help = "Who is there; may be given again.",
     .many = true,
     .complete = Complete::contacts},
};
inline constexpr Param add_note_params[]{
    account_param,
    {.name = "text",
     .value = "TEXT",
     .help = "What you want to remember; - reads it from standard input.",
     .required = true,
     .many = true},
};
inline constexpr Param web_param{.name = "--web",
                                 .value = "DIR",
                                 .help = "The web app's files, where they are not beside the program.",
                                 .complete = Complete::folders};
inline constexpr Param open_params[]{
    {.name = "--port",
     .value = "N",
     .help = "On this port; otherwise any free one.",
     .number = true,
     .least = 1024,
     .most = 65535},
    {.name = "--no-browser", .help = "Only print the address."},
    web_param,
};
inline constexpr Param serve_params[]{
    {.name = "--data",
     .value = "DIR",
     .help = "Where the server keeps its data.",
     .required = true,
     .complete = Complete::folders},
    {.name = "--listen", .value = "HOST:PORT", .help = "Where it listens (127.0.0.1:7777)."},
    {.name = "--tls-cert",
     .value = "FILE",
     .help = "Certificate (PEM, with its chain); needed to listen on another address than this machine's own.",
     .complete = Complete::files},
    {.name = "--tls-key", .value = "FILE", .help = "Its private key (PEM).", .complete = Complete::files},
    {.name = "--url",
     .value = "URL",
     .help = "What invitations name and browsers open, where it is not the address listened on."},
    web_param,
    {.name = "--admin", .value = "NAME", .help = "The first administrator of a new workspace (Administrator)."},
    {.name = "--database",
     .value = "URL",
     .help = "postgresql://… instead of files in DIR; --store URL means the same here."},
};
inline constexpr Param admin_params[]{
    {.name = "words", .value = "…", .help = "--data DIR (the server's folder), then what to do.", .many = true}};
inline constexpr Param completion_params[]{{.name = "shell",
                                            .value = "SHELL",
                                            .help = "bash, zsh or fish.",
                                            .required = true,
                                            .complete = Complete::words,
                                            .words = "bash zsh fish"}};
inline constexpr Param help_params[]{
    {.name = "words", .value = "COMMAND", .help = "A command or a topic.", .many = true}};
inline constexpr Param complete_params[]{{.name = "kind", .value = "KIND", .required = true},
                                         {.name = "start", .value = "START"}};
inline constexpr Param man_params[]{{.name = "words", .value = "COMMAND", .many = true}};

/// The options that hold everywhere.
inline constexpr Param all_globals[]{
    {.name = "--store",
     .value = "DIR",
     .help = "The store's folder; otherwise $DEBRIEF_HOME, otherwise your data folder.",
     .complete = Complete::folders},
    {.name = "--json", .help = "Output for programs; errors too, on standard error."},
    {.name = "--color",
     .value = "WHEN",
     .help = "auto, always or never.",
     .complete = Complete::words,
     .words = "auto always never"},
    {.name = "--yes", .help = "Answer every question about being sure with yes."},
    {.name = "--test-clock", .value = "[NOW]", .help = "For tests: record and civil time stand still at this instant."},
    {.name = "--seed", .value = "N", .help = "For tests: chance repeats.", .number = true},
    {.name = "--help", .help = "Help on the command."},
};

}  // namespace debrief::platform::cli
