// Whatever the validator lets through, the reader can walk to its end.
#include <cstddef>
#include <cstdint>

#include "core/cbor.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const debrief::core::ByteView bytes{data, size};
    const bool valid = static_cast<bool>(debrief::core::validate_cbor(bytes));
    debrief::core::CborReader reader{bytes};
    reader.skip();
    if (valid) DEBRIEF_CHECK(reader.ok() && reader.at_end());
    return 0;
}
