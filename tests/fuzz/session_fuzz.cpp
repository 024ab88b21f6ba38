// A conversation with the server, from a stranger or from a colleague who serves nothing: whatever is said, in whatever
// order, no word of others' accounts comes back, nor who is in their rooms; and Ann, who is in one, hears of nobody.
// First byte: even for CBOR, odd for JSON; bit 1: greeted. Then messages, each after its length in two bytes.
#include <algorithm>
#include <memory>

#include "core/catalogue/scope.hpp"
#include "sync/device_key.hpp"
#include "sync/frames/json_text.hpp"
#include "sync/frames/wire.hpp"
#include "sync/server/admin.hpp"
#include "sync/server/server_session.hpp"
#include "tests/fuzz/fuzz_help.hpp"
#include "tests/sync/support/fakes.hpp"

using namespace debrief;
using namespace debrief::fuzz;

namespace {

constexpr std::string_view canary = "canary";

// Ann serves the account, Ben has a device and serves nothing.
struct House {
    sync::test::FakeClock clock;
    sync::test::FakeRandom random{1};
    std::unique_ptr<sync::ServerStore> store;
    std::unique_ptr<sync::SessionHub> hub;
    std::unique_ptr<sync::ServerSession> ann;
    sync::HelloFrame hello;
    int age = 0;

    House() {
        core::Store::Config config;
        config.path = ":memory:";
        store = must(sync::ServerStore::open(config, clock, random, "Fuzz"));
        must(sync::add_user(*store, {"Ann", "rep", {}, {}, {}}));
        must(sync::add_user(*store, {"Ben", "rep", {}, {}, {}}));
        const std::string word{canary};
        DEBRIEF_CHECK(store->write({core::Put{"account", id_of(0), {{"name", word}}, {}}}));
        DEBRIEF_CHECK(store->write({core::Put{"contact", id_of(1), {{"account", id_of(0)}, {"name", word}}, {}}}));
        DEBRIEF_CHECK(sync::assign(*store, id_of(0).text(), "Ann"));
        DEBRIEF_CHECK(store->commit());
        const core::Bytes seed(sync::seed_bytes, 7);
        const auto enrolled = must(store->enrol(must(sync::invite(*store, "Ben")), "phone", 5, sync::public_key(seed)));
        hello = {enrolled.device, enrolled.token, 5, 0, 0, {}, 1, {}};
        DEBRIEF_CHECK(store->commit());
        hub = std::make_unique<sync::SessionHub>(*store, clock, random);
        enter_as_ann();
    }

    sync::PresenceFrame present{id_of(2), core::account_scope(id_of(0)), {}, "here"};

    // She has made a room in Acme, and is there.
    void enter_as_ann() {
        const auto device = must(store->enrol(must(sync::invite(*store, "Ann")), "laptop", 6,
                                              sync::public_key(core::Bytes(sync::seed_bytes, 8))));
        core::Changeset made;
        made.dot = {device.device, 6, 1};
        made.scope = present.scope;
        made.time = core::HybridTime::at(clock.now());
        made.catalogue = 1;
        made.records.push_back({"room",
                                present.room,
                                {{"account", id_of(0), {}, {}, {}}, {"kind", std::string{"deal_review"}, {}, {}, {}}}});
        store->submit({0, device.device, device.user, 6, 1, {core::encode(made)}});
        ann = std::make_unique<sync::ServerSession>(*hub, sync::ServerConfig{}, [] {});
        ann->on_open();
        ann->on_frame(sync::encode(sync::HelloFrame{device.device, device.token, 6, 1, 1, {}, 1, {}}));
        DEBRIEF_CHECK(hub->commit());
        ann->on_frame(sync::encode(present));
        hear_as_ann();
    }
    void hear_as_ann() {
        while (const auto message = ann->next_frame())
            DEBRIEF_CHECK(!std::holds_alternative<sync::PresenceFrame>(must(sync::decode_frame(**message))));
    }
};

void hear(House& house, sync::ServerSession& session, sync::Encoding encoding) {
    DEBRIEF_CHECK(house.hub->commit());
    session.on_wake();
    while (const auto message = session.next_frame()) {
        // In JSON what a changeset says is hidden in base64.
        const bool json = encoding == sync::Encoding::json;
        const auto cbor = json ? must(sync::cbor_of_json(core::as_text(**message))) : **message;
        DEBRIEF_CHECK(core::as_text(cbor).find(canary) == std::string_view::npos);
        DEBRIEF_CHECK(!std::holds_alternative<sync::PresenceFrame>(must(sync::decode_frame(cbor))));
    }
    house.hear_as_ann();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static std::unique_ptr<House> house;
    // From time to time anew, or every finding would need all inputs before it.
    if (!house || ++house->age > 100) house = std::make_unique<House>();
    if (size == 0) return 0;
    sync::ServerConfig config;
    if ((data[0] & 1U) != 0) config.encoding = sync::Encoding::json;
    sync::ServerSession session{*house->hub, config, [] {}};
    session.on_open();
    if ((data[0] & 2U) != 0) {
        const auto hello = std::make_shared<const core::Bytes>(sync::encode(house->hello));
        for (const auto& message : sync::messages_of(hello, config.encoding)) session.on_frame(*message);
        hear(*house, session, config.encoding);
        DEBRIEF_CHECK(session.user().has_value());
    }
    for (std::size_t at = 1; at + 2 <= size;) {
        const std::size_t claimed = (std::size_t{data[at]} << 8U) + data[at + 1];
        const auto length = std::min(claimed, size - at - 2);
        session.on_frame({data + at + 2, length});
        hear(*house, session, config.encoding);
        at += 2 + length;
    }
    session.on_closed();
    DEBRIEF_CHECK(house->hub->commit());
    return 0;
}
