// Text that is taken for a frame is one that says the same once more when it is written as text again.
#include <cstddef>
#include <cstdint>

#include "sync/frames/frame.hpp"
#include "sync/frames/json_text.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace debrief;
    const auto cbor = sync::cbor_of_json(core::as_text({data, size}));
    if (!cbor) return 0;
    const auto frame = sync::decode_frame(*cbor);
    if (!frame) return 0;
    const auto encoded = sync::encode(*frame);
    const auto text = sync::json_of_cbor(encoded);
    DEBRIEF_CHECK(text.has_value());
    const auto again = sync::cbor_of_json(*text);
    DEBRIEF_CHECK(again.has_value());
    DEBRIEF_CHECK(*again == encoded);
    return 0;
}
