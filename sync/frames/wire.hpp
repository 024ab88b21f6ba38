// Between frames and messages: encoding, and the pieces of frames that are too long for one message.
#pragma once

#include <optional>
#include <vector>

#include "core/result.hpp"
#include "sync/frames/deflate.hpp"
#include "sync/frames/frame.hpp"
#include "sync/session.hpp"

namespace debrief::sync {

/// One CBOR frame as the messages that carry it: itself, or its pieces.
std::vector<SharedBytes> messages_of(const SharedBytes& cbor, Encoding encoding);
/// Deflated first where the peer takes that, the frame is long enough, and nothing in it is a secret.
std::vector<SharedBytes> messages_of(const Frame& frame, Encoding encoding, Deflate deflate = Deflate::no);

/// The frame within a `ZippedFrame`; the very same bytes where that would not be shorter.
SharedBytes zipped(const SharedBytes& cbor);

/// A frame as received.
struct Received {
    Frame frame;
    std::size_t bytes = 0;  ///< Of its CBOR form, pieces put together and inflated.
};

/// Messages in, frames out. Threads: one owner.
class Unpacker {
public:
    explicit Unpacker(Encoding encoding, std::size_t whole_max = whole_bytes_max)
        : encoding_(encoding), whole_max_(whole_max) {}

    /// Nothing while pieces are missing. Errors: `corrupt`, `too_large`; the connection is then of no use any more.
    core::Result<std::optional<Received>> take(core::ByteView message);
    void allow(std::size_t whole_max) { whole_max_ = whole_max; }

private:
    core::Result<std::optional<Received>> take_part(const PartFrame& part);
    core::Result<std::optional<Received>> unzip(const ZippedFrame& frame);

    Encoding encoding_;
    std::size_t whole_max_;
    core::Bytes whole_;
    std::uint64_t of_ = 0;
};

}  // namespace debrief::sync
