// Where this program's time and chance come from: the machine, or for tests a clock that stands still and a seed.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <span>

#include "core/sources.hpp"
#include "core/uuid.hpp"

namespace debrief::platform {

/// Record and civil time. Threads: any.
class AppClock final : public core::ClockSource {
public:
    explicit AppClock(std::optional<core::Instant> fixed = std::nullopt)
        : fixed_(fixed.has_value()), at_(fixed.value_or(core::Instant{}).count()) {}

    core::Instant now() override;
    [[nodiscard]] bool is_fixed() const { return fixed_; }
    /// Moves a fixed clock; it may go back.
    void set(core::Instant now) { at_ = now.count(); }

private:
    bool fixed_;
    std::atomic<std::int64_t> at_;
};

/// Bytes from the operating system, or with a seed the same ones in every run that does the same. A seeded source is
/// keyed with who uses it, so that two devices, or two runs on one store, never draw the same identifier.
/// Threads: one owner.
class AppRandom final : public core::RandomSource {
public:
    explicit AppRandom(std::optional<std::uint64_t> seed = std::nullopt);

    void fill(std::span<std::uint8_t> out) override;
    [[nodiscard]] bool is_seeded() const { return seed_.has_value(); }
    /// `run` counts the openings of this store, so that no run repeats an earlier one. Nothing happens without a seed.
    void key(const core::Uuid& device, std::uint64_t incarnation, std::uint64_t run);

private:
    std::optional<std::uint64_t> seed_;
    std::array<std::uint8_t, 32> key_{};
    std::uint64_t drawn_ = 0;
};

}  // namespace debrief::platform
