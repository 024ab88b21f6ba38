#include "sync/frames/wipe_frames.hpp"

#include <algorithm>
#include <iterator>

#include "core/digest.hpp"
#include "sync/device_key.hpp"

namespace debrief::sync {
namespace {

constexpr std::string_view order_context = "debrief.order.v1";
constexpr std::string_view wipe_context = "debrief.wipe.v1";

// One by one: gcc 12 takes an insertion at the end for one that overlaps.
void append(core::Bytes& to, core::ByteView bytes) {
    std::copy(bytes.begin(), bytes.end(), std::back_inserter(to));
}
void append(core::Bytes& to, std::uint64_t number) {
    for (unsigned shift = 64; shift > 0; shift -= 8)
        to.push_back(static_cast<std::uint8_t>((number >> (shift - 8U)) & 0xFFU));
}

core::Uuid server_read(core::CborReader& in) {
    const auto id = core::uuid_from_bytes(in.bytes());
    if (!id || id->is_nil()) in.fail();
    return id.value_or(core::Uuid{});
}

}  // namespace

core::Bytes order_seed(core::ByteView seal_seed) {
    core::Bytes from{order_context.begin(), order_context.end()};
    append(from, seal_seed);
    const auto seed = core::sha256(from);
    return {seed.begin(), seed.end()};
}

core::Bytes wipe_message(const WipeFrame& order, const core::Uuid& device, std::uint64_t incarnation) {
    core::Bytes message{wipe_context.begin(), wipe_context.end()};
    append(message, order.server.view());
    append(message, device.view());
    append(message, incarnation);
    append(message, static_cast<std::uint64_t>(order.cut_off_at.count()));
    append(message, order.expected_n);
    append(message, order.handed_over);
    message.push_back(order.full ? 1 : 0);
    return message;
}

bool read(LeaveFrame& to, std::string_view key, core::CborReader& in) {
    if (key == "server") return to.server = server_read(in), true;
    if (key == "n") return to.expected_n = in.unsigned_integer(), true;
    if (key == "b") return to.bytes = in.unsigned_integer(), true;
    return false;
}

bool read(LeftFrame&, std::string_view, core::CborReader&) {
    return false;
}

bool read(WipeFrame& to, std::string_view key, core::CborReader& in) {
    if (key == "server") return to.server = server_read(in), true;
    if (key == "t") return to.cut_off_at = core::Instant{in.integer()}, true;
    if (key == "n") return to.expected_n = in.unsigned_integer(), true;
    if (key == "h") return to.handed_over = in.unsigned_integer(), true;
    if (key == "full") return to.full = in.boolean(), true;
    if (key != "sig") return false;
    const auto signature = in.bytes();
    to.signature.assign(signature.begin(), signature.end());
    return true;
}

bool complete(const LeaveFrame& frame) {
    return !frame.server.is_nil() && frame.expected_n != 0;
}

bool complete(const WipeFrame& frame) {
    return !frame.server.is_nil() && frame.expected_n != 0 && frame.signature.size() == signature_bytes;
}

}  // namespace debrief::sync
