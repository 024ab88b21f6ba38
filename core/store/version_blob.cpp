#include "core/store/version_blob.hpp"

namespace debrief::core {
namespace {

void put(Bytes& out, std::uint64_t value) {
    while (value >= 0x80) {
        out.push_back(static_cast<std::uint8_t>(value | 0x80U));
        value >>= 7U;
    }
    out.push_back(static_cast<std::uint8_t>(value));
}

bool take(ByteView& in, std::uint64_t& value) {
    value = 0;
    for (unsigned shift = 0; shift < 64 && !in.empty(); shift += 7) {
        const std::uint64_t byte = in[0];
        in = in.subspan(1);
        value |= (byte & 0x7FU) << shift;
        if (byte < 0x80) return true;
    }
    return false;
}

// A signed difference as an unsigned number that is small when the difference is.
std::uint64_t folded(std::uint64_t difference) {
    return (difference << 1U) ^ (0 - (difference >> 63U));
}
std::uint64_t unfolded(std::uint64_t value) {
    return (value >> 1U) ^ (0 - (value & 1U));
}

}  // namespace

Bytes pack(const std::vector<VersionGroup>& groups) {
    Bytes out;
    VersionGroup before;
    for (const auto& group : groups) {
        put(out, static_cast<std::uint64_t>(group.replica));
        put(out, folded(group.n - before.n));
        put(out, folded(group.time - before.time));
        put(out, group.fields);
        before = group;
    }
    return out;
}

std::optional<std::vector<VersionGroup>> unpack(ByteView blob) {
    std::vector<VersionGroup> groups;
    VersionGroup group;
    while (!blob.empty()) {
        std::uint64_t replica = 0, n = 0, time = 0;
        if (!take(blob, replica) || !take(blob, n) || !take(blob, time) || !take(blob, group.fields))
            return std::nullopt;
        group.replica = static_cast<std::int64_t>(replica);
        group.n += unfolded(n);
        group.time += unfolded(time);
        groups.push_back(group);
    }
    return groups;
}

}  // namespace debrief::core
