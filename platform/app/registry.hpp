// Which function carries out which method. Each file methods_*.cpp offers the table of its group.
#pragma once

#include <span>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "core/result.hpp"
#include "platform/app/context.hpp"

namespace debrief::platform {

/// `params` has passed the schema. A handler that fails has changed nothing.
using Handler = core::Result<nlohmann::json> (*)(Context& context, const nlohmann::json& params);

struct Method {
    std::string_view name;
    Handler handler;
    /// Whether somebody must own the store: `store.init` or `sync.join` came first.
    bool needs_owner = true;
};

std::span<const Method> system_methods();
std::span<const Method> record_methods();
std::span<const Method> file_methods();
std::span<const Method> language_methods();
std::span<const Method> chat_methods();
std::span<const Method> presence_methods();
std::span<const Method> journey_methods();
std::span<const Method> rehearsal_methods();
std::span<const Method> team_methods();
std::span<const Method> coaching_methods();
std::span<const Method> playbook_methods();
std::span<const Method> conflict_methods();
std::span<const Method> change_methods();
std::span<const Method> erase_methods();
std::span<const Method> sync_methods();
std::span<const Method> admin_methods();

/// Nothing if no file carries it out.
const Method* find_method(std::string_view name);

}  // namespace debrief::platform
