#include <array>

#include "platform/cli/command.hpp"
#include "platform/cli/run_commands.hpp"

namespace debrief::platform::cli {
namespace {

constexpr Param account_param{.name = "account",
                              .value = "ACCOUNT",
                              .help = "Name, its beginning, or id.",
                              .required = true,
                              .complete = Complete::accounts};
constexpr Param account_optional{
    .name = "account", .value = "ACCOUNT", .help = "Only of this account.", .complete = Complete::accounts};

constexpr Param init_params[]{
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
     .help = "Language of the bot's questions.",
     .complete = Complete::words,
     .words = "en de"},
};
constexpr Param join_params[]{
    {.name = "invitation",
     .value = "URL",
     .help = "What your administrator sent you. It works once.",
     .required = true},
    {.name = "--local",
     .value = "WHAT",
     .help = "What becomes of records made here before.",
     .complete = Complete::words,
     .words = "upload discard"},
};
constexpr Param demo_params[]{
    {.name = "--no-chat", .help = "Only make the sample, do not open the conversation."},
    {.name = "--account", .value = "ACCOUNT", .help = "Debrief this account of the sample."},
};
constexpr Param chat_params[]{
    account_param,
    {.name = "--meeting",
     .value = "ID",
     .help = "The meeting to debrief; otherwise the newest of this week that waits for it."},
    {.name = "--minutes", .value = "N", .help = "How long you have.", .number = true},
    {.name = "--language",
     .value = "CODE",
     .help = "Language of the bot's questions.",
     .complete = Complete::words,
     .words = "en de"},
};
constexpr Param journey_params[]{
    account_param,
    {.name = "--at", .value = "DATE", .help = "As it stood at the end of that day."},
    {.name = "--since", .value = "DATE", .help = "What has shifted since that day."},
    {.name = "--all", .help = "Superseded and withdrawn evidence too."},
};
constexpr Param plan_params[]{
    account_param,
    {.name = "--meeting", .value = "ID", .help = "The meeting that it is for; otherwise the next one."},
    {.name = "--markdown", .help = "As Markdown, to paste elsewhere."},
};
constexpr Param accounts_params[]{
    {.name = "words", .value = "WORDS", .help = "Only those whose name or industry holds these words.", .many = true}};
constexpr Param contacts_params[]{account_optional};
constexpr Param meetings_params[]{
    account_optional,
    {.name = "--upcoming", .help = "Only those still to come."},
    {.name = "--waiting", .help = "Only those that wait for a debrief."},
};
constexpr Param search_params[]{
    {.name = "words",
     .value = "WORDS",
     .help = "What to look for; the last word may be a beginning.",
     .required = true,
     .many = true},
    {.name = "--limit", .value = "N", .help = "At most so many (20).", .number = true},
};
constexpr Param resolve_params[]{
    {.name = "conflict", .value = "CONFLICT", .help = "Its id, or its number in the list.", .required = true},
    {.name = "--keep", .value = "N", .help = "Keep the Nth of the values shown.", .number = true},
    {.name = "--value", .value = "TEXT", .help = "Write this value instead."},
};
constexpr Param history_params[]{
    {.name = "table", .value = "TABLE", .help = "account, contact, meeting, observation …", .required = true},
    {.name = "record", .value = "RECORD", .help = "Id; for accounts and contacts a name will do.", .required = true},
    {.name = "--field", .value = "FIELD", .help = "Only this field."},
};
constexpr Param sync_params[]{
    {.name = "--once", .help = "One round, then end (as without it)."},
    {.name = "--stay", .help = "Keep the link until Ctrl-C."},
    {.name = "--timeout", .value = "SECONDS", .help = "Give up after so long (30).", .number = true},
};
constexpr Param parked_params[]{
    {.name = "action",
     .value = "ACTION",
     .help = "list (as usual), retry, discard or export.",
     .complete = Complete::words,
     .words = "list retry discard export"},
    {.name = "number", .value = "N", .help = "Only this change."},
};
constexpr Param watch_params[]{
    {.name = "--for", .value = "SECONDS", .help = "End after so long.", .number = true},
    {.name = "--count", .value = "N", .help = "End after so many observations.", .number = true},
    {.name = "--offline", .help = "Do not connect: only what other programs write here."},
};
constexpr Param import_params[]{
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
    {.name = "--verbose", .help = "Name every line that is not as it should be."},
};
constexpr Param export_params[]{
    account_optional,
    {.name = "--format",
     .value = "FORMAT",
     .help = "json (as usual), csv or markdown.",
     .complete = Complete::words,
     .words = "json csv markdown"},
    {.name = "--output",
     .value = "FILE",
     .help = "Write to this file instead of standard output.",
     .complete = Complete::files},
};
constexpr Param check_params[]{
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
constexpr Param add_account_params[]{
    {.name = "name", .value = "NAME", .help = "What the customer is called.", .required = true},
    {.name = "--industry", .value = "WORDS", .help = "What they do."},
};
constexpr Param add_contact_params[]{
    account_param,
    {.name = "name", .value = "NAME", .help = "The person.", .required = true},
    {.name = "--role", .value = "WORDS", .help = "What they do there."},
    {.name = "--email", .value = "ADDRESS", .help = "E-mail."},
};
constexpr Param add_meeting_params[]{
    account_param,
    {.name = "title", .value = "TITLE", .help = "What it is about.", .required = true},
    {.name = "--at",
     .value = "INSTANT",
     .help = "When it begins: 2025-03-18T09:30 by your clock, or with an offset; otherwise now."},
    {.name = "--minutes", .value = "N", .help = "How long it takes.", .number = true},
    {.name = "--with",
     .value = "CONTACT",
     .help = "Who is there; may be given again.",
     .many = true,
     .complete = Complete::contacts},
};
constexpr Param add_note_params[]{
    account_param,
    {.name = "text",
     .value = "TEXT",
     .help = "What you want to remember; - reads it from standard input.",
     .required = true,
     .many = true},
};
constexpr Param serve_params[]{
    {.name = "--data",
     .value = "DIR",
     .help = "Where the server keeps its data.",
     .required = true,
     .complete = Complete::folders},
    {.name = "--listen", .value = "HOST:PORT", .help = "Where it listens (127.0.0.1:7777)."},
    {.name = "--database",
     .value = "URL",
     .help = "postgresql://… instead of files in DIR; --store URL means the same here."},
};
constexpr Param admin_params[]{{.name = "words", .value = "…", .help = "--data DIR, then what to do.", .many = true}};
constexpr Param completion_params[]{{.name = "shell",
                                     .value = "SHELL",
                                     .help = "bash, zsh or fish.",
                                     .required = true,
                                     .complete = Complete::words,
                                     .words = "bash zsh fish"}};
constexpr Param help_params[]{{.name = "words", .value = "COMMAND", .help = "A command or a topic.", .many = true}};
constexpr Param complete_params[]{{.name = "kind", .value = "KIND", .required = true},
                                  {.name = "start", .value = "START"}};
constexpr Param man_params[]{{.name = "words", .value = "COMMAND", .many = true}};

constexpr std::string_view work = "After a meeting";
constexpr std::string_view know = "What we know";
constexpr std::string_view keep = "Records";
constexpr std::string_view link = "Together";
constexpr std::string_view files = "Files and programs";
constexpr std::string_view begin = "Begin";
constexpr std::string_view about = "About this program";
constexpr std::string_view hidden = "";

constexpr Command all_commands[]{
    {.name = "init",
     .group = begin,
     .summary = "Make a workspace of your own on this device, without a server.",
     .params = init_params,
     .examples = "debrief init --workspace \"Northwind\" --user \"Jonas Brandt\"",
     .json = "workspace, user, device",
     .run = run_init},
    {.name = "join",
     .group = begin,
     .summary = "Join your team's workspace with an invitation.",
     .details = "The secret in the invitation is used here and never shown or sent anywhere else.",
     .params = join_params,
     .examples = "debrief join 'https://debrief.example/join#SECRET'",
     .json = "workspace, user, device, workspace_name, user_name, role",
     .run = run_join},
    {.name = "demo",
     .group = begin,
     .summary = "Try it: a sample workspace and the first question, nothing to set up.",
     .details = "Makes a sample in a new folder of its own (or in --store) from public CRM data with invented "
                "evidence, and opens a debrief.",
     .params = demo_params,
     .examples = "debrief demo",
     .json = "store, account, conversation",
     .run = run_demo},
    {.name = "chat",
     .group = work,
     .summary = "Debrief a meeting with the bot; goes on where you stopped.",
     .details = "Type in your own words. Nothing counts before you confirm it. /help lists what you can do; typed "
                "words (skip, I don't know, "
                "stop) work as well. With a pipe, each line of standard input is one line of yours; the end of it "
                "leaves the conversation "
                "where it is, to be resumed.",
     .params = chat_params,
     .examples = "debrief chat \"Brightfield Dairy\"\ndebrief chat bright --minutes 3\nprintf 'They fear the "
                 "switch.\\nstop\\n' | debrief chat bright",
     .json = "one object a line: message objects as they come, then {conversation, state}",
     .run = run_chat},
    {.name = "plan",
     .group = work,
     .summary = "The call plan of the next meeting: what we do not know yet, and whom to ask.",
     .params = plan_params,
     .examples = "debrief plan bright\ndebrief plan bright --markdown > plan.md",
     .json = "id, objective, questions, commitments_due, contingencies, focus, findings",
     .run = run_plan},
    {.name = "drafts",
     .group = work,
     .summary = "Conversations that are not finished.",
     .json = "id, kind, account, meeting, state, owner",
     .run = run_drafts},
    {.name = "check",
     .group = work,
     .summary = "Whose world a plan, mail or agenda is about, sentence by sentence.",
     .params = check_params,
     .examples = "debrief check mail.txt --kind mail",
     .json = "focus, sentences, missing",
     .run = run_check},
    {.name = "journey",
     .group = know,
     .summary = "A customer's buying journey: evidence, people, commitments, what is unknown.",
     .params = journey_params,
     .examples = "debrief journey bright\ndebrief journey bright --since 2025-01-01",
     .json = "dimensions, people, commitments, unknowns, risk; with --since: on, dimension, kind, before, after, why, "
             "evidence",
     .run = run_journey},
    {.name = "accounts",
     .group = know,
     .summary = "Your accounts.",
     .params = accounts_params,
     .json = "id and the fields of an account",
     .run = run_accounts},
    {.name = "contacts",
     .group = know,
     .summary = "The people there.",
     .params = contacts_params,
     .json = "id and the fields of a contact",
     .run = run_contacts},
    {.name = "meetings",
     .group = know,
     .summary = "Meetings, and which wait for a debrief.",
     .params = meetings_params,
     .json = "id and the fields of a meeting",
     .run = run_meetings},
    {.name = "search",
     .group = know,
     .summary = "Find words in everything you may read.",
     .params = search_params,
     .examples = "debrief search audit",
     .json = "table, id, field, snippet",
     .run = run_search},
    {.name = "history",
     .group = know,
     .summary = "Every version of a record, with author and time.",
     .params = history_params,
     .examples = "debrief history contact \"Sarah Chen\" --field role",
     .json = "versions, complete",
     .run = run_history},
    {.name = "add", .group = keep, .summary = "Write down an account, a contact, a meeting or a note."},
    {.name = "add account",
     .group = keep,
     .summary = "A new account.",
     .params = add_account_params,
     .json = "id",
     .run = run_add_account},
    {.name = "add contact",
     .group = keep,
     .summary = "A new person at an account.",
     .params = add_contact_params,
     .json = "id",
     .run = run_add_contact},
    {.name = "add meeting",
     .group = keep,
     .summary = "A meeting, past or to come.",
     .params = add_meeting_params,
     .json = "id",
     .run = run_add_meeting},
    {.name = "add note",
     .group = keep,
     .summary = "A free note, read like the first line of a debrief.",
     .params = add_note_params,
     .examples = "debrief add note bright \"Sarah fears the switch will stop the line\"",
     .json = "conversation, state, understood",
     .run = run_add_note},
    {.name = "conflicts",
     .group = keep,
     .summary = "Fields that two people changed at once; choose, or list them.",
     .json = "id, table, record, field, versions",
     .run = run_conflicts},
    {.name = "conflicts resolve",
     .group = keep,
     .summary = "Settle one: keep a value, or write another.",
     .params = resolve_params,
     .examples = "debrief conflicts resolve 1 --keep 2",
     .json = "id, value",
     .run = run_resolve},
    {.name = "status",
     .group = link,
     .summary = "Who you are here, what waits, and when it last synced.",
     .json = "store, info, sync",
     .run = run_status},
    {.name = "sync",
     .group = link,
     .summary = "Send what is new and fetch what others wrote.",
     .params = sync_params,
     .json = "pushed, pulled, parked",
     .run = run_sync},
    {.name = "watch",
     .group = link,
     .summary = "See what arrives, as it arrives.",
     .params = watch_params,
     .examples = "debrief watch --json | jq .text",
     .json = "one object a line: kind (observation, changed, sync, reminder); observation: id, account, dimension, "
             "text, person, by, said_on, question, question_text, quote",
     .run = run_watch},
    {.name = "parked",
     .group = link,
     .summary = "Changes that the server refused: see, retry, discard or export them.",
     .params = parked_params,
     .json = "n, scope, code, at, records",
     .run = run_parked},
    {.name = "import",
     .group = files,
     .summary = "Bring in a CRM export, a calendar or contacts; again changes nothing.",
     .params = import_params,
     .examples = "debrief import crm-csv ./crm --dry-run\ndebrief import ics calendar.ics",
     .json = "created, changed, unchanged, anomalies, rejected",
     .run = run_import},
    {.name = "export",
     .group = files,
     .summary = "Take everything out, or one account.",
     .params = export_params,
     .examples = "debrief export --format markdown bright > bright.md",
     .json = "the export itself (--format json)",
     .run = run_export},
    {.name = "understand",
     .group = files,
     .summary = "Read notes (JSON Lines on standard input), write their labels.",
     .details = "A line that is no record is reported with its number and skipped; the command then ends with 1.",
     .examples = "debrief understand < notes.jsonl > labels.jsonl",
     .json = "one object a line: id, labels",
     .run = run_understand},
    {.name = "rpc",
     .group = files,
     .summary = "JSON-RPC 2.0 on standard input and output, for other programs.",
     .run = run_rpc},
    {.name = "serve",
     .group = files,
     .summary = "Run the server.",
     .params = serve_params,
     .examples = "debrief serve --data ./server --listen 127.0.0.1:7777",
     .run = run_serve},
    {.name = "admin",
     .group = files,
     .summary = "People, teams, assignments and invitations of a server.",
     .details = "user add NAME --role rep|manager|admin [--team T] [--language en|de]; team add NAME [--manager U] "
                "[--in T]; assign ACCOUNT USER|TEAM; "
                "unassign ACCOUNT USER|TEAM; invite USER; device list; device revoke DEVICE.",
     .params = admin_params,
     .examples = "debrief admin --data ./server user add \"Jonas Brandt\" --role rep\ndebrief admin --data ./server "
                 "invite \"Jonas Brandt\"",
     .json = "what was made or listed",
     .run = run_admin,
     .raw_words = true},
    {.name = "doctor",
     .group = about,
     .summary = "Look for what may be wrong here, and say what to do.",
     .json = "check, passed, detail, fix",
     .run = run_doctor},
    {.name = "completion",
     .group = about,
     .summary = "A completion script for your shell.",
     .params = completion_params,
     .examples = "debrief completion bash > ~/.local/share/bash-completion/completions/debrief",
     .run = run_completion},
    {.name = "help",
     .group = about,
     .summary = "Help on a command, or on a topic.",
     .params = help_params,
     .run = run_help},
    {.name = "version",
     .group = about,
     .summary = "Which version this is.",
     .json = "version, protocol, catalogue",
     .run = run_version},
    {.name = "complete",
     .group = hidden,
     .summary = "Words for the shell's completion.",
     .params = complete_params,
     .run = run_complete},
    {.name = "man", .group = hidden, .summary = "The manual page as troff.", .params = man_params, .run = run_man},
};

constexpr Param all_globals[]{
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

constexpr Topic all_topics[]{
    {"exit-codes", "How commands end, for scripts."},
    {"environment", "Variables that matter."},
    {"json", "The fields of each command's JSON output."},
    {"chat", "What you can type in a conversation."},
    {"topics", "This list."},
};

}  // namespace

std::span<const Command> commands() {
    return all_commands;
}
std::span<const Param> global_params() {
    return all_globals;
}
std::span<const Topic> topics() {
    return all_topics;
}

const Command* find_command(std::string_view name) {
    for (const auto& command : all_commands) {
        if (command.name == name) return &command;
    }
    return nullptr;
}

}  // namespace debrief::platform::cli
