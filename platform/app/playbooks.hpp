// The playbooks of this store: the built-in ones and those of the workspace.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "bot/playbook/playbook.hpp"
#include "platform/app/context.hpp"

namespace debrief::platform {

struct KnownPlaybook {
    bot::Playbook playbook;
    std::string json;  ///< As published.
    bool active = false;
    std::optional<core::Uuid> record;  ///< Of the workspace's; nothing for a built-in one.
};

/// Built-in ones first, then by id and version. One that cannot be read is left out.
core::Result<std::vector<KnownPlaybook>> known_playbooks(Context& context);

/// The version that a conversation began under. `version` empty: the active one.
/// Errors: `not_found`.
core::Result<bot::Playbook> find_playbook(Context& context, const std::string& id, const std::string& version);
struct Published {
    bot::Playbook playbook;
    bool changed = false;  ///< False: it was the active one already.
};
/// Makes it the active one of its kind in this workspace; those before it stay for the conversations that began under
/// them. Errors: `invalid`, naming the first faulty entry, or `version` where that version has other words already; as
/// Store::write. Who may is the caller's to ask.
core::Result<Published> publish(Context& context, std::string_view document);
/// The one that a new conversation of this kind begins under. Errors: `unavailable`.
core::Result<bot::Playbook> active_playbook(Context& context, const std::string& kind);

}  // namespace debrief::platform
