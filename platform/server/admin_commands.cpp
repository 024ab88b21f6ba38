#include "platform/server/admin_commands.hpp"

#include <charconv>
#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <set>

#include <nlohmann/json.hpp>

#include "core/civil_date.hpp"
#include "core/import/import.hpp"
#include "platform/app/import_report.hpp"
#include "platform/app/json_codec.hpp"
#include "platform/sample/sample.hpp"
#include "platform/server/admin.hpp"
#include "sync/invitation.hpp"
#include "sync/server/admin.hpp"
#include "sync/server/handover.hpp"

namespace debrief::platform {
namespace {

using core::Errc;
using core::Error;
using core::Result;
using nlohmann::json;

/// The words of one command after its name: what stands alone, and `--name value`.
struct Words {
    std::vector<std::string> plain;
    std::map<std::string, std::string> options;

    [[nodiscard]] std::optional<std::string> option(const std::string& name) const {
        const auto found = options.find(name);
        return found == options.end() ? std::nullopt : std::optional(found->second);
    }
};

struct Command {
    std::string name;   ///< "user add".
    std::string usage;  ///< What follows it.
    std::string does;
    std::size_t plain_min, plain_max;
    std::set<std::string> options;  ///< That take a value.
    std::set<std::string> flags;    ///< That take none.
    std::function<Result<json>(const AdminContext&, const Words&)> run;
};

std::chrono::sys_days today(const AdminContext& context) {
    return std::chrono::floor<std::chrono::days>(std::chrono::sys_time<std::chrono::milliseconds>(context.store.now()));
}

std::string day_of(core::Instant instant) {
    return core::instant_text(instant).substr(0, 10);
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
    for (const auto& [id, user] : context.store.directory().users) {
        users.push_back({{"id", id.text()}, {"name", user.name}, {"role", user.role}, {"active", user.active}});
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
                        {"revoked", device.revoked}});
        text += device.id.text() + "  " + name + "  " + device.name + "  since " + day_of(device.enrolled_at) +
                (device.revoked ? "  revoked" : "") + "\n";
    }
    if (text.empty()) text = "No devices yet. Invite somebody: debrief admin invite USER\n";
    text.pop_back();
    return json{{"devices", std::move(list)}, {"text", text}};
}

Result<json> device_revoke(const AdminContext& context, const Words& words) {
    DEBRIEF_TRY(sync::revoke_device(context.store, words.plain[0]));
    return json{{"text", "The device is cut off."}};
}

Result<json> import_command(const AdminContext& context, const Words& words) {
    auto files = read_import_files(words.plain[1], words.plain[0]);
    if (!files) return files.error();
    core::ImportOptions options;
    options.dry_run = words.options.count("--dry-run") != 0;
    options.remove_missing = words.options.count("--remove-missing") != 0;
    options.today = today(context);
    const auto report = core::import_files(context.store.records(), words.plain[0], *files, options);
    if (!report) return report.error();
    return import_json(*report);
}

Result<json> sample(const AdminContext& context, const Words&) {
    const auto loaded = load_sample(context.store.records(), today(context), {});
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

std::string name_of(const AdminContext& context, const core::Uuid& user) {
    const auto& users = context.store.directory().users;
    const auto found = users.find(user);
    return found == users.end() ? user.text() : found->second.name;
}

json handover_json(const AdminContext& context, const sync::Handover& item) {
    json records = json::array();
    for (const auto& write : item.changeset.records) {
        records.push_back({{"table", write.table}, {"id", write.record.text()}, {"fields", write.fields.size()}});
    }
    return {{"id", item.id},       {"author", item.author.text()},      {"author_name", name_of(context, item.author)},
            {"scope", item.scope}, {"at", core::instant_text(item.at)}, {"records", std::move(records)}};
}

Result<std::int64_t> number_of(const std::string& word) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (error == std::errc{} && end == word.data() + word.size()) return number;
    return Error{Errc::invalid, "'" + word + "' is no number of a change that waits.", "id",
                 "debrief admin --data DIR handover list"};
}

Result<json> handover_list(const AdminContext& context, const Words&) {
    const auto items = context.store.handovers();
    if (!items) return items.error();
    json list = json::array();
    std::string text;
    for (const auto& item : *items) {
        list.push_back(handover_json(context, item));
        text += std::to_string(item.id) + "  " + day_of(item.at) + "  " + name_of(context, item.author) + "  " +
                item.scope + "  " + std::to_string(item.changeset.records.size()) + " records\n";
    }
    if (text.empty()) text = "Nothing waits to be filed.\n";
    text.pop_back();
    return json{{"handover", std::move(list)}, {"text", text}};
}

Result<json> handover_show(const AdminContext& context, const Words& words) {
    const auto id = number_of(words.plain[0]);
    if (!id) return id.error();
    const auto items = context.store.handovers();
    if (!items) return items.error();
    for (const auto& item : *items) {
        if (item.id != *id) continue;
        json shown = handover_json(context, item);
        std::string text = name_of(context, item.author) + ", " + core::instant_text(item.at) + ", " + item.scope;
        json writes = json::array();
        for (const auto& write : item.changeset.records) {
            const auto* table = core::catalogue().table(write.table);
            json fields = json::object();
            text += "\n" + write.table + " " + write.record.text();
            for (const auto& field : write.fields) {
                fields[field.field] = value_json(field.value, table == nullptr ? nullptr : table->field(field.field));
                text += "\n  " + field.field + " = " +
                        fields[field.field].dump(-1, ' ', false, json::error_handler_t::replace);
            }
            writes.push_back({{"table", write.table}, {"id", write.record.text()}, {"fields", std::move(fields)}});
        }
        shown["records"] = std::move(writes);
        shown["text"] = text;
        return shown;
    }
    return Error{Errc::not_found, "Nothing with the number " + words.plain[0] + " waits to be filed.", "id",
                 "debrief admin --data DIR handover list"};
}

Result<json> handover_file(const AdminContext& context, const Words& words) {
    const auto id = number_of(words.plain[0]);
    if (!id) return id.error();
    std::optional<core::Uuid> as;
    if (const auto named = words.option("--as")) {
        const auto user = sync::find_user(context.store.directory(), *named);
        if (!user) return user.error();
        as = *user;
    }
    DEBRIEF_TRY(context.store.file_handover(*id, as));
    return json{{"text", "It is filed: everybody who serves the account has it now."}};
}

Result<json> handover_drop(const AdminContext& context, const Words& words) {
    const auto id = number_of(words.plain[0]);
    if (!id) return id.error();
    DEBRIEF_TRY(context.store.drop_handover(*id));
    return json{{"text", "It is dropped."}};
}

Result<json> erase(const AdminContext& context, const std::string& table, const std::string& word) {
    const auto id = core::parse_uuid(word);
    const auto place = id ? context.store.records().locate(*id)
                          : Result<std::optional<core::TouchedRecord>>{std::optional<core::TouchedRecord>{}};
    if (!place) return place.error();
    if (!*place || (*place)->table != table)
        return Error{Errc::not_found, "There is no " + table + " with this id.", table, {}};
    const auto erased = context.store.erase(*id);
    if (!erased) return erased.error();
    std::map<std::string, int> removed;
    for (const auto& record : *erased) ++removed[record.table];
    return json{{"removed", removed},
                {"text", "Erased: the words of " + std::to_string(erased->size()) +
                             " records, here and wherever "
                             "devices come back."}};
}

Result<json> erase_contact(const AdminContext& context, const Words& words) {
    return erase(context, "contact", words.plain[0]);
}
Result<json> erase_message(const AdminContext& context, const Words& words) {
    return erase(context, "message", words.plain[0]);
}

const std::vector<Command>& commands() {
    static const std::vector<Command> all{
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
        {"assign", "ACCOUNT USER|TEAM", "lets somebody serve an account", 2, 2, {}, {}, assign},
        {"unassign", "ACCOUNT USER|TEAM", "ends that", 2, 2, {}, {}, unassign},
        {"invite", "USER", "prints an invitation for one device, good for 72 hours", 1, 1, {}, {}, invite},
        {"device list", "", "lists the devices", 0, 0, {}, {}, device_list},
        {"device revoke", "DEVICE", "cuts a device off", 1, 1, {}, {}, device_revoke},
        {"handover list",
         "",
         "lists the work of people who lost an account before they synced",
         0,
         0,
         {},
         {},
         handover_list},
        {"handover show", "NUMBER", "shows one of them", 1, 1, {}, {}, handover_show},
        {"handover file",
         "NUMBER [--as USER]",
         "puts it where it was written for, in its author's name or another's",
         1,
         1,
         {"--as"},
         {},
         handover_file},
        {"handover drop", "NUMBER", "drops it for good", 1, 1, {}, {}, handover_drop},
        {"erase contact", "ID", "erases a person's words, everywhere and for good", 1, 1, {}, {}, erase_contact},
        {"erase message", "ID", "erases a line, and all that was understood from it", 1, 1, {}, {}, erase_message},
        {"import",
         "FORMAT PATH [--dry-run] [--remove-missing] [--verbose]",
         "imports a CRM's files for everybody",
         2,
         2,
         {},
         {"--dry-run", "--remove-missing", "--verbose"},
         import_command},
        {"sample",
         "",
         "loads the sample workspace (a public CRM data set, and invented evidence marked so)",
         0,
         0,
         {},
         {},
         sample},
        {"status", "", "says what is here", 0, 0, {}, {}, status},
    };
    return all;
}

Result<Words> parse(const Command& command, const std::vector<std::string>& words, std::size_t from) {
    Words parsed;
    const std::string right = "debrief admin " + command.name + (command.usage.empty() ? "" : " " + command.usage);
    for (std::size_t i = from; i < words.size(); ++i) {
        const auto& word = words[i];
        if (word.rfind("--", 0) != 0) {
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

}  // namespace

std::string admin_help() {
    std::string text;
    for (const auto& command : commands()) {
        text +=
            "  " + command.name + (command.usage.empty() ? "" : " " + command.usage) + "\n      " + command.does + "\n";
    }
    return text;
}

Result<json> run_admin(const AdminContext& context, const std::vector<std::string>& words) {
    for (const auto& command : commands()) {
        const auto space = command.name.find(' ');
        const std::size_t length = space == std::string::npos ? 1 : 2;
        if (words.size() < length || words[0] != command.name.substr(0, space)) continue;
        if (length == 2 && words[1] != command.name.substr(space + 1)) continue;
        const auto parsed = parse(command, words, length);
        if (!parsed) return parsed.error();
        return command.run(context, *parsed);
    }
    std::string said;
    for (const auto& word : words) said += (said.empty() ? "" : " ") + word;
    return Error{Errc::invalid, said.empty() ? "No command was given." : "There is no command '" + said + "'.", "",
                 "The commands are:\n" + admin_help()};
}

}  // namespace debrief::platform
