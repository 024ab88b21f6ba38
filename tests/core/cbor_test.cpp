#include <catch2/catch.hpp>

#include <limits>

#include "core/cbor.hpp"
#include "tests/core/support/fakes.hpp"

using namespace debrief::core;
using namespace debrief::core::test;

namespace {

Bytes bytes(std::initializer_list<int> values) {
    Bytes out;
    for (const int value : values) out.push_back(static_cast<std::uint8_t>(value));
    return out;
}

}  // namespace

TEST_CASE("integers take their shortest form and come back", "[core][cbor]") {
    for (const std::int64_t value :
         {std::int64_t{0}, std::int64_t{23}, std::int64_t{24}, std::int64_t{255}, std::int64_t{256},
          std::int64_t{65'536}, std::int64_t{1} << 32, std::numeric_limits<std::int64_t>::max(), std::int64_t{-1},
          std::int64_t{-24}, std::int64_t{-25}, std::numeric_limits<std::int64_t>::min()}) {
        CborWriter out;
        out.integer(value);
        CHECK(validate_cbor(out.view()));
        CborReader in{out.view()};
        CHECK(in.integer() == value);
        CHECK(in.ok());
        CHECK(in.at_end());
    }
    CborWriter out;
    out.unsigned_integer(std::numeric_limits<std::uint64_t>::max());
    CHECK(validate_cbor(out.view()));
}

TEST_CASE("what the writer cannot make is refused with its place", "[core][cbor]") {
    const auto refused = [](const Bytes& input, std::size_t at) {
        const auto status = validate_cbor(input);
        REQUIRE_FALSE(status);
        CHECK(status.error().code == Errc::corrupt);
        CHECK_THAT(status.error().detail, Catch::Contains("at byte " + std::to_string(at) + "."));
    };
    refused({}, 0);
    refused(bytes({0x18}), 0);                    // Cut.
    refused(bytes({0x18, 0x17}), 0);              // 23 in two bytes.
    refused(bytes({0x19, 0x00, 0xFF}), 0);        // 255 in three.
    refused(bytes({0x9F, 0xFF}), 0);              // Indefinite length.
    refused(bytes({0xFF}), 0);                    // A lone break.
    refused(bytes({0xC0, 0x00}), 0);              // A tag.
    refused(bytes({0xF9, 0x00, 0x00}), 0);        // A float.
    refused(bytes({0xF7}), 0);                    // Undefined.
    refused(bytes({0xF8, 0x20}), 0);              // A simple value.
    refused(bytes({0x00, 0x00}), 1);              // Bytes after the end.
    refused(bytes({0x62, 0xC0, 0xAF}), 1);        // Overlong UTF-8.
    refused(bytes({0x63, 0xED, 0xA0, 0x80}), 1);  // A surrogate.
    refused(bytes({0x59, 0xFF, 0xFF}), 0);        // More than there is.
    refused(bytes({0x9B, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}), 0);
    refused(bytes({0xBB, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}), 0);
    refused(bytes({0x3B, 0x80, 0, 0, 0, 0, 0, 0, 0}), 0);              // Below int64.
    refused(bytes({0xA1, 0x01, 0x02}), 1);                             // A key that is a number.
    refused(bytes({0xA2, 0x61, 'b', 0x00, 0x61, 'a', 0x00}), 4);       // Keys out of order.
    refused(bytes({0xA2, 0x61, 'a', 0x00, 0x61, 'a', 0x00}), 4);       // A key twice.
    refused(bytes({0xA2, 0x62, 'a', 'a', 0x00, 0x61, 'b', 0x00}), 5);  // The longer key first.
}

TEST_CASE("limits are kept", "[core][cbor]") {
    Bytes deep(16, 0x81);
    deep.push_back(0x00);
    CHECK(validate_cbor(deep));
    deep.insert(deep.begin(), 0x81);
    CHECK(validate_cbor(deep).error().code == Errc::too_large);
    CHECK(validate_cbor(Bytes(100'000, 0x81)).error().code == Errc::too_large);
    CborWriter out;
    out.array(3);
    out.text("four");
    out.bytes(Bytes(5));
    out.null();
    CHECK(validate_cbor(out.view(), {.items = 4, .text = 4, .bytes = 5}));
    CHECK(validate_cbor(out.view(), {.items = 3}).error().code == Errc::too_large);
    CHECK(validate_cbor(out.view(), {.text = 3}).error().code == Errc::too_large);
    CHECK(validate_cbor(out.view(), {.bytes = 4}).error().code == Errc::too_large);
}

TEST_CASE("a reader never goes beyond its bytes, whatever they are", "[core][cbor]") {
    FakeRandom random{7};
    for (int round = 0; round < 20'000; ++round) {
        Bytes input(random.below(24));
        random.fill(input);
        const bool valid = validate_cbor(input).has_value();
        CborReader in{input};
        const auto item = in.skip();
        if (valid) {
            CHECK(in.ok());
            CHECK(item.size() == input.size());
        }
        CborReader other{input};
        other.map();
        other.text();
        other.integer();
        other.array();
        other.bytes();
        CHECK(other.offset() <= input.size());
    }
}
