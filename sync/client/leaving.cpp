// A device that was cut off: it hands over what its server has not got yet, and is then told to remove its store. It
// obeys nobody but the server that it was enrolled with, and only once everything is there.
#include "sync/client/client_session_impl.hpp"

namespace debrief::sync {

using core::Errc;
using core::Error;

Actions ClientSession::Impl::take_leave(const LeaveFrame& frame) {
    if (!proved || !wipes) return fail("The server sends away a device that has not shown who it is.");
    if (const auto ours = credentials.check_server(frame.server); !ours) return fail(ours.error().detail);
    return leave(frame.expected_n);
}

Actions ClientSession::Impl::leave(std::uint64_t expected_n) {
    revoked = true;
    if (const auto begun = connection.begin_leaving(expected_n); !begun) return fail(begun.error());
    phase = Phase::leaving;
    backoff.reset();
    problem = "An administrator has cut this device off. What was not sent yet is being handed over.";
    return go_on_leaving();
}

Actions ClientSession::Impl::go_on_leaving() {
    if (const auto pushed = connection.push(); !pushed) return fail(pushed.error());
    if (!connection.pushed_all()) {
        said_left = false;
    } else if (!std::exchange(said_left, true)) {
        connection.send(LeftFrame{});
    }
    return done();
}

Actions ClientSession::Impl::take_leaving(Received& received) {
    if (const auto* told_to = std::get_if<WipeFrame>(&received.frame)) return take_wipe(*told_to);
    const auto* results = std::get_if<ResultsFrame>(&received.frame);
    if (results == nullptr) return done();  // Nothing else is for a device that was cut off.
    if (const auto taken = connection.take(received); !taken) return fail(taken.error());
    return go_on_leaving();
}

Actions ClientSession::Impl::take_wipe(const WipeFrame& given) {
    if (!proved || !wipes) return fail("The server sends away a device that has not shown who it is.");
    if (const auto ours = credentials.check_order(given); !ours) return fail(ours.error().detail);
    const auto last_n = store.last_n();
    if (!last_n) return fail(last_n.error());
    if (given.expected_n <= *last_n && !given.full) {
        // Somebody has written meanwhile; the server has not got that yet.
        if (phase == Phase::greeting) return leave(given.expected_n);
        return go_on_leaving();
    }
    const auto counts = store.counts();
    if (!counts) return fail(counts.error());
    wipe = WipeOrder{given.cut_off_at, given.handed_over, counts->pending + counts->parked};
    revoked = true;
    wanted = false;
    return fail("An administrator has cut this device off.", 1000);
}

}  // namespace debrief::sync
