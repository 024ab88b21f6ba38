// What record.put checks and fills in before it writes.
#pragma once

#include <optional>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "core/catalogue/catalogue.hpp"
#include "core/store/store.hpp"
#include "platform/app/context.hpp"

namespace debrief::platform {

/// Errors: `invalid` with the nearest name.
core::Result<const core::Table*> known_table(const std::string& name);

/// Whether this user may write records of this table by hand. Errors: `denied`.
core::Status may_write(Context& context, const core::Table& table);

/// Errors: `invalid` (naming `fields.<name>`), `not_found`, `ambiguous` for names.
core::Result<core::FieldMap> fields_from_json(Context& context, const core::Table& table, const nlohmann::json& fields,
                                              const std::optional<core::Uuid>& id);

/// Sets what a new record says by being written now and by this user, and refuses what no record may say.
/// Errors: `invalid`, `denied`.
core::Status complete(Context& context, const core::Table& table, core::Put& put);

}  // namespace debrief::platform
