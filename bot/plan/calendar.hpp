// A call plan as the calendar entry of its meeting, for whatever calendar the rep uses (iCalendar, RFC 5545).
#pragma once

#include <optional>
#include <string>

#include "bot/plan/plan.hpp"
#include "core/sources.hpp"

namespace debrief::bot {

struct CalendarEntry {
    std::string uid;         ///< As the calendar knows the event: taking this file in again changes that one.
    std::string recurrence;  ///< RECURRENCE-ID of one event of a series, as it was read; else empty.
    std::string title;
    core::Instant at{};
    std::optional<core::Instant> ends_at;
    std::string date;       ///< Of an event that lasts whole days: its civil day.
    core::Instant stamp{};  ///< When it is written.
};

/// The entry with the plan as its description. Lines end with CRLF and are folded at 75 octets.
std::string to_calendar(const CallPlan& plan, const PlanContext& context, const CalendarEntry& entry);

}  // namespace debrief::bot
