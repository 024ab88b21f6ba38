// The one merge rule, the same on device and server: heads = (heads - replaced) + {new}. Commutative under causal
// delivery; a version leaves the heads only by being replaced. Pure: no SQL here.
// Source of the idea: Automerge's `pred`, applied to single fields.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/changes/changeset.hpp"
#include "core/changes/fields.hpp"

namespace debrief::core {

/// A version of a field that no later change replaced.
struct Head {
    Dot dot;
    HybridTime time;  ///< Effective: clamped by the server once it has judged the change.
    Uuid author;
    Value value;
    std::vector<Dot> covers;  ///< Of `deleted` only.
    std::string base;         ///< Of `prose` only.
};
using Heads = std::vector<Head>;  ///< Sorted by dot.

inline constexpr std::string_view deleted_field = "deleted";

struct RecordState {
    std::string table;
    Uuid id;
    std::string scope;
    Fields<Heads> fields;
};
/// The heads of a field; none if it was never written.
const Heads& heads_of(const RecordState& state, std::string_view field);

/// A version that a write replaced: history.
struct Superseded {
    std::string field;
    Head version;
    Dot by;
};

/// Merges one record's write into `state`. Applying the same dot again changes nothing.
std::vector<Superseded> apply(RecordState& state, const RecordWrite& write, const Dot& dot, HybridTime time,
                              const Uuid& author);

/// The head that is shown: highest effective time, then highest dot. `heads` must not be empty.
const Head& shown(const Heads& heads);
/// More than one distinct value.
bool in_conflict(const Heads& heads);
/// All heads of `deleted` are true, and together they name every other head of the record.
bool is_hidden(const RecordState& state);

}  // namespace debrief::core
