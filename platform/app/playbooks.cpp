#include "platform/app/playbooks.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "bot/kinds/kinds.hpp"
#include "bot/rehearsal/rehearsal.hpp"
#include "platform/app/rpc_errors.hpp"

namespace debrief::platform {

using core::Errc;
using core::Error;

core::Result<std::vector<KnownPlaybook>> known_playbooks(Context& context) {
    std::vector<KnownPlaybook> all;
    for (const auto& one : bot::builtin_playbooks())
        all.push_back({one.playbook, std::string{one.json}, one.active, {}});
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
        all.push_back({std::move(*read), body, active, record.id});
    }
    return all;
}

core::Result<bot::Playbook> find_playbook(Context& context, const std::string& id, const std::string& version) {
    // A rehearsal's questions are no playbook: who is played decides them.
    if (const auto& practice = bot::rehearsal::book(); id == practice.id && version == practice.version)
        return practice;
    for (const auto& one : bot::builtin_playbooks()) {
        if (id == one.playbook.id && version == one.playbook.version) return one.playbook;
    }
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

core::Result<Published> publish(Context& context, std::string_view document) {
    auto read = bot::parse_playbook(document);
    if (!read) return read.error();
    if (read->kind == "ending") {
        return Error{Errc::invalid, "The questions about how an opportunity ended come with the program.", "kind",
                     "A workspace can have debriefs, reviews and one-to-ones of its own."};
    }
    const auto all = known_playbooks(context);
    if (!all) return all.error();
    const auto plain = nlohmann::json::parse(document);
    Published published{*read, false};
    std::optional<core::Uuid> here;
    std::vector<core::Edit> edits;
    for (const auto& known : *all) {
        if (known.playbook.id == read->id && known.playbook.version == read->version) {
            // A conversation ends under the version that it began with: what has a name keeps its words.
            if (nlohmann::json::parse(known.json) != plain) {
                return Error{Errc::invalid,
                             "Version " + read->version + " of '" + read->id + "' is there already, with other words.",
                             "version",
                             "Give what you changed a new version; 'debrief playbook diff' shows the changes."};
            }
            if (known.active) return published;
            if (!known.record) {
                return Error{Errc::invalid,
                             "Version " + read->version + " of '" + read->id + "' comes with the program.", "version",
                             "Give it a version of its own to make it the workspace's."};
            }
            here = known.record;
        } else if (known.active && known.record && known.playbook.kind == read->kind) {
            edits.emplace_back(core::Put{"playbook", *known.record, {{"active", false}}, std::nullopt});
        }
    }
    edits.emplace_back(core::Put{"playbook",
                                 here.value_or(context.store().new_id()),
                                 {{"name", read->id},
                                  {"kind", read->kind},
                                  {"playbook_version", read->version},
                                  {"active", true},
                                  {"body", plain.dump()}},
                                 std::nullopt});
    if (auto written = context.store().write(edits); !written) return written.error();
    published.changed = true;
    return published;
}

core::Result<bot::Playbook> active_playbook(Context& context, const std::string& kind) {
    if (bot::kind_called(kind) == nullptr) {
        return not_available_yet("chat.start with kind '" + kind + "'", "This version holds debriefs and rehearsals.");
    }
    if (kind == bot::rehearsal::book().kind) return bot::rehearsal::book();
    const auto all = known_playbooks(context);
    if (!all) return all.error();
    for (const auto& known : *all) {
        if (known.active && known.playbook.kind == kind) return known.playbook;
    }
    return not_available_yet("chat.start with kind '" + kind + "'",
                             "This version holds debriefs: chat.start with kind \"debrief\".");
}

}  // namespace debrief::platform
