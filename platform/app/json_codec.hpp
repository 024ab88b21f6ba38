// The core's values ⇄ the contract's JSON: ids as UUID text, instants ISO 8601, civil dates as said.
#pragma once

#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "core/catalogue/catalogue.hpp"
#include "core/journey/journey.hpp"
#include "core/store/store.hpp"

namespace debrief::platform {

/// `field` may be missing: a field that this version does not know keeps its plain value.
nlohmann::json value_json(const core::Value& value, const core::Field* field);
/// Names of users, accounts and contacts stand for their ids. Null clears. `place` is how the value is called in
/// messages. Errors: `invalid`, `not_found`, `ambiguous`.
core::Result<core::Value> value_from_json(core::Store& store, const core::Field& field, const nlohmann::json& value,
                                          const std::string& place, const std::optional<core::Uuid>& account);

/// `{id, …fields}`.
nlohmann::json record_json(const core::Record& record);
std::string dot_text(const core::Dot& dot);

nlohmann::json uuid_json(const std::optional<core::Uuid>& id);
nlohmann::json named_json(const core::NamedId& named);
nlohmann::json text_or_null(const std::string& text);
nlohmann::json ids_json(const std::vector<core::Uuid>& ids);

/// A result that says which act of change.list it was, where something was changed.
nlohmann::json with_act(nlohmann::json result, const std::optional<std::uint64_t>& act);

/// The id in a parameter that the schema says is one; nothing if it is not given.
std::optional<core::Uuid> id_param(const nlohmann::json& params, const std::string& name);
std::string text_param(const nlohmann::json& params, const std::string& name, std::string otherwise = {});

/// Text that our own codecs made. An empty object if it is none.
nlohmann::json parsed(const std::string& text);

}  // namespace debrief::platform
