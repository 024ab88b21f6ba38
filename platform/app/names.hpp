// People and accounts are ids; where a person types, a unique name will do.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/result.hpp"
#include "core/store/store.hpp"

namespace debrief::platform {

/// The record of `table` that `text` means: its id, its name, or its name but for case and spacing. With `account` only
/// contacts of that account count. `field` is the parameter, for messages.
/// Errors: `not_found` with the nearest name, `ambiguous` listing those that fit.
core::Result<core::Uuid> resolve(core::Store& store, std::string_view table, const std::string& text,
                                 const std::string& field, const std::optional<core::Uuid>& account = std::nullopt);
/// The parameter `name` of `params`, resolved; nothing if it is not given.
core::Result<std::optional<core::Uuid>> resolve_param(core::Store& store, std::string_view table,
                                                      const nlohmann::json& params, const std::string& name,
                                                      const std::optional<core::Uuid>& account = std::nullopt);
/// The record, or `not_found` in words: "There is no meeting with this id."
core::Result<core::Record> need_record(core::Store& store, std::string_view table, const core::Uuid& id,
                                       const std::string& field);

/// All records of a table, by id.
core::Result<std::vector<core::Record>> all_records(core::Store& store, std::string_view table);

/// The name of a user, contact, account, team; empty if it is not here.
std::string name_in(core::Store& store, std::string_view table, const core::Uuid& id);

}  // namespace debrief::platform
