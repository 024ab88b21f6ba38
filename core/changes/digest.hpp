// A digest over records that does not depend on their order: two replicas that hold the same heads have equal digests.
// It is the sum, modulo 2^128, of one hash for each head, so that a record can be added or taken away by itself.
// It finds what differs by mistake; it is no signature.
#pragma once

#include "core/bytes.hpp"
#include "core/changes/merge.hpp"

namespace debrief::core {

class StateDigest {
public:
    static constexpr std::size_t size = 16;  ///< Bytes.

    /// Every head of the record counts: fields and tables that this build does not know, and `deleted`, included.
    void add(const RecordState& state);
    void remove(const RecordState& state);
    /// The sum, most significant byte first.
    [[nodiscard]] Bytes bytes() const;
    bool operator==(const StateDigest&) const = default;

private:
    void count(const RecordState& state, bool adding);
    std::uint64_t high_ = 0, low_ = 0;
};

}  // namespace debrief::core
