// Civil dates with the granularity in which they were said: 2025-03-18, 2025-W12, 2025-03, 2025-Q2, 2025-H1, 2025-SP,
// 2025. The forms are those of TIMEX3.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/sources.hpp"

namespace debrief::core {

bool is_civil(std::string_view text);
/// First and last day of the time named. Seasons by the calendar: SP March to May, SU June to August, FA September to
/// November, WI December to February, named after the year it begins in. Nothing if `text` is not a civil date.
struct DayRange {
    std::chrono::sys_days first, last;
};
std::optional<DayRange> days_of(std::string_view text);
std::string civil_text(std::chrono::sys_days day);
std::optional<std::chrono::sys_days> parse_day(std::string_view text);  ///< 2025-03-18 only.

/// The civil day of an instant, for somebody whose clock is `utc_offset` ahead of UTC. What is out of range counts as
/// its end.
std::chrono::sys_days day_of(Instant instant, std::chrono::minutes utc_offset);

/// What an instant of a record may be: in the years 1 to 9999, which ISO 8601 writes with four digits.
inline constexpr Instant earliest_instant =
    std::chrono::sys_days{std::chrono::year{1} / std::chrono::January / 1}.time_since_epoch();
inline constexpr Instant latest_instant =
    std::chrono::sys_days{std::chrono::year{10'000} / std::chrono::January / 1}.time_since_epoch() -
    std::chrono::milliseconds{1};

/// ISO 8601 with offset (`Z` or `+01:00`), to milliseconds. A civil day alone is not an instant.
std::optional<Instant> parse_instant(std::string_view text);
/// UTC, `2025-03-18T09:30:00.000Z`; without milliseconds if they are 0. What is out of range counts as its end.
std::string instant_text(Instant instant);

}  // namespace debrief::core
