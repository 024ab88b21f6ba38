// Which change wrote each field of a row, in a few bytes: a row written by one changeset has one group for all its
// fields.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/bytes.hpp"

namespace debrief::core {

/// The fields of a row that one change wrote. `fields` has bit i for the table's field i.
struct VersionGroup {
    std::int64_t replica = 0;
    std::uint64_t n = 0;
    std::uint64_t time = 0;
    std::uint64_t fields = 0;
    bool operator==(const VersionGroup&) const = default;
};
inline constexpr std::size_t row_fields_max = 64;

/// Each group as its difference from the one before.
Bytes pack(const std::vector<VersionGroup>& groups);
/// Nothing if `blob` is not what `pack` makes.
std::optional<std::vector<VersionGroup>> unpack(ByteView blob);

}  // namespace debrief::core
