// Times of a calendar: UTC, local to a zone that the file defines, floating, or a whole day.
// Source: RFC 5545, sections 3.3.4, 3.3.5, 3.3.6 and 3.6.5.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/import/ics.hpp"
#include "core/sources.hpp"

namespace debrief::core::intake {

using LocalSeconds = std::chrono::sys_seconds;  ///< A wall clock's reading, as if it were UTC.

/// The zones that a calendar file defines.
class IcsZones {
public:
    /// Takes a VTIMEZONE. One with a rule that we cannot read is left out, so that its times count as of an unknown
    /// zone.
    void add(const IcsComponent& zone);
    /// Nothing if the zone is not defined.
    [[nodiscard]] std::optional<std::chrono::seconds> offset(const std::string& id, LocalSeconds local) const;

private:
    struct Rule {
        LocalSeconds begin;
        std::chrono::seconds from{0}, to{0};
        // Every year from `begin` on, on the `week`th `weekday` of `month` (negative: from its end); once if `week` is
        // 0.
        unsigned month = 0;
        int week = 0;
        unsigned weekday = 0;
        std::optional<LocalSeconds> until;

        [[nodiscard]] std::optional<LocalSeconds> last_onset(LocalSeconds local) const;
    };
    static std::optional<Rule> read_rule(const IcsComponent& part);

    std::map<std::string, std::vector<Rule>> zones_;
};

struct IcsMoment {
    Instant at{};
    std::string date;  ///< The civil day where it was written.
    bool whole_day = false;
    bool zone_unknown = false;  ///< A zone is named that the file does not define: `floating` was used instead.
};

/// Reads DTSTART, DTEND, RECURRENCE-ID. `floating` is the offset for times that name no zone, and for whole days.
/// Nothing if the value is no time.
std::optional<IcsMoment> read_moment(const IcsProperty& property, const IcsZones& zones, std::chrono::minutes floating);
/// PT1H30M, P1D, P2W; not negative.
std::optional<std::chrono::seconds> read_duration(std::string_view text);

}  // namespace debrief::core::intake
