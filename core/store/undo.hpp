// Taking back what was just written: a new change with the former values, never a rewriting of history. So it syncs,
// is judged and is seen like any other, and undoing it again brings the change back.
#pragma once

#include <string>
#include <vector>

#include "core/store/store.hpp"

namespace debrief::core {

/// Takes back the newest change that this store made to a record: each field that it wrote gets the value that it
/// replaced, a record that it made is deleted, one that it deleted is back. Returns those fields, sorted; `deleted`
/// among them where the record went or came back. One transaction.
/// Errors: `not_found`; `invalid` if nothing here was written by this device, or if somebody wrote one of these fields
/// after it or without having seen it, with the field's name: then nothing is changed. As Store::write.
Result<std::vector<std::string>> undo(Store& store, std::string_view table, const Uuid& id);

}  // namespace debrief::core
