// Evidence out of the store: records become items, stances, people and promises, with names in place of ids.
#pragma once

#include <chrono>
#include <optional>

#include "core/civil_date.hpp"
#include "core/journey/journey.hpp"
#include "core/result.hpp"
#include "core/store/store.hpp"
#include "core/uuid.hpp"

namespace debrief::core {

/// All that this store holds about the account, this user's own proposed items included. With `opportunity`: what names
/// that one or none. `utc_offset` turns instants of writing into civil days. Evidence that cannot be read in full
/// (a source that is no JSON, a person who is not there) comes with what can be read.
/// Errors: those of Store::list and Store::history.
Result<Evidence> load_evidence(Store& store, const Uuid& account, const std::optional<Uuid>& opportunity = {},
                               std::chrono::minutes utc_offset = {});
/// The same of all opportunities, with the account's observations read before (`read_all_items`).
Result<Evidence> evidence_with(Store& store, const Uuid& account, std::vector<Item> items,
                               std::chrono::minutes utc_offset);

}  // namespace debrief::core
