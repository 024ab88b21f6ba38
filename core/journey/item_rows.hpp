// Observations as items without a detour over whole records: a journey with thousands of them waits for little else.
#pragma once

#include <map>
#include <vector>

#include "core/journey/journey.hpp"
#include "core/result.hpp"
#include "core/store/store.hpp"

namespace debrief::core {

/// As `item_from` makes them of the records of an account, by id. Errors: those of Store::list.
Result<std::vector<Item>> read_items(Store& store, const Uuid& account);
/// The same of every account, in one pass over the table: account by account, each of its pages would be read many
/// times. By id within an account. Errors: as read_items.
Result<std::map<Uuid, std::vector<Item>>> read_all_items(Store& store);

}  // namespace debrief::core
