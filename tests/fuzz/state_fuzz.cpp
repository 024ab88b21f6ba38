// Whatever a server sends as a scope's state is adopted whole with its digest, or nothing of it is.
#include <fuzzer/FuzzedDataProvider.h>

#include "core/catalogue/scope.hpp"
#include "core/changes/digest.hpp"
#include "core/changes/state_codec.hpp"
#include "core/device/device_store.hpp"
#include "core/store/database.hpp"
#include "core/store/scope_digest.hpp"
#include "tests/fuzz/fuzz_help.hpp"
#include "tests/sync/support/fakes.hpp"

using namespace debrief;
using namespace debrief::fuzz;

namespace {

core::Bytes some_state(FuzzedDataProvider& from) {
    core::RecordState state;
    const auto tables = core::catalogue().tables;
    state.table = from.ConsumeIntegralInRange(0, 7) == 0
                      ? from.ConsumeRandomLengthString(8)
                      : std::string{tables[from.ConsumeIntegralInRange<std::size_t>(0, tables.size() - 1)].name};
    state.id = id_of(from.ConsumeIntegralInRange<std::uint64_t>(0, 20));
    state.scope = core::account_scope(id_of(from.ConsumeIntegralInRange(0, 9) == 0 ? 1 : 0));
    for (auto count = from.ConsumeIntegralInRange(0, 5); count > 0; --count) {
        const char* names[]{"name", "account", "text", "deleted", "phone", "at", "state", "unknown"};
        auto& heads = state.fields[names[from.ConsumeIntegralInRange<std::size_t>(0, 7)]];
        const core::Dot dot{id_of(100), 1, from.ConsumeIntegralInRange<std::uint64_t>(1, 99)};
        core::Head head{dot, core::HybridTime::at(core::Instant{1}), id_of(200), {}, {}, {}};
        switch (from.ConsumeIntegralInRange(0, 3)) {
            case 0:
                head.value = from.ConsumeBool();
                break;
            case 1:
                head.value = from.ConsumeIntegral<std::int64_t>();
                break;
            case 2:
                head.value = id_of(0);
                break;
            default:
                head.value = from.ConsumeRandomLengthString(30);
        }
        heads.push_back(std::move(head));
    }
    auto bytes = core::encode(state);
    if (!bytes.empty() && from.ConsumeIntegralInRange(0, 9) == 0)
        bytes[from.ConsumeIntegralInRange<std::size_t>(0, bytes.size() - 1)] ^= from.ConsumeIntegral<std::uint8_t>();
    return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static sync::test::FakeClock clock;
    static sync::test::FakeRandom random{1};
    static std::unique_ptr<core::DeviceStore> store;
    static int age = 0;
    const auto scope = core::account_scope(id_of(0));
    if (!store || ++age % 100 == 0) {
        core::Store::Config config;
        config.path = ":memory:";
        store = must(core::DeviceStore::open(config, clock, random));
        core::Identity identity;
        identity.workspace = id_of(901), identity.user = id_of(902), identity.device = id_of(903);
        identity.incarnation = 1;
        DEBRIEF_CHECK(store->records().set_identity(identity));
    }
    DEBRIEF_CHECK(store->open_scope(scope));
    const auto before = must(core::digest_of(store->records(), scope));
    FuzzedDataProvider from{data, size};
    core::StateDigest digest;
    std::uint64_t records = 0;
    core::StatePlace place{scope, 300, 5, {}, 0};
    for (auto count = from.ConsumeIntegralInRange(1, 6); count > 0; --count) {
        core::StatePiece piece{place, from.ConsumeIntegralInRange(0, 7) == 0, {}};
        for (auto items = from.ConsumeIntegralInRange(0, 4); items > 0; --items) {
            auto bytes = some_state(from);
            if (const auto state = core::decode_state(bytes)) {
                digest.add(*state);
                ++records;
                if (!piece.again) place.last = state->id;
            }
            piece.records.push_back({std::move(bytes), from.ConsumeBool()});
        }
        if (!store->stage(std::move(piece))) break;
    }
    core::StateEnd end{scope, 300, 5, records, digest.bytes(), {}};
    if (from.ConsumeBool() && !end.digest.empty()) end.digest[0] ^= from.ConsumeIntegral<std::uint8_t>();
    if (from.ConsumeBool()) end.erasures.push_back({id_of(from.ConsumeIntegralInRange<std::uint64_t>(0, 20)), {}, {}});
    const auto adopted = store->adopt_state(end);
    const auto after = must(core::digest_of(store->records(), scope));
    if (!adopted || !*adopted) DEBRIEF_CHECK(after == before);
    DEBRIEF_CHECK(!store->records().database().in_transaction());
    for (const auto& table : core::catalogue().tables) {
        core::Query query;
        query.table = std::string{table.name};
        must(store->records().list(query));
    }
    DEBRIEF_CHECK(store->close_scope(scope));
    DEBRIEF_CHECK(must(core::digest_of(store->records(), scope)).records == 0);
    return 0;
}
