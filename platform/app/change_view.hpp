// What a change wrote, as people are shown it: what waits for the server, what can be taken back.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/changes/changeset.hpp"
#include "core/device/acts.hpp"
#include "core/store/store.hpp"

namespace debrief::platform {

/// Name, title or first words of a record, also of one that was deleted; what it is about where it has none of its own.
/// At most `name_bytes_max` bytes and an ellipsis; empty if nothing is known.
std::string record_title(core::Store& store, const std::string& table, const core::Uuid& id);
inline constexpr std::size_t name_bytes_max = 160;

/// The schema's `changed_record`.
nlohmann::json changed_record_json(core::Store& store, const core::RecordWrite& write);
/// The account that a change is about, by where it lives or by what it writes.
std::optional<core::Uuid> account_of(core::Store& store, const core::Changeset& changeset);

/// The schema's `act`.
core::Result<nlohmann::json> act_json(core::Store& store, core::Acts& acts, const core::Act& act);
/// The schema's `turn`; of nothing at all where there was nothing to turn.
core::Result<nlohmann::json> turn_json(core::Store& store, core::Acts& acts, const std::optional<core::Turn>& turn);

}  // namespace debrief::platform
