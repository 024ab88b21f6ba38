// Values in CBOR, as they stand in changesets, frames and stored states: null, booleans, integers, text as typed, and
// identifiers as 16 bytes.
#pragma once

#include "core/cbor.hpp"
#include "core/value.hpp"

namespace debrief::core {

void write_value(CborWriter& out, const Value& value);
/// A mismatch fails the reader.
Value read_value(CborReader& in);

}  // namespace debrief::core
