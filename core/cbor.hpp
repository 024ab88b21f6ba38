// Deterministic CBOR (RFC 8949, 4.2) for changesets, stored states and frames: definite lengths, shortest integers,
// no floats, no tags. Bytes from outside go through `validate_cbor` first; CborReader then walks them without copying.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace debrief::core {

class CborWriter {
public:
    void null() { out_.push_back(0xF6); }
    void boolean(bool value) { out_.push_back(value ? 0xF5 : 0xF4); }
    void integer(std::int64_t value);
    void unsigned_integer(std::uint64_t value) { head(0, value); }
    void text(std::string_view value);
    void bytes(ByteView value);
    void array(std::size_t items) { head(4, items); }
    /// The caller writes `pairs` keys, in ascending order, each followed by its value.
    void map(std::size_t pairs) { head(5, pairs); }
    /// Bytes that are already one whole CBOR item.
    void raw(ByteView item) { out_.insert(out_.end(), item.begin(), item.end()); }

    [[nodiscard]] const Bytes& view() const { return out_; }
    Bytes take() { return std::move(out_); }
    /// Empty again; the memory stays.
    void clear() { out_.clear(); }
    void reserve(std::size_t bytes) { out_.reserve(bytes); }

private:
    void head(unsigned major, std::uint64_t value);
    Bytes out_;
};

struct CborLimits {
    std::size_t depth = 16;
    std::size_t items = 1U << 20U;
    std::size_t text = 4U << 20U;   ///< Bytes of one text.
    std::size_t bytes = 4U << 20U;  ///< Of one byte string.
};

/// One pass over the whole of `bytes`, without recursion: exactly one item, and only what CborWriter can make. Map keys
/// are text, ascending (shorter first, then by bytes), none twice. Integers fit int64 or uint64.
/// Errors: `corrupt` with the offset; `too_large` for what exceeds a limit.
Status validate_cbor(ByteView bytes, const CborLimits& limits = {});

/// A pull reader. After the first mismatch every call gives a zero value and `ok()` is false, so that a decoder can
/// check once at its end; loops must look at `ok()`. Views point into the bytes given. Threads: one owner.
class CborReader {
public:
    enum class Kind { end, unsigned_integer, negative_integer, bytes, text, array, map, boolean, null, other };

    explicit CborReader(ByteView bytes) : bytes_(bytes) {}

    [[nodiscard]] Kind peek() const;
    std::uint64_t unsigned_integer();
    std::int64_t integer();
    bool boolean();
    void null();
    std::string_view text();
    ByteView bytes();
    std::size_t array();  ///< Number of items that follow.
    std::size_t map();    ///< Number of pairs that follow.
    /// Steps over one whole item; gives its bytes.
    ByteView skip();

    [[nodiscard]] bool ok() const { return ok_; }
    [[nodiscard]] bool at_end() const { return at_ == bytes_.size(); }
    [[nodiscard]] std::size_t offset() const { return at_; }
    /// Marks what was read as wrong, at this place.
    void fail() { ok_ = false; }
    /// `corrupt`, naming `what` and the offset.
    [[nodiscard]] Error error(std::string_view what) const;

private:
    std::uint64_t head(unsigned major);
    ByteView take(std::uint64_t size);

    ByteView bytes_;
    std::size_t at_ = 0;
    bool ok_ = true;
};

}  // namespace debrief::core
