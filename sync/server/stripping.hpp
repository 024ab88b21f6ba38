// Payloads that a server keeps lose erased words where they lie.
#pragma once

#include <string_view>
#include <vector>

#include "core/store/database.hpp"
#include "core/store/store.hpp"

namespace debrief::sync {

/// Strips what `rows` (id, payload) gives, and writes back what has changed with `update` (?1 id, ?2 payload). True if
/// anything has. Runs inside the caller's transaction. Errors: `corrupt` for a payload that is no changeset; a write's.
core::Result<bool> strip_payloads(core::Database& db, core::Store& store, core::Statement& rows,
                                  std::string_view update, const std::vector<core::Erasure>& erasures);

}  // namespace debrief::sync
