// A changeset that decodes is one that encodes to something that decodes to the same.
#include <cstddef>
#include <cstdint>

#include "core/changes/changeset.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto decoded = debrief::core::decode_changeset({data, size});
    if (!decoded) return 0;
    const auto encoded = debrief::core::encode(*decoded);
    const auto again = debrief::core::decode_changeset(encoded);
    DEBRIEF_CHECK(again.has_value());
    DEBRIEF_CHECK(debrief::core::encode(*again) == encoded);
    return 0;
}
