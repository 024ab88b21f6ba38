#include <catch2/catch.hpp>

#include "core/cbor.hpp"
#include "sync/frames/frame.hpp"
#include "sync/frames/json_text.hpp"
#include "sync/frames/wire.hpp"
#include "tests/sync/support/sample_frames.hpp"

using namespace debrief;
using namespace debrief::sync;

TEST_CASE("every frame comes back as it was, in both encodings", "[sync][frames]") {
    for (const auto& frame : test::sample_frames()) {
        const auto bytes = encode(frame);
        INFO(frame.index());
        const auto back = decode_frame(bytes);
        REQUIRE(back);
        CHECK(back->index() == frame.index());
        CHECK(encode(*back) == bytes);

        const auto text = json_of_cbor(bytes);
        REQUIRE(text);
        INFO(*text);
        const auto cbor = cbor_of_json(*text);
        REQUIRE(cbor);
        CHECK(*cbor == bytes);
    }
}

TEST_CASE("a frame that is cut anywhere, or has any bit turned, is refused or is another valid frame",
          "[sync][frames]") {
    for (const auto& frame : test::sample_frames()) {
        const auto bytes = encode(frame);
        for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
            CHECK_FALSE(decode_frame(core::ByteView{bytes.data(), cut}));
        }
        for (std::size_t at = 0; at < bytes.size(); ++at) {
            for (unsigned bit = 0; bit < 8; ++bit) {
                auto turned = bytes;
                turned[at] = static_cast<std::uint8_t>(turned[at] ^ (1U << bit));
                const auto back = decode_frame(turned);
                if (back) CHECK(decode_frame(encode(*back)));
            }
        }
    }
}

TEST_CASE("what is unknown is skipped", "[sync][frames]") {
    core::CborWriter out;
    out.map(3);
    out.text("k"), out.text("set");
    out.text("set"), out.unsigned_integer(7);
    out.text("later"), out.array(1), out.map(0);
    const auto frame = decode_frame(out.view());
    REQUIRE(frame);
    CHECK(std::get<SetFrame>(*frame).set == 7);

    core::CborWriter kind;
    kind.map(1);
    kind.text("k"), kind.text("snapshot");
    CHECK(std::get<UnknownFrame>(*decode_frame(kind.view())).kind == "snapshot");
}

TEST_CASE("hostile JSON is refused before it is built", "[sync][frames]") {
    CHECK_FALSE(cbor_of_json(std::string(100'000, '[')));
    CHECK_FALSE(cbor_of_json(R"({"k":"ping","x":1.5})"));
    CHECK_FALSE(cbor_of_json(R"({"k":"ping","x":1e999})"));
    CHECK_FALSE(cbor_of_json(R"({"k":{"~":"!!"}})"));
    CHECK_FALSE(cbor_of_json("{\"k\":\"\xff\"}"));
    CHECK_FALSE(cbor_of_json(R"({"k":"\ud800"})"));
    CHECK_FALSE(cbor_of_json(""));
    CHECK_FALSE(cbor_of_json("{} {}"));
    CHECK(cbor_of_json(R"({"k":"ping"})"));
}

SCENARIO("a frame that is too long travels in pieces", "[sync][frames]") {
    const auto encoding = GENERATE(Encoding::cbor, Encoding::json);
    PushFrame push{7, {core::Bytes(300'000, 0x5A)}};
    const auto messages = messages_of(Frame{push}, encoding);
    REQUIRE(messages.size() > 1);
    for (const auto& message : messages) CHECK(message->size() <= frame_bytes_sent);

    GIVEN("a receiver that gets all of them, with a ping in between") {
        Unpacker unpacker{encoding};
        std::optional<Received> whole;
        for (std::size_t i = 0; i < messages.size(); ++i) {
            const auto ping = unpacker.take(*messages_of(Frame{PingFrame{}}, encoding).front());
            REQUIRE(ping);
            REQUIRE(std::holds_alternative<PingFrame>((*ping)->frame));
            auto taken = unpacker.take(*messages[i]);
            REQUIRE(taken);
            CHECK(taken->has_value() == (i + 1 == messages.size()));
            whole = std::move(*taken);
        }
        REQUIRE(whole);
        CHECK(std::get<PushFrame>(whole->frame).payloads == push.payloads);
    }
    GIVEN("pieces out of order, twice, or more of them than was allowed") {
        Unpacker unpacker{encoding};
        CHECK_FALSE(unpacker.take(*messages[1]));
        CHECK(unpacker.take(*messages[0]));
        CHECK(unpacker.take(*messages[0]));  // A new beginning.
        CHECK(unpacker.take(*messages[1]));
        CHECK_FALSE(unpacker.take(*messages[1]));
        Unpacker small{encoding, 100'000};
        CHECK(small.take(*messages[0]).error().code == core::Errc::too_large);
    }
}
