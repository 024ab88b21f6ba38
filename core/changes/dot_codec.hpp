// Dots in CBOR: devices stand once in a list, a dot is its place there and an n.
#pragma once

#include <span>
#include <vector>

#include "core/cbor.hpp"
#include "core/changes/changeset.hpp"

namespace debrief::core {

/// The devices that a piece of CBOR speaks of. The order in which they were added is part of the bytes.
class ReplicaList {
public:
    void add(const Dot& dot);
    [[nodiscard]] std::size_t place(const Dot& dot) const;
    [[nodiscard]] bool known(std::uint64_t place) const { return place < replicas_.size(); }
    [[nodiscard]] Dot dot(std::uint64_t place, std::uint64_t n) const;

    bool operator==(const ReplicaList&) const = default;
    void write(CborWriter& out) const;
    static ReplicaList read(CborReader& in);

    void write_dots(CborWriter& out, std::span<const Dot> dots) const;
    /// Fails the reader unless the dots are ascending and their devices in this list.
    std::vector<Dot> read_dots(CborReader& in) const;
    void write_dot(CborWriter& out, const Dot& dot) const;  ///< Two integers, without an array around them.
    Dot read_dot(CborReader& in) const;

private:
    std::vector<std::pair<Uuid, std::uint64_t>> replicas_;
};

}  // namespace debrief::core
