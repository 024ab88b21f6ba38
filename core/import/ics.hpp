// iCalendar as text: folded lines, properties with parameters, components within components.
// Source: RFC 5545, section 3.1.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/import/findings.hpp"
#include "core/import/pulse.hpp"

namespace debrief::core::intake {

struct IcsProperty {
    std::string name;                               ///< Upper case.
    std::map<std::string, std::string> parameters;  ///< Names in upper case.
    std::string value;                              ///< As it stands, escapes included.
    std::size_t line = 0;

    /// The value with `\n \, \; \\` resolved.
    [[nodiscard]] std::string text() const;
    [[nodiscard]] std::string parameter(const std::string& key) const;  ///< Empty if absent.
};

struct IcsComponent {
    std::string name;  ///< Upper case: VEVENT, VTIMEZONE …
    std::size_t line = 0;
    std::vector<IcsProperty> properties;
    std::vector<IcsComponent> children;

    [[nodiscard]] const IcsProperty* find(std::string_view property) const;  ///< The first one.
    [[nodiscard]] std::string text(std::string_view property) const;         ///< Empty if absent.
};

inline constexpr std::size_t ics_depth_max = 8;
inline constexpr std::size_t ics_line_bytes_max = 64U << 10U;  ///< Of one unfolded line.

/// The components of a calendar file. Lines that cannot be read, and a component that the file's end cuts off, are
/// refused in `findings`; the others stand. Errors: `invalid` if the text is no calendar at all;
/// `cancelled`.
Result<std::vector<IcsComponent>> read_ics(std::string_view file, std::string_view text, Findings& findings,
                                           Pulse* pulse = nullptr);

}  // namespace debrief::core::intake
