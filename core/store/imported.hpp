// What an importer must remember between two files: what was deleted here since, and what the last file said.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/store/store.hpp"

namespace debrief::core {

/// Records of a table that were deleted and are hidden, by the text that stands in `field`.
using DeletedIndex = std::map<std::string, std::vector<Uuid>, std::less<>>;
Result<DeletedIndex> deleted_by(Store& store, std::string_view table, std::string_view field);

/// What a file said last of each field of a record: a short hash of the value, from which no word can be read.
using Imported = std::map<std::string, Bytes>;
/// Empty if nothing was noted. Device-only; it goes with the record and with its words.
Result<Imported> imported(Store& store, const Uuid& record);
/// For a record that is here; else nothing happens. One transaction.
Status set_imported(Store& store, const Uuid& record, const Imported& seen);

}  // namespace debrief::core
