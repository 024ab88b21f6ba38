// What waits in the server's handover inbox for a manager, as last told: so that it can be shown without a network.
#pragma once

#include "core/store/store.hpp"
#include "sync/frames/frame.hpp"

namespace debrief::sync {

/// Replaces what was kept; nothing is written where that is the same.
core::Status keep_inbox(core::Store& store, const InboxFrame& inbox);
/// Empty if nothing was told, or what is kept cannot be read.
InboxFrame kept_inbox(core::Store& store);

}  // namespace debrief::sync
