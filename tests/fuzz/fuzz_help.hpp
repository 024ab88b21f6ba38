// What the fuzzers that work on stores share.
#pragma once

#include <string>
#include <utility>

#include "core/result.hpp"
#include "core/uuid.hpp"

namespace debrief::fuzz {

/// What cannot fail here is a finding if it does.
template <typename T>
T must(core::Result<T> result) {
    DEBRIEF_CHECK(result.has_value());
    return std::move(*result);
}

inline core::Uuid id_of(std::uint64_t number) {
    return core::derive_uuid("fuzz", std::to_string(number));
}

}  // namespace debrief::fuzz
