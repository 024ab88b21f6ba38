#include "sync/server/admin.hpp"

#include <algorithm>

#include "core/catalogue/scope.hpp"
#include "core/utf8.hpp"

namespace debrief::sync {
namespace {

using core::Errc;
using core::Error;
using core::Result;
using core::Status;
using core::Uuid;

Error needs(const std::string& what) {
    return Error{Errc::invalid, "A " + what + " needs a name.", "name", {}};
}

bool is_blank(const std::string& name) {
    return !core::is_utf8(name) || !core::has_word(name);
}

// "Again on an existing name: updates it."
template <typename Find>
Result<std::optional<Uuid>> existing(const Find& find) {
    const auto found = find();
    if (found) return std::optional{*found};
    if (found.error().code == Errc::not_found) return std::optional<Uuid>{};
    return found.error();
}

struct Server {
    std::optional<Uuid> user;
    std::optional<Uuid> team;
};

// Who serves an account: a user or a team of that name. One name for both is ambiguous.
Result<Server> find_server(const Directory& directory, std::string_view name) {
    const auto user = existing([&] { return find_user(directory, name); });
    if (!user) return user.error();
    const auto team = existing([&] { return find_team(directory, name); });
    if (!team) return team.error();
    if (*user && *team) {
        return Error{
            Errc::ambiguous,
            "\"" + std::string{name} + "\" is a user (" + (*user)->text() + ") and a team (" + (*team)->text() + ").",
            {},
            "Give the id."};
    }
    if (!*user && !*team)
        return Error{Errc::not_found, "There is no user or team named \"" + std::string{name} + "\".", {}, {}};
    return Server{*user, *team};
}

const Assignment* find_assignment(const Directory& directory, const Uuid& account, const Server& server) {
    const auto found = directory.assignments.find(account);
    if (found == directory.assignments.end()) return nullptr;
    const auto match = std::find_if(found->second.begin(), found->second.end(), [&](const Assignment& assignment) {
        return assignment.user == server.user && assignment.team == server.team;
    });
    return match == found->second.end() ? nullptr : &*match;
}

}  // namespace

Result<Uuid> add_user(ServerStore& store, const UserSpec& spec) {
    if (is_blank(spec.name)) return needs("user");
    if (spec.role != "rep" && spec.role != "manager" && spec.role != "admin") {
        return Error{Errc::invalid, "There is no role \"" + spec.role + "\".", "role", "One of rep, manager, admin."};
    }
    const auto& directory = store.directory();
    const auto known = existing([&] { return find_user(directory, spec.name); });
    if (!known) return known.error();
    std::optional<Uuid> team;
    if (spec.team) {
        const auto found = find_team(directory, *spec.team);
        if (!found) return found.error();
        team = *found;
    }
    const auto id = known->value_or(store.records().new_id());
    core::FieldMap fields{{"role", spec.role}, {"active", true}};
    if (!*known) fields["name"] = spec.name;
    if (!spec.language.empty()) fields["language"] = spec.language;
    if (spec.language.empty() && !*known) fields["language"] = std::string{"en"};
    if (!spec.external_key.empty()) fields["external_key"] = spec.external_key;
    std::vector<core::Edit> edits{core::Put{"user", id, fields, {}}};
    if (team && directory.members.count({*team, id}) == 0) {
        edits.push_back(core::Put{"member", store.records().new_id(), {{"team", *team}, {"user", id}}, {}});
    }
    if (const auto written = store.write(edits); !written) return written.error();
    return id;
}

Status disable_user(ServerStore& store, std::string_view user) {
    const auto id = find_user(store.directory(), user);
    if (!id) return id.error();
    if (const auto written = store.write({core::Put{"user", *id, {{"active", false}}, {}}}); !written)
        return written.error();
    return core::Ok{};
}

Result<Uuid> add_team(ServerStore& store, const TeamSpec& spec) {
    if (is_blank(spec.name)) return needs("team");
    const auto& directory = store.directory();
    const auto known = existing([&] { return find_team(directory, spec.name); });
    if (!known) return known.error();
    const auto id = known->value_or(store.records().new_id());
    core::FieldMap fields;
    if (!*known) fields["name"] = spec.name;
    if (spec.manager) {
        const auto manager = find_user(directory, *spec.manager);
        if (!manager) return manager.error();
        fields["manager"] = *manager;
    }
    if (spec.parent) {
        const auto parent = find_team(directory, *spec.parent);
        if (!parent) return parent.error();
        // Up from the parent, the team itself must not come again.
        for (auto at = directory.teams.find(*parent); at != directory.teams.end();) {
            if (at->first == id) return Error{Errc::invalid, "A team cannot be inside itself.", "parent", {}};
            if (!at->second.parent) break;
            at = directory.teams.find(*at->second.parent);
        }
        fields["parent"] = *parent;
    }
    if (!spec.external_key.empty()) fields["external_key"] = spec.external_key;
    if (fields.empty()) return id;
    if (const auto written = store.write({core::Put{"team", id, fields, {}}}); !written) return written.error();
    return id;
}

Status leave_team(ServerStore& store, std::string_view team, std::string_view user) {
    const auto& directory = store.directory();
    const auto from = find_team(directory, team);
    if (!from) return from.error();
    const auto who = find_user(directory, user);
    if (!who) return who.error();
    const auto known = directory.members.find({*from, *who});
    if (known == directory.members.end()) {
        return Error{Errc::not_found,
                     directory.users.at(*who).name + " is not in " + directory.teams.at(*from).name + ".",
                     "user",
                     {}};
    }
    if (const auto written = store.write({core::Delete{"member", known->second}}); !written) return written.error();
    return core::Ok{};
}

Result<Uuid> find_account(ServerStore& store, std::string_view name_or_id) {
    auto missing =
        Error{Errc::not_found,
              "There is no account \"" + std::string{name_or_id} + "\". None on this server is called so.",
              {},
              "Take the whole name from 'debrief accounts' of somebody who has it, after their 'debrief sync'."};
    if (const auto id = core::parse_uuid(name_or_id)) {
        const auto record = store.records().get("account", *id);
        if (!record) return record.error();
        if (!*record) return missing;
        return *id;
    }
    core::Query query;
    query.table = "account";
    const auto page = store.records().list(query);
    if (!page) return page.error();
    const auto key = core::fold(name_or_id);
    std::vector<const core::Record*> found;
    for (const auto& record : page->records) {
        if (core::fold(record.text("name")) == key) found.push_back(&record);
        // Who may read what is never decided by half a name; but it can be asked.
        if (!key.empty() && core::fold(record.text("name")).starts_with(key))
            missing.hint = "Did you mean \"" + record.text("name") + "\"?";
    }
    if (found.empty()) return missing;
    if (found.size() == 1) return found.front()->id;
    std::string candidates;
    for (const auto* record : found)
        candidates += (candidates.empty() ? "" : ", ") + record->text("name") + " (" + record->id.text() + ")";
    return Error{Errc::ambiguous,
                 "\"" + std::string{name_or_id} + "\" fits several accounts: " + candidates + ".",
                 {},
                 "Give the id."};
}

Status assign(ServerStore& store, std::string_view account, std::string_view user_or_team, bool owner) {
    const auto id = find_account(store, account);
    if (!id) return id.error();
    const auto& directory = store.directory();
    const auto server = find_server(directory, user_or_team);
    if (!server) return server.error();
    const auto* known = find_assignment(directory, *id, *server);
    if (known != nullptr && (known->owner || !owner)) return core::Ok{};
    core::FieldMap fields{{"account", *id}};
    if (server->user) fields["user"] = *server->user;
    if (server->team) fields["team"] = *server->team;
    if (owner) fields["owner"] = true;
    const auto record = known != nullptr ? known->record : store.records().new_id();
    if (const auto written = store.write({core::Put{"assignment", record, fields, {}}}); !written)
        return written.error();
    return core::Ok{};
}

Status unassign(ServerStore& store, std::string_view account, std::string_view user_or_team) {
    const auto id = find_account(store, account);
    if (!id) return id.error();
    const auto& directory = store.directory();
    const auto server = find_server(directory, user_or_team);
    if (!server) return server.error();
    const auto* known = find_assignment(directory, *id, *server);
    if (known == nullptr) {
        return Error{Errc::not_found,
                     "\"" + std::string{user_or_team} + "\" does not serve this account directly.",
                     {},
                     "A manager reads an account through the team: change who serves it."};
    }
    if (const auto written = store.write({core::Delete{"assignment", known->record}}); !written) return written.error();
    return core::Ok{};
}

Result<core::Bytes> invite(ServerStore& store, std::string_view user) {
    const auto id = find_user(store.directory(), user);
    if (!id) return id.error();
    if (const auto& person = store.directory().users.at(*id); !person.active) {
        return Error{Errc::invalid, person.name + " may not sign in.", "user",
                     "To let them in again: debrief admin user add '" + person.name + "' --role " + person.role};
    }
    return store.invite(*id);
}

Status revoke_device(ServerStore& store, std::string_view device) {
    if (const auto id = core::parse_uuid(device)) return store.revoke(*id);
    const auto devices = store.devices();
    if (!devices) return devices.error();
    const auto key = core::fold(device);
    std::vector<const DeviceInfo*> found;
    for (const auto& info : *devices) {
        if (!info.revoked && core::fold(info.name) == key) found.push_back(&info);
    }
    if (found.empty())
        return Error{Errc::not_found, "There is no device named \"" + std::string{device} + "\".", {}, {}};
    if (found.size() == 1) return store.revoke(found.front()->id);
    std::string candidates;
    for (const auto* info : found) candidates += (candidates.empty() ? "" : ", ") + info->id.text();
    return Error{Errc::ambiguous, "Several devices have this name: " + candidates + ".", {}, "Give the id."};
}

}  // namespace debrief::sync
