// What a device shows to its server: the invitation at first, then its token, and its key where that is not enough.
#pragma once

#include <string>
#include <string_view>

#include "core/device/device_store.hpp"
#include "core/sources.hpp"
#include "sync/frames/frame.hpp"
#include "sync/invitation.hpp"

namespace debrief::sync {

/// Threads: one owner, the store's. Errors of all: as a write.
class Credentials {
public:
    Credentials(core::DeviceStore& store, core::RandomSource& random) : store_(store), random_(random) {}

    /// Incarnation and key are kept before they are first said: if the answer is lost, the same device asks again.
    /// Another invitation gets another key.
    core::Result<EnrolFrame> enrol(const Invitation& invitation, std::string_view device_name);
    /// Who this device is from now on.
    core::Status keep(const Invitation& invitation, const EnrolledFrame& frame);
    core::Status keep_token(core::ByteView token);
    /// Signed for the server that this device was enrolled with. Errors: `denied` if it is another that asks, if this
    /// device is not enrolled, or has no key.
    core::Result<ProveFrame> prove(const ChallengeFrame& frame);
    /// Errors: `denied`, with a sentence for people.
    core::Status check_server(const core::Uuid& server);
    /// The key with which this device's server signs orders: the first one that it said counts, for good.
    core::Status keep_order_key(core::ByteView key);
    /// Whether this device's server gives such orders. False where that cannot be read.
    bool knows_order_key();
    /// Errors: `denied` if not this device's own server gave the order, or gave it to another device.
    core::Status check_order(const WipeFrame& order);

private:
    core::Result<std::uint64_t> incarnation();
    core::Result<core::Bytes> joining_seed(core::ByteView secret);
    core::Result<core::Enrolment> enrolment();

    core::DeviceStore& store_;
    core::RandomSource& random_;
};

}  // namespace debrief::sync
