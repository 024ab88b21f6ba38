#include "core/changes/digest.hpp"

#include <sodium.h>

#include <array>

#include "core/changes/dot_codec.hpp"
#include "core/value_codec.hpp"

namespace debrief::core {
namespace {

// SipHash-2-4 with 128 bits of output: several times faster than a hash that resists collisions made on purpose, which
// a server that is believed in everything else need not make. Source: Aumasson, Bernstein, "SipHash", 2012; libsodium.
constexpr std::array<std::uint8_t, crypto_shorthash_siphashx24_KEYBYTES> hash_key{
    'd', 'e', 'b', 'r', 'i', 'e', 'f', '.', 'd', 'i', 'g', 'e', 's', 't', '.', '1'};

void write_dot(CborWriter& out, const Dot& dot) {
    out.bytes(dot.device.view());
    out.unsigned_integer(dot.incarnation);
    out.unsigned_integer(dot.n);
}

std::uint64_t number_at(const std::uint8_t* bytes) {
    std::uint64_t number = 0;
    for (int at = 0; at < 8; ++at) number = number << 8U | bytes[at];
    return number;
}

}  // namespace

void StateDigest::count(const RecordState& state, bool adding) {
    CborWriter out;
    for (const auto& [field, heads] : state.fields) {
        for (const auto& head : heads) {
            out.clear();
            out.array(11 + head.covers.size() * 3);
            out.bytes(state.id.view());
            out.text(state.table);
            out.text(field);
            write_dot(out, head.dot);
            out.unsigned_integer(head.time.packed);
            out.bytes(head.author.view());
            write_value(out, head.value);
            out.text(head.base);
            out.unsigned_integer(head.covers.size());
            for (const auto& dot : head.covers) write_dot(out, dot);
            const auto& bytes = out.view();
            std::array<std::uint8_t, crypto_shorthash_siphashx24_BYTES> hash{};
            static_assert(crypto_shorthash_siphashx24_BYTES == size);
            crypto_shorthash_siphashx24(hash.data(), bytes.data(), bytes.size(), hash_key.data());
            const auto high = number_at(hash.data()), low = number_at(hash.data() + size / 2);
            if (adding) {
                low_ += low;
                high_ += high + (low_ < low ? 1 : 0);
            } else {
                high_ -= high + (low_ < low ? 1 : 0);
                low_ -= low;
            }
        }
    }
}

void StateDigest::add(const RecordState& state) {
    count(state, true);
}
void StateDigest::remove(const RecordState& state) {
    count(state, false);
}

Bytes StateDigest::bytes() const {
    Bytes out;
    for (const auto number : {high_, low_}) {
        for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(number >> shift));
    }
    return out;
}

}  // namespace debrief::core
