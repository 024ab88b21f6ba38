// A store whose records are sent as state, as a server would send them.
#pragma once

#include <catch2/catch.hpp>

#include "core/changes/state_codec.hpp"
#include "core/store/scope_digest.hpp"
#include "tests/core/support/fakes.hpp"

namespace debrief::core::test {

class StateSource {
public:
    explicit StateSource(std::size_t piece_records = 2) : piece_records_(piece_records) {
        store = must(Store::open({.path = ":memory:", .search = false}, clock, random));
        Identity identity;
        identity.user = identity.device = id_of(1000);
        identity.incarnation = 1;
        must(store->set_identity(identity));
    }

    std::vector<StatePiece> pieces(const std::string& scope, const Uuid& after = {}) {
        std::vector<StatePiece> all;
        StatePlace place{scope, position, salt, after, 0};
        must(store->each_state(scope, after, [&](const KeptState& kept) -> Result<bool> {
            if (all.empty() || all.back().records.size() == piece_records_) all.push_back({place, false, {}});
            all.back().records.push_back({encode(kept.state), kept.older});
            place.last = kept.state.id;
            return true;
        }));
        return all;
    }
    StatePiece again(const std::string& scope, const Uuid& id) {
        const auto kept = must(store->state_of(scope, id));
        return {{scope, position, salt, {}, 0}, true, {{encode(kept->state), kept->older}}};
    }
    StateEnd end(const std::string& scope) {
        const auto digest = must(digest_of(*store, scope));
        return {scope, position, salt, digest.records, digest.digest.bytes(), must(store->erasures(scope))};
    }

    FakeClock clock;
    FakeRandom random{77};
    std::unique_ptr<Store> store;
    std::uint64_t position = 300, salt = 5;

private:
    std::size_t piece_records_;
};

}  // namespace debrief::core::test
