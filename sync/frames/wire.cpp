#include "sync/frames/wire.hpp"

#include <algorithm>

#include "sync/frames/json_text.hpp"

namespace debrief::sync {
namespace {

using core::Bytes;
using core::Errc;
using core::Error;

// In JSON a piece grows by a third, and must still fit.
constexpr std::size_t piece_bytes = 20U << 10U;

SharedBytes in(Encoding encoding, Bytes cbor) {
    if (encoding == Encoding::json) {
        auto text = json_of_cbor(cbor);
        DEBRIEF_CHECK(text.has_value());  // What we encoded ourselves is valid.
        return std::make_shared<const Bytes>(text->begin(), text->end());
    }
    return std::make_shared<const Bytes>(std::move(cbor));
}

// A frame that holds a token stays as it is: the length of what is deflated with a secret tells about the secret.
bool deflatable(const Frame& frame) {
    return std::holds_alternative<PushFrame>(frame) || std::holds_alternative<ResultsFrame>(frame) ||
           std::holds_alternative<LogFrame>(frame) || std::holds_alternative<CursorsFrame>(frame) ||
           std::holds_alternative<ScopeOpenFrame>(frame) || std::holds_alternative<ScopeCloseFrame>(frame);
}

}  // namespace

std::vector<SharedBytes> messages_of(const SharedBytes& cbor, Encoding encoding) {
    std::vector<SharedBytes> messages;
    if (cbor->size() <= frame_bytes_sent) {
        messages.push_back(encoding == Encoding::cbor ? cbor : in(encoding, *cbor));
        return messages;
    }
    for (std::size_t at = 0; at < cbor->size(); at += piece_bytes) {
        const auto size = std::min(piece_bytes, cbor->size() - at);
        const auto* first = cbor->data() + at;
        messages.push_back(in(encoding, encode(PartFrame{at, cbor->size(), Bytes(first, first + size)})));
    }
    return messages;
}

SharedBytes zipped(const SharedBytes& cbor) {
    if (cbor->size() < deflate_from) return cbor;
    auto whole = encode(ZippedFrame{cbor->size(), deflated(*cbor)});
    return whole.size() < cbor->size() ? std::make_shared<const Bytes>(std::move(whole)) : cbor;
}

std::vector<SharedBytes> messages_of(const Frame& frame, Encoding encoding, Deflate deflate) {
    auto cbor = std::make_shared<const Bytes>(encode(frame));
    if (deflate == Deflate::no || encoding == Encoding::json || !deflatable(frame)) return messages_of(cbor, encoding);
    return messages_of(zipped(cbor), encoding);
}

core::Result<std::optional<Received>> Unpacker::take(core::ByteView message) {
    if (message.size() > frame_bytes_max) {
        return Error{
            Errc::too_large, "A message of " + std::to_string(message.size()) + " bytes is over the limit.", {}, {}};
    }
    Bytes transcoded;
    if (encoding_ == Encoding::json) {
        auto cbor = cbor_of_json(core::as_text(message));
        if (!cbor) return cbor.error();
        transcoded = std::move(*cbor);
        message = transcoded;
    }
    auto frame = decode_frame(message);
    if (!frame) return frame.error();
    if (const auto* part = std::get_if<PartFrame>(&*frame)) return take_part(*part);
    if (const auto* zip = std::get_if<ZippedFrame>(&*frame)) return unzip(*zip);
    return std::optional<Received>{Received{std::move(*frame), message.size()}};
}

core::Result<std::optional<Received>> Unpacker::unzip(const ZippedFrame& frame) {
    // Judged by what it claims, before a byte of it is made; more than it claims never comes out.
    if (frame.of > whole_max_) {
        return Error{Errc::too_large, "A frame of " + std::to_string(frame.of) + " bytes is over the limit.", {}, {}};
    }
    const auto cbor = inflated(frame.packed, static_cast<std::size_t>(frame.of));
    if (!cbor) return cbor.error();
    auto inner = decode_frame(*cbor);
    if (!inner) return inner.error();
    if (std::holds_alternative<PartFrame>(*inner) || std::holds_alternative<ZippedFrame>(*inner)) {
        return Error{Errc::corrupt, "What is deflated must be a whole frame.", "z", {}};
    }
    return std::optional<Received>{Received{std::move(*inner), cbor->size()}};
}

core::Result<std::optional<Received>> Unpacker::take_part(const PartFrame& part) {
    if (part.of > whole_max_) {
        return Error{Errc::too_large, "A frame of " + std::to_string(part.of) + " bytes is over the limit.", {}, {}};
    }
    if (part.at == 0) {
        whole_.clear();
        of_ = part.of;
    }
    if (part.piece.empty() || part.at != whole_.size() || part.of != of_ || part.piece.size() > of_ - part.at) {
        return Error{Errc::corrupt, "A piece of a frame is out of place.", "part", {}};
    }
    // Grown as it comes, never by what the peer claims.
    whole_.insert(whole_.end(), part.piece.begin(), part.piece.end());
    if (whole_.size() < of_) return std::optional<Received>{};
    const Bytes whole = std::exchange(whole_, {});
    of_ = 0;
    auto frame = decode_frame(whole);
    if (!frame) return frame.error();
    if (std::holds_alternative<PartFrame>(*frame)) return Error{Errc::corrupt, "A piece within pieces.", "part", {}};
    if (const auto* zip = std::get_if<ZippedFrame>(&*frame)) return unzip(*zip);
    return std::optional<Received>{Received{std::move(*frame), whole.size()}};
}

}  // namespace debrief::sync
