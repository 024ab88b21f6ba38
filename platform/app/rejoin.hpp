// A device that was used without a server joins a workspace: a fresh store takes the place of the old one, and what the
// old one held is thrown away or carried over. Every step can be broken off: the next opening goes on from there.
#pragma once

#include <cstdint>
#include <string>

#include "core/result.hpp"

namespace debrief::platform {

struct Context;

enum class LocalRecords { none, upload, discard };

/// Whether the store holds records that somebody made here and no server has.
core::Result<bool> has_local_records(Context& context);

/// Enrols with `invitation` in a fresh store and puts it in the place of the present one. On failure all is as before.
core::Status join_afresh(Context& context, const std::string& invitation, const std::string& ca, LocalRecords local);

/// Finishes a swap that was broken off between two renames. Call before the store is opened.
core::Status finish_swap(const std::string& folder);

/// Carries over what a store that was swapped out held, if one waits; how many records.
core::Result<std::uint64_t> upload_waiting(Context& context);
[[nodiscard]] bool upload_waits(const Context& context);

}  // namespace debrief::platform
