// Time and chance for tests: both do what they are told.
#pragma once

#include <cstdint>

#include "core/sources.hpp"

namespace debrief::sync::test {

class FakeClock final : public core::ClockSource {
public:
    explicit FakeClock(core::Instant start = core::Instant{1'750'000'000'000}) : now_(start) {}
    core::Instant now() override { return now_ + skew_; }
    void advance(std::chrono::milliseconds by) { now_ += by; }
    void set(core::Instant to) { now_ = to; }
    void skew(std::chrono::milliseconds by) { skew_ = by; }

private:
    core::Instant now_;
    std::chrono::milliseconds skew_{0};
};

/// SplitMix64: the same seed, the same bytes.
class FakeRandom final : public core::RandomSource {
public:
    explicit FakeRandom(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15ULL + 1) {}
    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31U);
    }
    /// 0 to `limit` - 1.
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(next() % limit); }
    bool one_in(std::size_t count) { return below(count) == 0; }
    void fill(std::span<std::uint8_t> out) override {
        for (auto& byte : out) byte = static_cast<std::uint8_t>(next());
    }

private:
    std::uint64_t state_;
};

}  // namespace debrief::sync::test
