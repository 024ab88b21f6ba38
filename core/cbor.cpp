#include "core/cbor.hpp"

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "core/utf8.hpp"

namespace debrief::core {
namespace {

constexpr unsigned major_unsigned = 0, major_negative = 1, major_bytes = 2, major_text = 3, major_array = 4,
                   major_map = 5, major_simple = 7;
constexpr std::uint64_t int64_max = std::numeric_limits<std::int64_t>::max();

struct Head {
    unsigned major = 0;
    unsigned info = 0;
    std::uint64_t value = 0;
    std::size_t size = 0;  ///< Bytes of the head itself.
};

/// Reads the head at the start of `bytes`. Nothing if it is cut, of indefinite length, reserved or not the shortest
/// form.
std::optional<Head> read_head(ByteView bytes) {
    if (bytes.empty()) return std::nullopt;
    Head head{static_cast<unsigned>(bytes[0]) >> 5U, static_cast<unsigned>(bytes[0]) & 31U, 0, 1};
    if (head.info < 24) {
        head.value = head.info;
        return head;
    }
    if (head.info > 27) return std::nullopt;
    const std::size_t extra = std::size_t{1} << (head.info - 24);
    if (bytes.size() < 1 + extra) return std::nullopt;
    for (std::size_t at = 1; at <= extra; ++at) head.value = (head.value << 8U) | bytes[at];
    head.size += extra;
    constexpr std::uint64_t least[]{24, 0x100, 0x10000, 0x100000000};
    if (head.value < least[head.info - 24]) return std::nullopt;
    return head;
}

bool key_before(std::string_view a, std::string_view b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
}

/// An array or map that is not yet complete.
struct Open {
    std::uint64_t left = 0;  ///< Items, keys and values counted alike.
    bool is_map = false;
    std::string_view last_key;
    bool any_key = false;
};

Error wrong(std::string_view what, std::size_t at) {
    return {Errc::corrupt, "Not valid CBOR: " + std::string{what} + " at byte " + std::to_string(at) + ".", {}, {}};
}
Error over(std::string_view what, std::size_t at) {
    return {Errc::too_large, "Over a limit: " + std::string{what} + " at byte " + std::to_string(at) + ".", {}, {}};
}

}  // namespace

void CborWriter::head(unsigned major, std::uint64_t value) {
    const auto top = static_cast<std::uint8_t>(major << 5U);
    if (value < 24) {
        out_.push_back(static_cast<std::uint8_t>(top | value));
        return;
    }
    const unsigned info = value < 0x100 ? 24U : value < 0x10000 ? 25U : value < 0x100000000 ? 26U : 27U;
    out_.push_back(static_cast<std::uint8_t>(top | info));
    for (unsigned left = 1U << (info - 24U); left > 0; --left) {
        out_.push_back(static_cast<std::uint8_t>(value >> (8U * (left - 1U))));
    }
}

void CborWriter::integer(std::int64_t value) {
    if (value >= 0) return head(major_unsigned, static_cast<std::uint64_t>(value));
    head(major_negative, static_cast<std::uint64_t>(-(value + 1)));
}

void CborWriter::text(std::string_view value) {
    head(major_text, value.size());
    raw(as_bytes(value));
}

void CborWriter::bytes(ByteView value) {
    head(major_bytes, value.size());
    raw(value);
}

Status validate_cbor(ByteView bytes, const CborLimits& limits) {
    std::vector<Open> open;
    std::size_t at = 0, items = 0;
    do {
        const auto head = read_head(bytes.subspan(at));
        if (!head) return wrong("cut, indefinite or not the shortest form", at);
        if (++items > limits.items) return over("number of items", at);
        const std::size_t start = at;
        at += head->size;

        const bool is_key = !open.empty() && open.back().is_map && open.back().left % 2 == 0;
        if (is_key && head->major != major_text) return wrong("a key that is not text", start);
        if (!open.empty()) --open.back().left;

        switch (head->major) {
            case major_unsigned:
                break;
            case major_negative:
                if (head->value > int64_max) return wrong("an integer below 64 bits", start);
                break;
            case major_bytes:
            case major_text: {
                if (head->value > (head->major == major_text ? limits.text : limits.bytes))
                    return over("length", start);
                if (head->value > bytes.size() - at) return wrong("a length beyond the end", start);
                const auto body = bytes.subspan(at, static_cast<std::size_t>(head->value));
                at += body.size();
                if (head->major == major_bytes) break;
                const auto text = as_text(body);
                if (const auto bad = utf8_error(text); bad != std::string_view::npos) {
                    return wrong("invalid UTF-8", start + head->size + bad);
                }
                if (!is_key) break;
                auto& map = open.back();
                if (map.any_key && !key_before(map.last_key, text)) return wrong("a key twice or out of order", start);
                map.last_key = text;
                map.any_key = true;
                break;
            }
            case major_array:
            case major_map: {
                const std::uint64_t each = head->major == major_map ? 2 : 1;
                // Every item takes a byte at least, so a length beyond the rest is a lie, and never worth memory.
                if (head->value > (bytes.size() - at) / each) return wrong("a length beyond the end", start);
                if (open.size() + 1 > limits.depth) return over("depth", start);
                if (head->value > 0) open.push_back({head->value * each, head->major == major_map, {}, false});
                break;
            }
            case major_simple:
                if (head->info < 20 || head->info > 22) return wrong("a float or unknown simple value", start);
                break;
            default:
                return wrong("a tag", start);
        }
        while (!open.empty() && open.back().left == 0) open.pop_back();
    } while (!open.empty());
    if (at != bytes.size()) return wrong("bytes after the end", at);
    return Ok{};
}

CborReader::Kind CborReader::peek() const {
    if (!ok_ || at_ >= bytes_.size()) return Kind::end;
    const auto first = static_cast<unsigned>(bytes_[at_]);
    const unsigned major = first >> 5U, info = first & 31U;
    switch (major) {
        case major_unsigned:
            return Kind::unsigned_integer;
        case major_negative:
            return Kind::negative_integer;
        case major_bytes:
            return Kind::bytes;
        case major_text:
            return Kind::text;
        case major_array:
            return Kind::array;
        case major_map:
            return Kind::map;
        case major_simple:
            return info == 20 || info == 21 ? Kind::boolean : info == 22 ? Kind::null : Kind::other;
        default:
            return Kind::other;
    }
}

std::uint64_t CborReader::head(unsigned major) {
    if (!ok_) return 0;
    const auto head = read_head(bytes_.subspan(at_));
    if (!head || head->major != major) {
        ok_ = false;
        return 0;
    }
    at_ += head->size;
    return head->value;
}

ByteView CborReader::take(std::uint64_t size) {
    if (!ok_ || size > bytes_.size() - at_) {
        ok_ = false;
        return {};
    }
    const auto view = bytes_.subspan(at_, static_cast<std::size_t>(size));
    at_ += view.size();
    return view;
}

std::uint64_t CborReader::unsigned_integer() {
    return head(major_unsigned);
}

std::int64_t CborReader::integer() {
    const bool negative = peek() == Kind::negative_integer;
    const auto value = head(negative ? major_negative : major_unsigned);
    if (value > int64_max) ok_ = false;
    if (!ok_) return 0;
    return negative ? -1 - static_cast<std::int64_t>(value) : static_cast<std::int64_t>(value);
}

bool CborReader::boolean() {
    if (peek() != Kind::boolean) ok_ = false;
    return head(major_simple) == 21;
}

void CborReader::null() {
    if (peek() != Kind::null) ok_ = false;
    head(major_simple);
}

std::string_view CborReader::text() {
    return as_text(take(head(major_text)));
}
ByteView CborReader::bytes() {
    return take(head(major_bytes));
}

std::size_t CborReader::array() {
    const auto items = head(major_array);
    if (items > bytes_.size() - at_) ok_ = false;
    return ok_ ? static_cast<std::size_t>(items) : 0;
}

std::size_t CborReader::map() {
    const auto pairs = head(major_map);
    if (pairs > (bytes_.size() - at_) / 2) ok_ = false;
    return ok_ ? static_cast<std::size_t>(pairs) : 0;
}

ByteView CborReader::skip() {
    const std::size_t start = at_;
    for (std::uint64_t left = 1; left > 0 && ok_; --left) {
        switch (peek()) {
            case Kind::unsigned_integer:
                head(major_unsigned);
                break;
            case Kind::negative_integer:
                head(major_negative);
                break;
            case Kind::bytes:
                bytes();
                break;
            case Kind::text:
                text();
                break;
            case Kind::array:
                left += array();
                break;
            case Kind::map:
                left += 2 * map();
                break;
            case Kind::boolean:
                boolean();
                break;
            case Kind::null:
                null();
                break;
            default:
                ok_ = false;
        }
    }
    return ok_ ? bytes_.subspan(start, at_ - start) : ByteView{};
}

Error CborReader::error(std::string_view what) const {
    return {Errc::corrupt, "Cannot read " + std::string{what} + " at byte " + std::to_string(at_) + ".", {}, {}};
}

}  // namespace debrief::core
