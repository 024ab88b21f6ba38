#include <catch2/catch.hpp>

#include "sync/frames/deflate.hpp"
#include "sync/frames/wire.hpp"
#include "sync/server/log_frames.hpp"
#include "tests/sync/support/sample_frames.hpp"
#include "tests/sync/support/server_house.hpp"
#include "tests/sync/support/world.hpp"

using namespace debrief;
using namespace debrief::sync;
using namespace debrief::sync::test;

namespace {

constexpr std::size_t cap = 100'000;

core::Bytes noise(std::size_t size) {
    core::Bytes made(size);
    FakeRandom random{5};
    random.fill(made);
    return made;
}

PushFrame push_of(core::Bytes payload) {
    return {7, {std::move(payload)}};
}

// A push whose CBOR is exactly `size` bytes of almost nothing but zeros.
core::Bytes push_of_size(std::size_t size) {
    const auto envelope = encode(push_of(core::Bytes(70'000))).size() - 70'000;
    auto cbor = encode(push_of(core::Bytes(size - envelope)));
    REQUIRE(cbor.size() == size);
    return cbor;
}

core::Errc refusal(Unpacker& unpacker, const Frame& frame) {
    const auto taken = unpacker.take(encode(frame));
    REQUIRE_FALSE(taken);
    return taken.error().code;
}

}  // namespace

SCENARIO("a long frame travels deflated", "[sync][frames][deflate]") {
    Unpacker unpacker{Encoding::cbor};
    GIVEN("one that shrinks") {
        const auto frame = push_of(core::Bytes(20'000, 0x5A));
        const auto messages = messages_of(Frame{frame}, Encoding::cbor, Deflate::yes);
        REQUIRE(messages.size() == 1);
        CHECK(messages.front()->size() < 200);
        const auto taken = unpacker.take(*messages.front());
        REQUIRE(taken);
        CHECK(std::get<PushFrame>((*taken)->frame).payloads == frame.payloads);
        CHECK((*taken)->bytes == encode(frame).size());  // Credit counts what must be applied, not what was sent.
    }
    GIVEN("one that is long even so") {
        const auto payload = noise(50'000);
        auto twice = payload;
        for (int i = 0; i < 4; ++i) twice.insert(twice.end(), 20'000, 0x11);
        const auto messages = messages_of(Frame{push_of(twice)}, Encoding::cbor, Deflate::yes);
        REQUIRE(messages.size() > 1);
        std::optional<Received> whole;
        for (const auto& message : messages) {
            auto taken = unpacker.take(*message);
            REQUIRE(taken);
            whole = std::move(*taken);
        }
        REQUIRE(whole);
        CHECK(std::get<PushFrame>(whole->frame).payloads.front() == twice);
    }
    GIVEN("one that is short, one that does not shrink, one for a peer that cannot, one for people") {
        const auto plain = [](const Frame& frame, Encoding encoding, Deflate deflate) {
            return messages_of(frame, encoding, deflate).front()->size() ==
                   messages_of(frame, encoding, Deflate::no).front()->size();
        };
        CHECK(plain(push_of(core::Bytes(900, 1)), Encoding::cbor, Deflate::yes));
        CHECK(plain(push_of(noise(9'000)), Encoding::cbor, Deflate::yes));
        CHECK(plain(push_of(core::Bytes(9'000, 1)), Encoding::cbor, Deflate::no));
        CHECK(plain(push_of(core::Bytes(9'000, 1)), Encoding::json, Deflate::yes));
    }
}

TEST_CASE("no frame with a secret in it is deflated", "[sync][frames][deflate]") {
    WelcomeFrame welcome;
    welcome.server = core::Uuid{.bytes = {1}};
    welcome.expected_n = 1;
    welcome.token = core::Bytes(32, 0xAB);
    welcome.opened.assign(100, "account/01977420-dc00-700f-951e-8c52a0c4515b");
    const auto messages = messages_of(Frame{welcome}, Encoding::cbor, Deflate::yes);
    CHECK(*messages.front() == encode(Frame{welcome}));
}

SCENARIO("a frame that inflates to more than is allowed", "[sync][frames][deflate][hostile]") {
    Unpacker unpacker{Encoding::cbor, cap};
    GIVEN("one that says so: one byte over the limit, or far over it") {
        const auto at_cap = push_of_size(cap), over = push_of_size(cap + 1);
        CHECK(unpacker.take(encode(ZippedFrame{cap, deflated(at_cap)})));
        CHECK(refusal(unpacker, ZippedFrame{cap + 1, deflated(over)}) == core::Errc::too_large);
        CHECK(refusal(unpacker, ZippedFrame{std::uint64_t{1} << 62U, deflated(over)}) == core::Errc::too_large);
    }
    GIVEN("one that lies: a thousand bytes for each that was sent") {
        const auto bomb = deflated(core::Bytes(20'000'000, 0));
        REQUIRE(bomb.size() < 100'000);
        CHECK(refusal(unpacker, ZippedFrame{cap, bomb}) == core::Errc::corrupt);
        CHECK(refusal(unpacker, ZippedFrame{1, bomb}) == core::Errc::corrupt);
    }
    GIVEN("less than it says, cut anywhere, or with something behind it") {
        const auto cbor = encode(push_of(core::Bytes(2'000, 7)));
        const auto packed = deflated(cbor);
        CHECK(refusal(unpacker, ZippedFrame{cbor.size() + 1, packed}) == core::Errc::corrupt);
        for (std::size_t cut = 1; cut < packed.size(); ++cut) {
            const core::Bytes part(packed.begin(), packed.begin() + static_cast<std::ptrdiff_t>(cut));
            CHECK(refusal(unpacker, ZippedFrame{cbor.size(), part}) == core::Errc::corrupt);
        }
        auto longer = packed;
        longer.push_back(0);
        CHECK(refusal(unpacker, ZippedFrame{cbor.size(), longer}) == core::Errc::corrupt);
    }
    GIVEN("a deflated frame in a deflated frame, or a piece in one") {
        const auto inner = encode(ZippedFrame{cap, deflated(push_of_size(cap))});
        CHECK(refusal(unpacker, ZippedFrame{inner.size(), deflated(inner)}) == core::Errc::corrupt);
        const auto piece = encode(PartFrame{0, 3'000, core::Bytes(2'000, 1)});
        CHECK(refusal(unpacker, ZippedFrame{piece.size(), deflated(piece)}) == core::Errc::corrupt);
    }
}

SCENARIO("many changes go up and come down deflated", "[sync][deflate]") {
    constexpr int changes = 500;
    const auto bytes = [](Encoding encoding) {
        World world{3, {encoding}};
        world.user("Ann");
        world.user("Ben");
        const auto acme = world.account("Acme", "Ann");
        world.assign("Acme", "Ben");
        const auto ann = world.device("Ann"), ben = world.device("Ben");
        world.offline(ann);
        const auto before = world.wire_bytes(ann) + world.wire_bytes(ben);
        for (int i = 0; i < changes; ++i) {
            world.put(ann, "contact",
                      {{"account", acme}, {"name", "Contact " + std::to_string(i)}, {"role", std::string{"CFO"}}});
        }
        world.online(ann);
        world.settle();
        CHECK(content(world.store(ann)) == content(world.store(ben)));
        CHECK(world.received(ben).find("Contact 499") != std::string::npos);  // The observer sees through it.
        return world.wire_bytes(ann) + world.wire_bytes(ben) - before;
    };
    const auto deflated_bytes = bytes(Encoding::cbor);
    INFO("deflated: " << deflated_bytes);
    CHECK(deflated_bytes < changes * 300);
    CHECK(deflated_bytes * 3 < bytes(Encoding::json));
}

TEST_CASE("a log frame is deflated once for all who read along", "[sync][deflate]") {
    ServerHouse house;
    std::vector<core::Changeset> changesets;
    for (std::uint64_t n = 1; n <= 20; ++n) changesets.push_back(house.contact(n, house.id(), "Carla Conti"));
    house.push(house.ann, changesets);
    LogFrames frames{*house.store};
    const auto scope = core::account_scope(house.acme);
    const std::vector<std::uint64_t> sealed;
    const LogReader reader{house.id(), 1, 0, sealed}, another{house.id(), 1, 0, sealed};
    const auto plain = frames.after(scope, 0, reader, Deflate::no);
    const auto first = frames.after(scope, 0, reader, Deflate::yes),
               second = frames.after(scope, 0, another, Deflate::yes);
    REQUIRE(first);
    REQUIRE(second);
    CHECK_FALSE(plain->zipped);
    CHECK(first->zipped.get() == second->zipped.get());
    CHECK(first->cbor.get() == plain->cbor.get());
    CHECK(first->zipped->size() < first->cbor->size());
}
