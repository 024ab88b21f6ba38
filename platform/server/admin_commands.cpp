#include "platform/server/admin_commands.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <set>

#include <nlohmann/json.hpp>

#include "core/civil_date.hpp"
#include "core/import/import.hpp"
#include "core/utf8.hpp"
#include "platform/app/import_report.hpp"
#include "platform/app/json_codec.hpp"
#include "platform/sample/sample.hpp"
#include "platform/server/admin.hpp"
#include "platform/server/admin_words.hpp"
#include "sync/invitation.hpp"
#include "sync/server/access.hpp"
#include "sync/server/admin.hpp"

namespace debrief::platform {
namespace {

using core::Errc;
using core::Error;
using core::Result;
using nlohmann::json;
using Command = AdminCommand;
using Words = AdminWords;

std::chrono::sys_days today(const AdminContext& context) {
    return std::chrono::floor<std::chrono::days>(std::chrono::sys_time<std::chrono::milliseconds>(context.store.now()));
}

Result<json> user_add(const AdminContext& context, const Words& words) {
    sync::UserSpec spec;
    spec.name = words.plain[0];
    spec.role = words.option("--role").value_or("rep");
    spec.team = words.option("--team");
    spec.language = words.option("--language").value_or("");
    const auto id = sync::add_user(context.store, spec);
    if (!id) return id.error();
    return json{{"id", id->text()},
                {"name", spec.name},
                {"role", spec.role},
                {"text", spec.name + (spec.role == "admin" ? " is an " : " is a ") + spec.role +
                             " here. Next: debrief admin invite '" + spec.name + "'"}};
}

Result<json> user_disable(const AdminContext& context, const Words& words) {
    DEBRIEF_TRY(sync::disable_user(context.store, words.plain[0]));
    return json{{"text", words.plain[0] + " is signed out everywhere and may not sign in. What they wrote stays."}};
}

Result<json> user_list(const AdminContext& context, const Words&) {
    json users = json::array();
    std::string text;
    const auto& directory = context.store.directory();
    for (const auto& [id, user] : directory.users) {
        json teams = json::array();
        if (const auto in = directory.teams_of.find(id); in != directory.teams_of.end()) {
            for (const auto& team : in->second) {
                if (const auto found = directory.teams.find(team); found != directory.teams.end())
                    teams.push_back(found->second.name);
            }
        }
        users.push_back({{"id", id.text()},
                         {"name", user.name},
                         {"role", user.role},
                         {"active", user.active},
                         {"language", user.language},
                         {"teams", std::move(teams)}});
        text += user.name + "  " + user.role + (user.active ? "" : "  (inactive)") + "\n";
    }
    if (text.empty()) text = "No users yet. Add one: debrief admin user add NAME --role admin\n";
    text.pop_back();
    return json{{"users", std::move(users)}, {"text", text}};
}

Result<json> team_add(const AdminContext& context, const Words& words) {
    const sync::TeamSpec spec{.name = words.plain[0],
                              .manager = words.option("--manager"),
                              .parent = words.option("--in"),
                              .external_key = {}};
    const auto id = sync::add_team(context.store, spec);
    if (!id) return id.error();
    return json{{"id", id->text()}, {"name", spec.name}, {"text", "Team " + spec.name + " is in place."}};
}

Result<json> team_list(const AdminContext& context, const Words&) {
    const auto& directory = context.store.directory();
    json teams = json::array();
    std::string text;
    for (const auto& [id, team] : directory.teams) {
        const auto manager = team.manager ? directory.users.find(*team.manager) : directory.users.end();
        const auto parent = team.parent ? directory.teams.find(*team.parent) : directory.teams.end();
        const auto members = directory.members_of.find(id);
        const std::size_t size = members == directory.members_of.end() ? 0 : members->second.size();
        const std::string manager_name = manager == directory.users.end() ? "" : manager->second.name;
        const std::string parent_name = parent == directory.teams.end() ? "" : parent->second.name;
        teams.push_back({{"id", id.text()},
                         {"name", team.name},
                         {"manager", manager_name},
                         {"in", parent_name},
                         {"members", size}});
        text += team.name + "  " + std::to_string(size) + " members" +
                (manager_name.empty() ? "" : ", managed by " + manager_name) +
                (parent_name.empty() ? "" : ", in " + parent_name) + "\n";
    }
    if (text.empty()) text = "No teams yet. Add one: debrief admin team add NAME\n";
    text.pop_back();
    return json{{"teams", std::move(teams)}, {"text", text}};
}

Result<json> team_leave(const AdminContext& context, const Words& words) {
    DEBRIEF_TRY(sync::leave_team(context.store, words.plain[0], words.plain[1]));
    return json{{"text", words.plain[1] + " is no longer in " + words.plain[0] + "."}};
}

/// Who serves an account, as a list and as words.
std::pair<json, std::string> who_serves(const sync::Directory& directory, const core::Uuid& account) {
    std::pair<json, std::string> said{json::array(), {}};
    const auto found = directory.assignments.find(account);
    if (found == directory.assignments.end()) return said;
    for (const auto& one : found->second) {
        const auto user = one.user ? directory.users.find(*one.user) : directory.users.end();
        const auto team = one.team ? directory.teams.find(*one.team) : directory.teams.end();
        const bool is_user = user != directory.users.end();
        if (!is_user && team == directory.teams.end()) continue;
        const std::string name = is_user ? user->second.name : team->second.name;
        said.first.push_back({{"id", (is_user ? user->first : team->first).text()},
                              {"name", name},
                              {"kind", is_user ? "user" : "team"},
                              {"owner", one.owner}});
        said.second += (said.second.empty() ? "" : ", ") + name;
    }
    return said;
}

constexpr std::size_t accounts_listed_max = 200;

/// Who serves which account. Administrators do not read accounts that are not theirs: of those they get the id alone.
Result<json> account_list(const AdminContext& context, const Words& words) {
    const auto& directory = context.store.directory();
    core::Query query;
    query.table = "account";
    const auto page = context.store.records().list(query);
    if (!page) return page.error();
    const auto wanted = core::fold(words.option("--find").value_or(""));
    json accounts = json::array();
    std::string text;
    bool more = false;
    for (const auto& record : page->records) {
        const bool readable =
            !context.user || sync::may_read(directory, *context.user, {core::ScopeKind::account, record.id, {}});
        const std::string name = readable ? record.text("name") : std::string{};
        if (!wanted.empty() && core::fold(name).find(wanted) == std::string::npos) continue;
        more = accounts.size() == accounts_listed_max;
        if (more) break;
        auto [serving, people] = who_serves(directory, record.id);
        json shown{{"id", record.id.text()}, {"serving", std::move(serving)}};
        if (readable) shown["name"] = name;
        accounts.push_back(std::move(shown));
        text += (readable ? name : record.id.text()) + "  " + (people.empty() ? "nobody" : people) + "\n";
    }
    if (more) text += "There are more. Name some: account list --find WORDS\n";
    if (text.empty()) text = "No such accounts.\n";
    text.pop_back();
    return json{{"accounts", std::move(accounts)}, {"more", more}, {"text", text}};
}

Result<json> assign(const AdminContext& context, const Words& words) {
    DEBRIEF_TRY(sync::assign(context.store, words.plain[0], words.plain[1]));
    return json{{"text", words.plain[1] + " serves " + words.plain[0] + " now."}};
}

Result<json> unassign(const AdminContext& context, const Words& words) {
    DEBRIEF_TRY(sync::unassign(context.store, words.plain[0], words.plain[1]));
    return json{{"text", words.plain[1] + " no longer serves " + words.plain[0] + "."}};
}

Result<json> invite(const AdminContext& context, const Words& words) {
    const auto secret = sync::invite(context.store, words.plain[0]);
    if (!secret) return secret.error();
    const std::string url = sync::invitation_url(context.address, *secret);
    // The URL alone, so that a script can take the line as it is.
    return json{{"invitation", url}, {"valid_hours", sync::ServerStore::invitation_life.count()}, {"text", url}};
}

Result<json> device_list(const AdminContext& context, const Words&) {
    const auto devices = context.store.devices();
    if (!devices) return devices.error();
    const auto& users = context.store.directory().users;
    json list = json::array();
    std::string text;
    for (const auto& device : *devices) {
        const auto user = users.find(device.user);
        const std::string name = user == users.end() ? device.user.text() : user->second.name;
        list.push_back({{"id", device.id.text()},
                        {"name", device.name},
                        {"user", name},
                        {"enrolled_at", core::instant_text(device.enrolled_at)},
                        {"seen_at", device.seen_at ? json(core::instant_text(*device.seen_at)) : json()},
                        {"revoked", device.revoked},
                        {"wiped_at", device.wiped_at ? json(core::instant_text(*device.wiped_at)) : json()}});
        text += device.id.text() + "  " + name + "  " + device.name + "  since " + day_of(device.enrolled_at) +
                (device.wiped_at  ? "  revoked, told to wipe " + day_of(*device.wiped_at)
                 : device.revoked ? "  revoked"
                                  : "") +
                "\n";
    }
    if (text.empty()) text = "No devices yet. Invite somebody: debrief admin invite USER\n";
    text.pop_back();
    return json{{"devices", std::move(list)}, {"text", text}};
}

Result<json> device_revoke(const AdminContext& context, const Words& words) {
    DEBRIEF_TRY(sync::revoke_device(context.store, words.plain[0]));
    return json{
        {"text",
         "The device is cut off. When it is online next it hands over what it had not sent (debrief admin handover "
         "list), then its store is wiped."}};
}

Result<json> import_command(const AdminContext& context, const Words& words) {
    auto files = read_import_files(words.plain[1], words.plain[0]);
    if (!files) return files.error();
    core::ImportOptions options;
    options.dry_run = words.options.count("--dry-run") != 0;
    options.remove_missing = words.options.count("--remove-missing") != 0;
    options.today = today(context);
    options.progress = context.watch.progress;
    options.stop = context.watch.stop;
    const auto report = core::import_files(context.store.records(), words.plain[0], *files, options);
    if (!report) return report.error();
    return import_json(*report);
}

Result<json> sample(const AdminContext& context, const Words&) {
    const auto loaded =
        load_sample(context.store.records(), today(context), context.watch.progress, true, context.watch.stop);
    if (!loaded) return loaded.error();
    json result = import_json(loaded->report);
    result.update(sample_json(*loaded));
    return result;
}

Result<json> status(const AdminContext& context, const Words&) {
    const auto& directory = context.store.directory();
    const auto& identity = context.store.identity();
    return json{{"workspace", identity.workspace.text()},
                {"users", directory.users.size()},
                {"teams", directory.teams.size()},
                {"address", context.address},
                {"text", std::to_string(directory.users.size()) + " users, " + std::to_string(directory.teams.size()) +
                             " teams; invitations name " + context.address}};
}

std::vector<Command> with_filing(std::vector<Command> commands) {
    auto more = filing_commands();
    commands.insert(commands.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    return commands;
}

const std::vector<Command>& commands() {
    static const std::vector<Command> all = with_filing({
        {"user add",
         "NAME --role rep|manager|admin [--team TEAM] [--language en|de]",
         "adds a user, or changes the one of this name",
         1,
         1,
         {"--role", "--team", "--language"},
         {},
         user_add},
        {"user disable",
         "USER",
         "signs a user out everywhere; 'user add' lets them in again",
         1,
         1,
         {},
         {},
         user_disable},
        {"user list", "", "lists the users", 0, 0, {}, {}, user_list},
        {"team add",
         "NAME [--manager USER] [--in TEAM]",
         "adds a team, or changes the one of this name",
         1,
         1,
         {"--manager", "--in"},
         {},
         team_add},
        {"team list", "", "lists the teams", 0, 0, {}, {}, team_list},
        {"team leave", "TEAM USER", "takes a user out of a team", 2, 2, {}, {}, team_leave},
        {"account list", "[--find WORDS]", "lists who serves which account", 0, 0, {"--find"}, {}, account_list},
        {"assign", "ACCOUNT USER|TEAM", "lets somebody serve an account", 2, 2, {}, {}, assign},
        {"unassign", "ACCOUNT USER|TEAM", "ends that", 2, 2, {}, {}, unassign},
        {"invite", "USER", "prints an invitation for one device, good for 72 hours", 1, 1, {}, {}, invite},
        {"device list", "", "lists the devices", 0, 0, {}, {}, device_list},
        {"device revoke", "DEVICE", "cuts a device off", 1, 1, {}, {}, device_revoke},
        {"import",
         "FORMAT PATH [--dry-run] [--remove-missing] [--verbose]",
         "imports a CRM's files for everybody",
         2,
         2,
         {},
         {"--dry-run", "--remove-missing", "--verbose"},
         import_command,
         AdminRight::folder},
        {"sample",
         "",
         "loads the sample workspace (a public CRM data set, and invented evidence marked so)",
         0,
         0,
         {},
         {},
         sample,
         AdminRight::folder},
        {"status", "", "says what is here", 0, 0, {}, {}, status},
    });
    return all;
}

Result<Words> parse(const AdminContext& context, const Command& command, const std::vector<std::string>& words,
                    std::size_t from) {
    Words parsed;
    const std::string right =
        admin_program(context) + command.name + (command.usage.empty() ? "" : " " + command.usage);
    bool only_plain = false;
    for (std::size_t i = from; i < words.size(); ++i) {
        const auto& word = words[i];
        if (word == "--" && !only_plain) {
            only_plain = true;
        } else if (only_plain || word.rfind("--", 0) != 0) {
            parsed.plain.push_back(word);
        } else if (command.flags.count(word) != 0) {
            parsed.options[word] = "";
        } else if (command.options.count(word) == 0) {
            return Error{Errc::invalid, "'" + command.name + "' knows no " + word + ".", word, right};
        } else if (i + 1 == words.size()) {
            return Error{Errc::invalid, word + " needs a value.", word, right};
        } else {
            parsed.options[word] = words[++i];
        }
    }
    if (parsed.plain.size() < command.plain_min || parsed.plain.size() > command.plain_max) {
        return Error{
            Errc::invalid,
            parsed.plain.size() < command.plain_min ? "Something is missing." : "That is more than this command takes.",
            "", right};
    }
    return parsed;
}

const Command* command_in(const std::vector<std::string>& words) {
    for (const auto& command : commands()) {
        const auto space = command.name.find(' ');
        const std::size_t length = space == std::string::npos ? 1 : 2;
        if (words.size() < length || words[0] != command.name.substr(0, space)) continue;
        if (length == 2 && words[1] != command.name.substr(space + 1)) continue;
        return &command;
    }
    return nullptr;
}

/// Before anything else is said: who may not order this learns nothing from what they tried.
core::Status may_say(const AdminContext& context, const Command* command) {
    if (!context.user) return core::Ok{};
    const auto duty = sync::duty_of(context.store.directory(), *context.user);
    const bool filing = command != nullptr && command->right == AdminRight::filer;
    if (duty == sync::Duty::none || (duty == sync::Duty::filing && !filing)) return sync::not_an_administrator();
    if (command == nullptr || command->right != AdminRight::folder) return core::Ok{};
    return Error{Errc::denied, "'" + command->name + "' works beside the server only: the files are there.", "words",
                 "On the server's machine: debrief admin --data DIR " + command->name};
}

}  // namespace

std::string admin_command_in(const std::vector<std::string>& words) {
    const auto* command = command_in(words);
    return command == nullptr ? std::string{} : command->name;
}

std::string admin_help() {
    std::string text;
    for (const auto& command : commands()) {
        text +=
            "  " + command.name + (command.usage.empty() ? "" : " " + command.usage) + "\n      " + command.does + "\n";
    }
    return text;
}

std::vector<std::string> admin_command_names() {
    std::vector<std::string> names;
    for (const auto& command : commands()) names.push_back(command.name);
    return names;
}

Result<json> run_admin(const AdminContext& context, const std::vector<std::string>& words) {
    const auto* command = command_in(words);
    DEBRIEF_TRY(may_say(context, command));
    if (command != nullptr) {
        const auto parsed = parse(context, *command, words, command->name.find(' ') == std::string::npos ? 1 : 2);
        if (!parsed) return parsed.error();
        return command->run(context, *parsed);
    }
    std::string said;
    for (const auto& word : words) said += (said.empty() ? "" : " ") + word;
    return Error{Errc::invalid, said.empty() ? "No command was given." : "There is no command '" + said + "'.", "words",
                 "debrief help admin"};
}

}  // namespace debrief::platform
