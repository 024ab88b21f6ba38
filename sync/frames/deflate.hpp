// Raw deflate (RFC 1951) of one frame at a time. Nothing is kept between frames: a session costs no memory for it, and
// one compressed frame serves every session.
#pragma once

#include <cstddef>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace debrief::sync {

/// Does the peer take frames of kind `z`?
enum class Deflate { no, yes };

/// Shorter frames are not worth the trouble.
inline constexpr std::size_t deflate_from = 1024;

/// Deterministic for one version of zlib.
core::Bytes deflated(core::ByteView plain);

/// Exactly `size` bytes, or an error; the memory grows with what comes out, never by what `size` claims. The caller has
/// judged `size`. Errors: `corrupt` if `packed` is no deflate stream, is cut, goes on after its end, or holds more or
/// less than `size`.
core::Result<core::Bytes> inflated(core::ByteView packed, std::size_t size);

}  // namespace debrief::sync
