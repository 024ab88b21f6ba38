// Filters of record.list: {field: value}, {field: null}, {field: {op: value}}.
#pragma once

#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/catalogue/catalogue.hpp"
#include "core/store/store.hpp"

namespace debrief::platform {

/// Errors: `invalid`, naming the field or the operation.
core::Result<std::vector<core::Where>> where_from_json(core::Store& store, const core::Table& table,
                                                       const nlohmann::json& where);

core::Error unknown_field(const core::Table& table, const std::string& name, const std::string& place);

}  // namespace debrief::platform
