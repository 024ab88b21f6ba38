// The digest of what a store holds of a scope: equal on every replica at the same place of the log.
#pragma once

#include "core/changes/digest.hpp"
#include "core/store/store.hpp"

namespace debrief::core {

struct ScopeDigest {
    StateDigest digest;
    std::uint64_t records = 0;
    bool operator==(const ScopeDigest&) const = default;
};
/// Over the confirmed state; one pass over the scope's records.
Result<ScopeDigest> digest_of(Store& store, std::string_view scope);

}  // namespace debrief::core
