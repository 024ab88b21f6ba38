// A device that was cut off, once it has proved who it is: it may hand over what it still has, and is then told to
// remove its store. Nothing else is taken from it, and nothing is given.
#include "sync/server/session_impl.hpp"

namespace debrief::sync {

using core::Errc;
using core::Error;

core::Status ServerSession::Impl::begin_leaving(const HelloFrame& hello) {
    const auto cut = hub.store.cut_off(hello.device);
    if (!cut) return cut.error();
    const auto expected = hub.store.expected_n(hello.device, hello.incarnation);
    if (!expected) return expected.error();
    leaving = std::make_unique<Leaving>(Leaving{hello.device, cut->user, hello.incarnation, hub.clock.now()});
    phase = Phase::leaving;
    unpacker.allow(whole_bytes_max);
    if (hello.last_n < *expected && hello.parked == 0) return order_wipe(false);
    return say(LeaveFrame{hub.store.server_id(), *expected, cut->bytes_left}), core::Ok{};
}

core::Status ServerSession::Impl::take_leaving(Frame&& frame) {
    if (auto* pushed = std::get_if<PushFrame>(&frame)) {
        if (leaving->full) return core::Ok{};
        leaving->ordered = leaving->said_all = false;
        return push(std::move(*pushed)), core::Ok{};
    }
    if (std::holds_alternative<LeftFrame>(frame)) {
        leaving->said_all = true;
        return pushes.empty() && !leaving->full ? order_wipe(false) : core::Ok{};
    }
    if (std::holds_alternative<HelloFrame>(frame) || std::holds_alternative<EnrolFrame>(frame) ||
        std::holds_alternative<ProveFrame>(frame))
        return Error{Errc::corrupt, "A device that was cut off may hand over, and nothing else.", {}, {}};
    return core::Ok{};  // Whatever else: it is not heard.
}

void ServerSession::Impl::go_on_leaving(bool full) {
    leaving->full = leaving->full || full;
    if (!pushes.empty() || leaving->ordered || !(leaving->full || leaving->said_all)) return;
    if (const auto ordered = order_wipe(leaving->full); !ordered)
        bye(bye::try_later, "The server cannot write now: " + ordered.error().detail, 1013, std::chrono::seconds{5});
}

core::Status ServerSession::Impl::order_wipe(bool full) {
    auto order = hub.store.order_wipe(leaving->device, leaving->incarnation, full);
    if (!order) return order.error();
    leaving->ordered = true;
    return say(std::move(*order)), core::Ok{};
}

bool ServerSession::Impl::has_left() {
    if (phase != Phase::leaving) return false;
    const bool stays = hub.clock.now() - leaving->since > leave_within;
    if (!stays && (!leaving->ordered || !pushes.empty())) return false;
    bye(bye::revoked, "An administrator has cut this device off.", 1008);
    return true;
}

}  // namespace debrief::sync
