#include <vector>

#include "platform/cli/command.hpp"
#include "platform/cli/command_params.hpp"
#include "platform/cli/run_commands.hpp"
#include "platform/cli/team_commands.hpp"

namespace debrief::platform::cli {
namespace {

constexpr std::string_view work = "After a meeting";
constexpr std::string_view know = "What we know";
constexpr std::string_view keep = "Records";
constexpr std::string_view link = "Together";
constexpr std::string_view files = "Files and programs";
constexpr std::string_view begin = "Begin";
constexpr std::string_view program = "About this program";
constexpr std::string_view hidden{};

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
    {.name = "open",
     .group = begin,
     .summary = "Debrief in your browser, over the records of this device; no server is needed.",
     .details =
         "Prints an address, and shows it in your browser where there is a screen. It is for you alone: it reaches "
         "no further than this machine, other users of it are turned away, and its secret is good until Ctrl-C. "
         "Several tabs may be open at once, and other commands work meanwhile. Who has joined a team stays "
         "connected to its server.",
     .params = open_params,
     .examples = "debrief open\ndebrief open --no-browser --port 7070",
     .json = "one object a line: {event: listening, url, store}, at the end {event: stopped}",
     .run = run_open},
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
    {.name = "review",
     .group = work,
     .summary = "Go through a deal, a call plan or their choices, together with the bot, in the account's room.",
     .details =
         "Everybody who serves the account joins the same room, also without a network. Online, a passing line above "
         "yours "
         "says who else is there and who is typing. The customer first, then their "
         "buying, then your help. @NAME speaks to a colleague and not to the bot; /confirm accepts what you told of "
         "the customer, on the last screen it closes the review.",
     .params = review_params,
     .examples = "debrief review bright\ndebrief review bright --kind plan\ndebrief review bright --page > review.md",
     .json = "one object a line: message objects as they come, then {conversation, state}",
     .run = run_review},
    {.name = "rehearse",
     .group = work,
     .summary = "Practise with somebody at the customer, played by the bot; it asks what nobody expects.",
     .details = "The bot plays that person from role, stance and what is stored of them. It says what an answer is "
                "worth and why; a weak one may be tried once more (again), and comes back another day (debrief "
                "drills). Practice stays with you: it is no evidence, and nobody reads it unless you type share.",
     .params = rehearse_params,
     .examples = "debrief rehearse \"Sarah Chen\"\ndebrief rehearse sarah --account bright --seed 7",
     .json = "one object a line: message objects as they come, then {conversation, state}",
     .run = run_rehearse},
    {.name = "drills",
     .group = work,
     .summary = "Hard questions that are due again.",
     .json = "turn, account, contact, question, text, contingency, due, last, credited",
     .run = run_drills},
    {.name = "plan",
     .group = work,
     .summary = "The call plan of the next meeting: what we do not know yet, and whom to ask.",
     .params = plan_params,
     .examples =
         "debrief plan bright\ndebrief plan bright --markdown > plan.md\ndebrief plan bright --calendar > plan.ics",
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
    {.name = "playbook", .group = work, .summary = "The questions that the bot asks, as data."},
    {.name = "playbook list",
     .group = work,
     .summary = "Every playbook and version, and which are active.",
     .json = "id, version, kind, active",
     .run = run_playbooks},
    {.name = "playbook show",
     .group = work,
     .summary = "Its questions, and when each may be asked.",
     .params = playbook_show_params,
     .examples = "debrief playbook show debrief@1 --json",
     .json = "the playbook",
     .run = run_playbook_show},
    {.name = "playbook new",
     .group = work,
     .summary = "A copy of a playbook in a file, to change.",
     .params = playbook_new_params,
     .examples = "debrief playbook new ours.json",
     .run = run_playbook_new},
    {.name = "playbook check",
     .group = work,
     .summary = "Every fault of a file, with entry and reason, before anybody is asked by it.",
     .params = playbook_file_params,
     .json = "errors, warnings",
     .run = run_playbook_check},
    {.name = "playbook diff",
     .group = work,
     .summary = "What differs between two versions, entry by entry.",
     .params = playbook_diff_params,
     .examples = "debrief playbook diff debrief@1 ours.json",
     .json = "entry, before, after",
     .run = run_playbook_diff},
    {.name = "playbook publish",
     .group = work,
     .summary = "Make a file the workspace's active playbook (administrators).",
     .params = playbook_file_params,
     .json = "id, version, changed",
     .run = run_playbook_publish},
    {.name = "playbook replay",
     .group = work,
     .summary = "Play a conversation again under another version, and see what would be asked differently.",
     .params = playbook_replay_params,
     .examples = "debrief playbook replay ID --version 1",
     .json = "identical, differs, details",
     .run = run_playbook_replay},
    {.name = "playbook schema",
     .group = work,
     .summary = "The JSON Schema of playbooks, for your editor.",
     .run = run_playbook_schema},
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
    {.name = "erase", .group = keep, .summary = "Erase the words of a person or of a line, everywhere and for good."},
    {.name = "erase contact",
     .group = keep,
     .summary = "A person: name, role and every quote, on every device and on the server.",
     .details =
         "The records stay, without words. Texts that merely name the person are listed, to be erased with --also.",
     .params = erase_contact_params,
     .examples = "debrief erase contact \"Sarah Chen\"",
     .json = "removed, to_confirm",
     .run = run_erase_contact},
    {.name = "erase message",
     .group = keep,
     .summary = "A line, and all that was understood from it.",
     .params = erase_message_params,
     .json = "removed, to_confirm",
     .run = run_erase_message},
    {.name = "undo",
     .group = keep,
     .summary = "Take back what was done last on this device, or the last change to one record.",
     .details = "Again and again, as new changes that everybody sees; what somebody else wrote meanwhile stays.",
     .params = undo_params,
     .examples = "debrief undo\ndebrief undo contact \"Sarah Chen\"",
     .json = "done, act, fields, reason; of one record: fields; with --list: id, what, at, undone, records",
     .run = run_undo},
    {.name = "redo",
     .group = keep,
     .summary = "Do again what was taken back last.",
     .json = "done, act, fields, reason",
     .run = run_redo},
    {.name = "status",
     .group = link,
     .summary = "Who you are here, what waits, and when it last synced.",
     .json = "store, info, sync",
     .run = run_status},
    {.name = "language",
     .group = link,
     .summary = "The language of what this device writes: reasons, plans, new conversations.",
     .details = "Chosen for this device alone. Without a word: which it is.",
     .params = language_params,
     .examples = "debrief language de",
     .json = "language",
     .run = run_language},
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
    {.name = "pending",
     .group = link,
     .summary = "Changes that were not sent yet: see them, or take one back.",
     .params = pending_params,
     .examples = "debrief pending\ndebrief pending discard 12",
     .json = "n, scope, account, at, sealed, standing, discardable, records",
     .run = run_pending},
    {.name = "parked",
     .group = link,
     .summary = "Changes that the server refused: see, retry, fix, discard or export them.",
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
     .details =
         "SIGHUP reads certificate and key again, for a renewed pair; connections stay. SIGINT and SIGTERM end it in "
         "order.",
     .params = serve_params,
     .examples =
         "debrief serve --data ./server --listen 127.0.0.1:7777\ndebrief serve --data ./server --listen 0.0.0.0:443 "
         "--tls-cert fullchain.pem --tls-key privkey.pem --url https://debrief.example.com",
     .json =
         "one object a line: {event: listening, listening, workspace, data}, on the first start {event: invitation, "
         "user, role, invitation}, at the end {event: stopped}",
     .run = run_serve},
    {.name = "admin",
     .group = files,
     .summary = "People, teams, assignments and invitations of a server.",
     .details =
         "With --data on the server's folder, also while the server runs; without it from the device of an "
         "administrator who has joined, while there is a connection (managers: handover only). import and sample "
         "read the server's machine. user add NAME --role rep|manager|admin [--team T] [--language en|de]; team add "
         "NAME "
         "[--manager U] [--in T]; team leave TEAM USER; account list [--find WORDS]; assign ACCOUNT USER|TEAM; "
         "unassign ACCOUNT USER|TEAM; invite USER; device list; device revoke DEVICE; handover list; handover show "
         "N; handover file N [--as USER]; handover drop N; erase contact ID; erase message ID.",
     .params = admin_params,
     .examples = "debrief admin --data ./server user add \"Jonas Brandt\" --role rep\ndebrief admin --data ./server "
                 "invite \"Jonas Brandt\"",
     .json = "what was made or listed",
     .run = run_admin,
     .raw_words = true},
    {.name = "doctor",
     .group = program,
     .summary = "Look for what may be wrong here, and say what to do.",
     .json = "check, passed, detail, fix",
     .run = run_doctor},
    {.name = "completion",
     .group = program,
     .summary = "A completion script for your shell.",
     .params = completion_params,
     .examples = "debrief completion bash > ~/.local/share/bash-completion/completions/debrief",
     .run = run_completion},
    {.name = "help",
     .group = program,
     .summary = "Help on a command, or on a topic.",
     .params = help_params,
     .json = "commands, options, topics, exit_codes; of one command: name, summary, usage, arguments, options",
     .run = run_help},
    {.name = "version",
     .group = program,
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

constexpr Topic all_topics[]{
    {"exit-codes", "How commands end, for scripts."},
    {"environment", "Variables that matter."},
    {"json", "The fields of each command's JSON output."},
    {"chat", "What you can type in a conversation."},
    {"topics", "This list."},
};

/// With the rows of team_commands.hpp, which stand before what is written down.
const std::vector<Command>& listed() {
    static const std::vector<Command> all = [] {
        std::vector<Command> rows;
        for (const auto& command : all_commands) {
            if (command.name == "add") rows.insert(rows.end(), std::begin(team_commands), std::end(team_commands));
            rows.push_back(command);
        }
        return rows;
    }();
    return all;
}

}  // namespace

std::span<const Command> commands() {
    return listed();
}
std::span<const Param> global_params() {
    return all_globals;
}
std::span<const Topic> topics() {
    return all_topics;
}

const Command* find_command(std::string_view name) {
    for (const auto& command : listed()) {
        if (command.name == name) return &command;
    }
    return nullptr;
}

}  // namespace debrief::platform::cli
