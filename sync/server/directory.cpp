#include "sync/server/directory.hpp"

#include <algorithm>

#include "core/utf8.hpp"

namespace debrief::sync {
namespace {

using core::Errc;
using core::Error;
using core::Result;
using core::Uuid;

template <typename Take>
core::Status each_record(core::Store& store, const char* table, const Take& take) {
    core::Query query;
    query.table = table;
    const auto page = store.list(query);
    if (!page) return page.error();
    for (const auto& record : page->records) take(record);
    return core::Ok{};
}

// Names are compared as people read them, without regard to letter case.
template <typename Named>
Result<Uuid> find_named(const std::map<Uuid, Named>& things, std::string_view wanted, const std::string& kind) {
    if (const auto id = core::parse_uuid(wanted)) {
        if (things.count(*id) != 0) return *id;
        return Error{Errc::not_found, "There is no " + kind + " " + std::string{wanted} + ".", {}, {}};
    }
    const auto key = core::fold(wanted);
    std::vector<const Named*> found;
    for (const auto& [id, thing] : things) {
        if (core::fold(thing.name) == key) found.push_back(&thing);
    }
    if (found.size() == 1) return found.front()->id;
    if (found.empty()) {
        return Error{Errc::not_found, "There is no " + kind + " named \"" + std::string{wanted} + "\".", {}, {}};
    }
    std::string candidates;
    for (const auto* thing : found)
        candidates += (candidates.empty() ? "" : ", ") + thing->name + " (" + thing->id.text() + ")";
    return Error{
        Errc::ambiguous, "\"" + std::string{wanted} + "\" fits several: " + candidates + ".", {}, "Give the id."};
}

}  // namespace

Result<Directory> load_directory(core::Store& store) {
    Directory directory;
    DEBRIEF_TRY(each_record(store, "user", [&](const core::Record& record) {
        const auto* active = record.find("active");
        directory.users[record.id] = {record.id, record.text("name"), record.text("role"), record.text("language"),
                                      active == nullptr || record.flag("active")};
    }));
    DEBRIEF_TRY(each_record(store, "team", [&](const core::Record& record) {
        directory.teams[record.id] = {record.id, record.text("name"), record.ref("manager"), record.ref("parent")};
    }));
    DEBRIEF_TRY(each_record(store, "member", [&](const core::Record& record) {
        const auto team = record.ref("team");
        const auto user = record.ref("user");
        if (!team || !user) return;
        directory.teams_of[*user].insert(*team);
        directory.members_of[*team].insert(*user);
        directory.members[{*team, *user}] = record.id;
    }));
    DEBRIEF_TRY(each_record(store, "assignment", [&](const core::Record& record) {
        const auto account = record.ref("account");
        if (!account) return;
        directory.assignments[*account].push_back(
            {record.id, record.ref("user"), record.ref("team"), record.flag("owner")});
    }));
    return directory;
}

Result<Uuid> find_user(const Directory& directory, std::string_view name_or_id) {
    return find_named(directory.users, name_or_id, "user");
}

Result<Uuid> find_team(const Directory& directory, std::string_view name_or_id) {
    return find_named(directory.teams, name_or_id, "team");
}

}  // namespace debrief::sync
