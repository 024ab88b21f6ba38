// One head in the row of a side table: its value, and the dots and text that only some heads have.
#pragma once

#include "core/catalogue/catalogue.hpp"
#include "core/changes/merge.hpp"
#include "core/store/database.hpp"
#include "core/store/names.hpp"

namespace debrief::core {

/// Whether the head stands in the row itself; all others stand in `cell`.
bool fits_row(const Field& field, const Heads& heads);
bool same_heads(const Heads& a, const Heads& b);
/// Whether just this head is among them, its time and author included.
bool holds(const Heads& heads, const Head& head);

Status insert_cell(Database& db, Replicas& replicas, std::int64_t rid, const std::string& field, const Head& head);
Status remove_cell(Database& db, Replicas& replicas, std::int64_t rid, const std::string& field, const Head& head);
/// Reads columns `first`… of a row: replica, n, time, value, covers, base.
Result<Head> read_cell(const Statement& row, int first, Replicas& replicas);

Bytes value_bytes(const Value& value);
Result<Value> value_from(ByteView bytes);

}  // namespace debrief::core
