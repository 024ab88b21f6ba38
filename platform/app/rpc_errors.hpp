// How an error looks at the JSON-RPC door: a code, a short name, and data {reason, field?, hint}.
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "core/result.hpp"

namespace debrief::platform {

inline constexpr int rpc_parse_error = -32700;
inline constexpr int rpc_invalid_request = -32600;

/// The standard's own codes where they say it, else one of -32001 … -32011: one for each Errc.
int rpc_code(core::Errc code);
/// `invalid`, `not_found` …: the word for programs.
std::string word_of(core::Errc code);
/// The `error` member of a response.
nlohmann::json rpc_error(const core::Error& error);

/// What every method says that is part of the contract but not of this version.
core::Error not_available_yet(const std::string& what, std::string hint = {});

}  // namespace debrief::platform
