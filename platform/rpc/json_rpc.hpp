// JSON-RPC 2.0: requests, notifications and batches as text in, the answer as text out.
// Source: jsonrpc.org/specification, 2013-01-04.
#pragma once

#include <functional>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "core/result.hpp"

namespace debrief::platform {

/// By value: what it gives can be as large as a room of ten thousand lines, and is moved all the way to its text.
using RpcDone = std::function<void(core::Result<nlohmann::json> result)>;
/// Begins one call; `done` is called once, now or later.
using RpcBegin = std::function<void(const std::string& method, const nlohmann::json& params, const RpcDone& done)>;
/// Has everything in `request` begun, in order; gives the answer as one line without its end when all of it is there,
/// empty if none is due (notifications).
void begin_json_rpc(const std::string& request, const RpcBegin& begin,
                    std::function<void(const std::string& answer)> done);

using RpcCall = std::function<core::Result<nlohmann::json>(const std::string& method, const nlohmann::json& params)>;
/// The same with calls that return their result.
std::string answer_json_rpc(const std::string& request, const RpcCall& call);

/// A notification to the other side, as one line without its end.
std::string rpc_notification(const std::string& method, const nlohmann::json& params);
/// An answer to something that could not even be read.
std::string rpc_refusal(int code, const std::string& reason, const std::string& hint);

/// Nested deeper than this, a request is refused: no method needs it, and printing it would need the stack.
inline constexpr int rpc_depth_max = 64;

}  // namespace debrief::platform
