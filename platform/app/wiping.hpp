// A device that was cut off removes its store, and keeps a note that says so. Every step can be broken off: the next
// opening goes on from there.
#pragma once

#include <optional>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "core/result.hpp"
#include "platform/link/cut_off.hpp"
#include "sync/status.hpp"

namespace debrief::platform {

struct Context;

/// Removes what the open store holds, as its server ordered, and opens an empty one in its place.
void wipe_store(Context& context, const sync::WipeOrder& order);
/// Finishes a removal that was broken off. Call before anything looks at the store. Errors: `io`, `busy`.
core::Status finish_wiping(const std::string& folder);
/// What is known of a store that was removed here; nothing if it was not.
std::optional<CutOffStore> wiped_in(const std::string& folder);
/// Another program on the same folder may have removed the store, or joined again since.
void notice_wiping(Context& context);
/// There is a new store with an owner.
void forget_wiping(Context& context);

/// The field `wiped` of sync.status.
nlohmann::json wiped_json(const CutOffStore& store);
/// What a method says that needs the store which was removed.
core::Error wiped_error(const CutOffStore& store);

}  // namespace debrief::platform
