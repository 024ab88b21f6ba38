// What every method takes and gives, read from the one schema (rpc_schema.json, an OpenRPC document that is built in).
// Parameters are checked against it before a method runs; tests check results the same way.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/result.hpp"

namespace debrief::platform {

/// The document's text.
std::string_view rpc_schema_text();

/// Threads: any, once made.
class RpcSchema {
public:
    static const RpcSchema& get();

    [[nodiscard]] bool has(std::string_view method) const;
    /// In the contract, but not in this version.
    [[nodiscard]] bool available(std::string_view method) const;
    [[nodiscard]] std::vector<std::string> methods() const;

    /// `params` as an object: a list is matched by position, null means none. Errors: `invalid`, naming what is
    /// unknown, missing or of the wrong type; `unavailable` for a method that is not there, or not yet.
    [[nodiscard]] core::Result<nlohmann::json> accept(const std::string& method, const nlohmann::json& params) const;
    /// Empty if `result` is what the schema promises, with no field that it does not name; else where and why not.
    [[nodiscard]] std::string fault_in_result(const std::string& method, const nlohmann::json& result) const;
    [[nodiscard]] std::string fault_in_notification(const std::string& method, const nlohmann::json& params) const;

private:
    RpcSchema();
    const nlohmann::json* find(std::string_view method) const;

    std::vector<std::pair<std::string, const nlohmann::json*>> methods_;  // Sorted by name.
};

}  // namespace debrief::platform
