// The same frames for people: CBOR as JSON text and back, without loss. Bytes are {"~": "<base64url>"}.
#pragma once

#include <string>
#include <string_view>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace debrief::sync {

/// Errors: `corrupt` if `cbor` is not a valid frame.
core::Result<std::string> json_of_cbor(core::ByteView cbor);
/// Errors: `corrupt` for what no frame can be: not JSON, too deep, floating point, bytes that are not base64url.
core::Result<core::Bytes> cbor_of_json(std::string_view text);

}  // namespace debrief::sync
