#include "platform/app/playbooks.hpp"

#include <algorithm>

#include "platform/app/rpc_errors.hpp"

namespace debrief::platform {

using core::Errc;
using core::Error;

core::Result<std::vector<KnownPlaybook>> known_playbooks(Context& context) {
    std::vector<KnownPlaybook> all{{bot::builtin_debrief(), std::string{bot::builtin_debrief_json()}, true}};
    const auto page =
        context.store().list({.table = "playbook", .where = {}, .order = "name", .limit = 0, .after = {}});
    if (!page) return page.error();
    for (const auto& record : page->records) {
        const auto body = record.text("body");
        auto read = bot::parse_playbook(body);
        if (!read) continue;
        const bool active = record.flag("active");
        // What the workspace made active stands over what the program brings.
        if (active) {
            for (auto& other : all) other.active = other.active && other.playbook.kind != read->kind;
        }
        all.push_back({std::move(*read), body, active});
    }
    return all;
}

core::Result<bot::Playbook> find_playbook(Context& context, const std::string& id, const std::string& version) {
    const auto& builtin = bot::builtin_debrief();
    if (id == builtin.id && version == builtin.version) return builtin;
    const auto all = known_playbooks(context);
    if (!all) return all.error();
    for (const auto& known : *all) {
        if (known.playbook.id == id && (version.empty() ? known.active : known.playbook.version == version))
            return known.playbook;
    }
    return Error{Errc::not_found,
                 "There is no playbook '" + id + "'" + (version.empty() ? "" : " in version " + version) + " here.",
                 "playbook", "playbook.list shows those that are there."};
}

core::Result<bot::Playbook> active_playbook(Context& context, const std::string& kind) {
    const auto all = known_playbooks(context);
    if (!all) return all.error();
    for (const auto& known : *all) {
        if (known.active && known.playbook.kind == kind) return known.playbook;
    }
    return not_available_yet("chat.start with kind '" + kind + "'",
                             "This version holds debriefs: chat.start with kind \"debrief\".");
}

}  // namespace debrief::platform
