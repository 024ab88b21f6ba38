// A frame that decodes is one that encodes to something that decodes to the same; JSON text likewise.
#include <cstddef>
#include <cstdint>

#include "sync/frames/frame.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto frame = debrief::sync::decode_frame({data, size});
    if (!frame) return 0;
    const auto encoded = debrief::sync::encode(*frame);
    const auto again = debrief::sync::decode_frame(encoded);
    DEBRIEF_CHECK(again.has_value());
    DEBRIEF_CHECK(debrief::sync::encode(*again) == encoded);
    return 0;
}
