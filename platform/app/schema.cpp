#include "platform/app/schema.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "platform/app/rpc_errors.hpp"
#include "platform/app/schema_check.hpp"

namespace debrief::embedded {
extern const std::string_view rpc_schema;
}

namespace debrief::platform {
namespace {

using core::Errc;
using core::Error;
using nlohmann::json;

const json& document() {
    static const json parsed = json::parse(embedded::rpc_schema);
    return parsed;
}

std::string takes(const json& method) {
    std::string list;
    for (const auto& param : method["params"]) {
        list +=
            (list.empty() ? "" : ", ") + param["name"].get<std::string>() + (param.value("required", false) ? "" : "?");
    }
    const auto name = method["name"].get<std::string>();
    return list.empty() ? name + " takes no parameters." : name + " takes " + list + ".";
}

const json* parameter(const json& method, const std::string& name) {
    for (const auto& param : method["params"]) {
        if (param["name"] == name) return &param;
    }
    return nullptr;
}

core::Result<json> by_name(const json& method, const json& params) {
    if (params.is_null()) return json::object();
    if (params.is_object()) return params;
    if (!params.is_array()) {
        return Error{.code = Errc::invalid,
                     .detail = "The parameters must be an object.",
                     .field = "params",
                     .hint = takes(method)};
    }
    if (params.size() > method["params"].size()) {
        return Error{.code = Errc::invalid,
                     .detail = "There are too many parameters.",
                     .field = "params",
                     .hint = takes(method)};
    }
    json named = json::object();
    for (std::size_t i = 0; i < params.size(); ++i) named[method["params"][i]["name"].get<std::string>()] = params[i];
    return named;
}

}  // namespace

std::string_view rpc_schema_text() {
    return embedded::rpc_schema;
}

RpcSchema::RpcSchema() {
    for (const auto& method : document()["methods"]) methods_.emplace_back(method["name"].get<std::string>(), &method);
    std::sort(methods_.begin(), methods_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
}

const RpcSchema& RpcSchema::get() {
    static const RpcSchema only;
    return only;
}

const json* RpcSchema::find(std::string_view method) const {
    const auto place = std::lower_bound(methods_.begin(), methods_.end(), method,
                                        [](const auto& entry, std::string_view name) { return entry.first < name; });
    return place != methods_.end() && place->first == method ? place->second : nullptr;
}

bool RpcSchema::has(std::string_view method) const {
    return find(method) != nullptr;
}

bool RpcSchema::available(std::string_view method) const {
    const auto* found = find(method);
    return found != nullptr && found->value("x-available", true);
}

std::vector<std::string> RpcSchema::methods() const {
    std::vector<std::string> names;
    for (const auto& entry : methods_) names.push_back(entry.first);
    return names;
}

core::Result<json> RpcSchema::accept(const std::string& method, const json& params) const {
    const auto* found = find(method);
    if (found == nullptr) {
        const auto near = nearest_word(method, methods());
        return Error{.code = Errc::unavailable,
                     .detail = "There is no method '" + method + "'.",
                     .field = "method",
                     .hint = near.empty() ? "rpc.discover lists every method." : "Did you mean '" + near + "'?"};
    }
    if (!available(method)) return not_available_yet(method);
    auto named = by_name(*found, params);
    if (!named) return named.error();
    for (const auto& [name, value] : named->items()) {
        const auto* param = parameter(*found, name);
        if (param == nullptr) {
            return Error{.code = Errc::invalid,
                         .detail = "Unknown parameter '" + name + "'.",
                         .field = name,
                         .hint = takes(*found)};
        }
        // An optional parameter that is null is one that is not given.
        if (value.is_null() && !param->value("required", false)) continue;
        if (auto fits = check_json(value, (*param)["schema"], document(), name); !fits) {
            auto error = fits.error();
            if (error.hint.empty()) error.hint = takes(*found);
            return error;
        }
    }
    for (const auto& param : (*found)["params"]) {
        const auto name = param["name"].get<std::string>();
        if (param.value("required", false)) {
            if (!named->contains(name)) {
                return Error{.code = Errc::invalid,
                             .detail = "The parameter '" + name + "' is missing.",
                             .field = name,
                             .hint = takes(*found)};
            }
        } else if (named->contains(name) && (*named)[name].is_null()) {
            named->erase(name);
        }
    }
    return named;
}

std::string RpcSchema::fault_in_result(const std::string& method, const json& result) const {
    const auto* found = find(method);
    if (found == nullptr) return "there is no method '" + method + "'";
    const auto fits = check_json(result, (*found)["result"]["schema"], document(), "result");
    return fits ? std::string{} : fits.error().detail;
}

std::string RpcSchema::fault_in_notification(const std::string& method, const json& params) const {
    for (const auto& notification : document()["x-notifications"]) {
        if (notification["name"] != method) continue;
        const auto fits = check_json(params, notification["params"], document(), "params");
        return fits ? std::string{} : fits.error().detail;
    }
    return "there is no notification '" + method + "'";
}

}  // namespace debrief::platform
