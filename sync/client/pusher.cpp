#include "sync/client/pusher.hpp"

#include "sync/session.hpp"

namespace debrief::sync {
namespace {

using core::Errc;
using core::Error;

// Leaves room for the envelope in a message of the usual size.
constexpr std::size_t frame_payload_max = frame_bytes_sent - 1024;
constexpr unsigned gaps_max = 1000;

}  // namespace

core::Status Pusher::begin() {
    const auto final_n = store_.final_n();
    if (!final_n) return final_n.error();
    in_flight_.clear();
    bytes_ = 0;
    next_ = *final_n + 1;
    drained_ = false;
    return core::Ok{};
}

core::Result<std::vector<PushFrame>> Pusher::next() {
    std::vector<PushFrame> frames;
    while (bytes_ < window_bytes) {
        auto entries = store_.unsent(next_, window_bytes - bytes_);
        if (!entries) return entries.error();
        drained_ = entries->empty();
        std::size_t in_frame = 0;
        bool window_full = false;
        for (auto& entry : *entries) {
            const auto size = entry.payload.size();
            // One larger than the window goes alone.
            if (bytes_ != 0 && bytes_ + size > window_bytes) {
                window_full = true;
                break;
            }
            // One between may be settled already: its place in the log came before the word on it, and that was lost.
            const bool follows = entry.n == next_;
            if (frames.empty() || !follows || in_frame == 0 || in_frame + size > frame_payload_max) {
                frames.push_back({entry.n, {}});
                in_frame = 0;
            }
            in_frame += size + 8;
            frames.back().payloads.push_back(std::move(entry.payload));
            in_flight_.push_back({entry.n, size});
            bytes_ += size;
            next_ = entry.n + 1;
        }
        if (drained_ || window_full) break;
    }
    return frames;
}

core::Status Pusher::take(const ResultsFrame& results) {
    std::vector<core::PushResult> fresh;
    const auto final_n = store_.final_n();
    if (!final_n) return final_n.error();
    for (const auto& item : results.items) {
        if (item.result.n >= next_)
            return Error{Errc::corrupt, "The server answered a change that was not sent.", {}, {}};
        if (item.result.n > *final_n) fresh.push_back(item.result);
    }
    if (!fresh.empty()) {
        DEBRIEF_TRY(store_.settle(fresh));
        gaps_ = 0;
    }
    for (const auto& item : results.items) {
        while (!in_flight_.empty() && in_flight_.front().n <= item.result.n) {
            bytes_ -= in_flight_.front().bytes;
            in_flight_.pop_front();
        }
    }
    if (results.items.empty() && results.expected_n != next_) {
        // The server did not take what came after a gap. Going back further than the last final result would mean that
        // it lost what it had acknowledged: that is not settled here.
        const auto settled = fresh.empty() ? *final_n : fresh.back().n;
        if (results.expected_n != settled + 1) {
            return Error{Errc::corrupt,
                         "The server expects change " + std::to_string(results.expected_n) + ", but " +
                             std::to_string(settled) + " is the last one that it acknowledged.",
                         {},
                         {}};
        }
        // Every frame behind a gap is answered like this; but a gap that never closes is ours.
        if (++gaps_ > gaps_max)
            return Error{Errc::corrupt, "The outbox lacks change " + std::to_string(settled + 1) + ".", {}, {}};
        return begin();
    }
    return core::Ok{};
}

}  // namespace debrief::sync
