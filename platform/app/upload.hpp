// Records that were made on a device without a server are written again in the workspace that it has joined.
#pragma once

#include <cstdint>

#include "core/result.hpp"
#include "core/store/store.hpp"

namespace debrief::platform {

/// Writes every record of `from` into `to` under the same id, so that a broken-off upload can be run again. Users
/// become those of the workspace by name, and what has no like there becomes the present user; records that were
/// imported are matched by table, source and external key, and fill only what is empty there. Users, teams and duties
/// are the server's and stay behind. Returns how many records were written. Errors: as Store::write.
core::Result<std::uint64_t> upload_records(core::Store& from, core::Store& to);

}  // namespace debrief::platform
