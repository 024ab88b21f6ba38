// What a field can hold. No floating point: amounts are integers of the smallest unit.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "core/bytes.hpp"
#include "core/uuid.hpp"

namespace debrief::core {

using Null = std::monostate;
using UuidSet =
    std::vector<Uuid>;  ///< Sorted, without doubles. Only for fields of type `refs`, never inside a changeset.
/// Text is valid UTF-8 and kept as typed.
using Value = std::variant<Null, bool, std::int64_t, std::string, Uuid, UuidSet>;
using FieldMap = std::map<std::string, Value>;  // Ordered, so that whatever is made from it is the same everywhere.

inline bool is_null(const Value& value) {
    return std::holds_alternative<Null>(value);
}

/// Deterministic CBOR (RFC 8949, 4.2) of the value with text in NFC: equal bytes = the same value.
Bytes canonical_bytes(const Value& value);
bool same_value(const Value& a, const Value& b);

}  // namespace debrief::core
