// A frame that decodes is one that encodes to something that decodes to the same. What is in pieces or deflated never
// grows beyond what was allowed.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "sync/frames/frame.hpp"
#include "sync/frames/wire.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t whole_max = 64U << 10U;
    debrief::sync::Unpacker unpacker{debrief::sync::Encoding::cbor, whole_max};
    if (const auto received = unpacker.take({data, size}); received && *received) {
        DEBRIEF_CHECK((*received)->bytes <= std::max(whole_max, size));
    }
    const auto frame = debrief::sync::decode_frame({data, size});
    if (!frame) return 0;
    const auto encoded = debrief::sync::encode(*frame);
    const auto again = debrief::sync::decode_frame(encoded);
    DEBRIEF_CHECK(again.has_value());
    DEBRIEF_CHECK(debrief::sync::encode(*again) == encoded);
    return 0;
}
