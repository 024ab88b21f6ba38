#include "sync/frames/deflate.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include <zlib.h>

namespace debrief::sync {
namespace {

constexpr int raw_window = -15;  // Negative: no header and no checksum. WebSocket and TLS see to damage.
constexpr int memory_level = 8;

struct EndInflate {
    void operator()(z_stream* stream) const { inflateEnd(stream); }
};

core::Error no_frame(const char* why) {
    return core::Error{core::Errc::corrupt, why, "z", {}};
}

// zlib takes what it reads as writable, and does not write to it.
Bytef* input(core::ByteView bytes) {
    return const_cast<Bytef*>(bytes.data());  // NOLINT(cppcoreguidelines-pro-type-const-cast)
}

}  // namespace

core::Bytes deflated(core::ByteView plain) {
    z_stream stream{};
    DEBRIEF_CHECK(deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, raw_window, memory_level, Z_DEFAULT_STRATEGY) ==
                  Z_OK);
    core::Bytes packed(deflateBound(&stream, static_cast<uLong>(plain.size())));
    stream.next_in = input(plain);
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = packed.data();
    stream.avail_out = static_cast<uInt>(packed.size());
    const int ended = deflate(&stream, Z_FINISH);
    packed.resize(packed.size() - stream.avail_out);
    deflateEnd(&stream);
    DEBRIEF_CHECK(ended == Z_STREAM_END);  // The bound is one: all of it fits.
    return packed;
}

core::Result<core::Bytes> inflated(core::ByteView packed, std::size_t size) {
    z_stream stream{};
    if (inflateInit2(&stream, raw_window) != Z_OK) return core::Error{core::Errc::io, "No memory to inflate.", {}, {}};
    const std::unique_ptr<z_stream, EndInflate> guard{&stream};
    stream.next_in = input(packed);
    stream.avail_in = static_cast<uInt>(packed.size());
    core::Bytes plain;
    std::array<std::uint8_t, 16U << 10U> piece{};
    for (int state = Z_OK; state != Z_STREAM_END;) {
        stream.next_out = piece.data();
        stream.avail_out = static_cast<uInt>(piece.size());
        state = inflate(&stream, Z_NO_FLUSH);
        if (state != Z_OK && state != Z_STREAM_END) return no_frame("A deflated frame is damaged or cut.");
        const auto made = piece.size() - stream.avail_out;
        if (made > size - plain.size()) return no_frame("A deflated frame holds more than it says.");
        plain.insert(plain.end(), piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(made));
    }
    if (plain.size() != size) return no_frame("A deflated frame holds less than it says.");
    if (stream.avail_in != 0) return no_frame("Something follows a deflated frame.");
    return plain;
}

}  // namespace debrief::sync
