#include "core/store/scope_digest.hpp"

namespace debrief::core {

Result<ScopeDigest> digest_of(Store& store, std::string_view scope) {
    ScopeDigest all;
    DEBRIEF_TRY(store.each_state(scope, {}, [&](const KeptState& kept) -> Result<bool> {
        all.digest.add(kept.state);
        ++all.records;
        return true;
    }));
    return all;
}

}  // namespace debrief::core
