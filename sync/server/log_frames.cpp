#include "sync/server/log_frames.hpp"

#include <algorithm>

#include "sync/frames/frame.hpp"
#include "sync/frames/wire.hpp"

namespace debrief::sync {

bool LogReader::has(const core::Dot& dot) const {
    return dot.device == device && dot.incarnation == incarnation && dot.n > held_after &&
           !std::binary_search(sealed.begin(), sealed.end(), dot.n);
}

core::Result<LogPiece> LogFrames::after(const std::string& scope, std::uint64_t position, const LogReader& reader,
                                        Deflate deflate) {
    // A log only grows, so a frame that was right once is right for ever; `forget` is for erasures.
    for (auto& kept : kept_) {
        if (kept.position != position || kept.scope != scope || kept.authors.count(reader.device) != 0) continue;
        if (deflate == Deflate::yes && !kept.piece.zipped) kept.piece.zipped = zipped(kept.piece.cbor);
        return kept.piece;
    }
    constexpr std::size_t envelope = 1024;
    auto entries = store_.read_log(scope, position, frame_bytes_sent - envelope);
    if (!entries) return entries.error();
    if (entries->empty()) return LogPiece{};
    std::set<core::Uuid> authors;
    for (const auto& entry : *entries) authors.insert(entry.dot.device);
    const bool by_itself = authors.count(reader.device) != 0;
    if (by_itself) {
        for (auto& entry : *entries) {
            if (reader.has(entry.dot)) entry.payload.clear();
        }
    }
    LogPiece piece;
    piece.last = entries->back().position;
    piece.cbor = std::make_shared<const core::Bytes>(encode(LogFrame{scope, std::move(*entries)}));
    if (deflate == Deflate::yes) piece.zipped = zipped(piece.cbor);
    // A piece that stops short of the frame's size may be followed by more later; it stays a right answer all the same.
    if (!by_itself) {
        Kept kept{scope, position, piece, std::move(authors)};
        if (kept_.size() < kept_max) {
            kept_.push_back(std::move(kept));
        } else {
            kept_[next_] = std::move(kept);
            next_ = (next_ + 1) % kept_max;
        }
    }
    return piece;
}

void LogFrames::forget(const std::set<std::string>& scopes) {
    if (scopes.empty()) return;
    std::erase_if(kept_, [&](const Kept& kept) { return scopes.count(kept.scope) != 0; });
    next_ = 0;
}

}  // namespace debrief::sync
