// Erasures in CBOR, as they stand in changesets and at the end of a scope's state.
#pragma once

#include "core/cbor.hpp"
#include "core/changes/changeset.hpp"

namespace debrief::core {

void write_erasure(CborWriter& out, const Erasure& erasure);
/// A mismatch fails the reader.
Erasure read_erasure(CborReader& in);

}  // namespace debrief::core
