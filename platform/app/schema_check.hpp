// The part of JSON Schema that rpc_schema.json uses: type, enum, properties, required, additionalProperties, items,
// oneOf (with null), $ref into components, minimum, maximum, and our formats.
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "core/result.hpp"

namespace debrief::platform {

/// Checks `value` against `schema`. `place` is how the value is called in messages: `fields.text`.
/// Objects whose schema lists properties refuse others unless it says `additionalProperties: true`.
/// Errors: `invalid` with `field` set to the place.
core::Status check_json(const nlohmann::json& value, const nlohmann::json& schema, const nlohmann::json& root,
                        const std::string& place);

/// The nearest of `words` if it is near enough to be a slip of the finger; else empty.
std::string nearest_word(std::string_view word, const std::vector<std::string>& words);

}  // namespace debrief::platform
