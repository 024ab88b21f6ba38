// A record with all its heads as bytes: what is kept as confirmed while own changes are pending over it.
#pragma once

#include "core/changes/merge.hpp"

namespace debrief::core {

/// Deterministic: equal states give equal bytes. A state without any head gives no bytes.
Bytes encode(const RecordState& state);
/// Errors: `corrupt`. No bytes are a state without heads; table, id and scope are then empty.
Result<RecordState> decode_state(ByteView bytes);

}  // namespace debrief::core
