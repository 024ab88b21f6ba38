// What the commands do. One function a command, each in the file named after its theme.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "platform/cli/arguments.hpp"
#include "platform/cli/context.hpp"
#include "platform/cli/failure.hpp"

namespace debrief::platform::cli {

// run_start.cpp
Outcome run_greeting(Context& context, const Arguments& arguments);
Outcome run_init(Context& context, const Arguments& arguments);
Outcome run_join(Context& context, const Arguments& arguments);
// run_demo.cpp
Outcome run_demo(Context& context, const Arguments& arguments);
// run_chat.cpp
Outcome run_chat(Context& context, const Arguments& arguments);
Outcome run_review(Context& context, const Arguments& arguments);
Outcome run_drafts(Context& context, const Arguments& arguments);
// run_rehearsal.cpp
Outcome run_rehearse(Context& context, const Arguments& arguments);
Outcome run_language(Context& context, const Arguments& arguments);
Outcome run_drills(Context& context, const Arguments& arguments);
// run_journey.cpp
Outcome run_journey(Context& context, const Arguments& arguments);
Outcome run_plan(Context& context, const Arguments& arguments);
// run_team.cpp
Outcome run_team(Context& context, const Arguments& arguments);
// run_coaching.cpp
Outcome run_goals(Context& context, const Arguments& arguments);
Outcome run_goal_add(Context& context, const Arguments& arguments);
Outcome run_goal_share(Context& context, const Arguments& arguments);
Outcome run_goal_done(Context& context, const Arguments& arguments);
Outcome run_coach_list(Context& context, const Arguments& arguments);
Outcome run_coach_note(Context& context, const Arguments& arguments);
Outcome run_coach_talk(Context& context, const Arguments& arguments);
Outcome run_focus(Context& context, const Arguments& arguments);
// run_outcome.cpp
Outcome run_outcome(Context& context, const Arguments& arguments);
// run_lists.cpp
Outcome run_accounts(Context& context, const Arguments& arguments);
Outcome run_contacts(Context& context, const Arguments& arguments);
Outcome run_meetings(Context& context, const Arguments& arguments);
Outcome run_search(Context& context, const Arguments& arguments);
// run_conflicts.cpp
Outcome run_conflicts(Context& context, const Arguments& arguments);
Outcome run_resolve(Context& context, const Arguments& arguments);
Outcome run_history(Context& context, const Arguments& arguments);
Outcome run_undo(Context& context, const Arguments& arguments);
Outcome run_undo_newest(Context& context, const Arguments& arguments);
Outcome run_redo(Context& context, const Arguments& arguments);
// run_playbook.cpp
Outcome run_playbooks(Context& context, const Arguments& arguments);
Outcome run_playbook_show(Context& context, const Arguments& arguments);
Outcome run_playbook_check(Context& context, const Arguments& arguments);
Outcome run_playbook_new(Context& context, const Arguments& arguments);
Outcome run_playbook_diff(Context& context, const Arguments& arguments);
Outcome run_playbook_publish(Context& context, const Arguments& arguments);
Outcome run_playbook_replay(Context& context, const Arguments& arguments);
Outcome run_playbook_schema(Context& context, const Arguments& arguments);
// run_erase.cpp
Outcome run_erase_contact(Context& context, const Arguments& arguments);
Outcome run_erase_message(Context& context, const Arguments& arguments);
// run_add.cpp
Outcome run_add_account(Context& context, const Arguments& arguments);
Outcome run_add_contact(Context& context, const Arguments& arguments);
Outcome run_add_meeting(Context& context, const Arguments& arguments);
Outcome run_add_note(Context& context, const Arguments& arguments);
// run_sync.cpp
Outcome run_status(Context& context, const Arguments& arguments);
Outcome run_sync(Context& context, const Arguments& arguments);
Outcome run_pending(Context& context, const Arguments& arguments);
Outcome run_parked(Context& context, const Arguments& arguments);
// run_watch.cpp
Outcome run_watch(Context& context, const Arguments& arguments);
// run_files.cpp
/// The last part of a path: a line that is painted over has no room for folders.
std::string name_of_input(const std::string& path);
/// What an import did, for people: counts, each oddity once, rows that were not taken.
void print_import_report(Context& context, const nlohmann::json& report, bool dry_run, bool verbose);
Outcome run_import(Context& context, const Arguments& arguments);
Outcome run_export(Context& context, const Arguments& arguments);
Outcome run_check(Context& context, const Arguments& arguments);
// run_understand.cpp
Outcome run_understand(Context& context, const Arguments& arguments);
// run_open.cpp, run_rpc.cpp, run_serve.cpp, run_admin.cpp
Outcome run_open(Context& context, const Arguments& arguments);
Outcome run_rpc(Context& context, const Arguments& arguments);
Outcome run_serve(Context& context, const Arguments& arguments);
Outcome run_admin(Context& context, const Arguments& arguments);
// run_doctor.cpp
Outcome run_doctor(Context& context, const Arguments& arguments);
// run_help.cpp
Outcome run_help(Context& context, const Arguments& arguments);
Outcome run_version(Context& context, const Arguments& arguments);
Outcome run_completion(Context& context, const Arguments& arguments);
Outcome run_complete(Context& context, const Arguments& arguments);
Outcome run_man(Context& context, const Arguments& arguments);

}  // namespace debrief::platform::cli
