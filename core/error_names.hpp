// The word of each error code, for other programs and for the wire. A word never changes its meaning.
#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "core/result.hpp"

namespace debrief::core {

inline constexpr std::array<std::pair<Errc, std::string_view>, 14> errc_names{{
    {Errc::invalid, "invalid"},
    {Errc::not_found, "not_found"},
    {Errc::denied, "denied"},
    {Errc::ambiguous, "ambiguous"},
    {Errc::busy, "busy"},
    {Errc::corrupt, "corrupt"},
    {Errc::full, "full"},
    {Errc::too_new, "too_new"},
    {Errc::too_large, "too_large"},
    {Errc::offline, "offline"},
    {Errc::unavailable, "unavailable"},
    {Errc::cancelled, "cancelled"},
    {Errc::io, "io"},
    {Errc::internal, "internal"},
}};

constexpr std::string_view name_of(Errc code) {
    for (const auto& [known, name] : errc_names) {
        if (known == code) return name;
    }
    return "internal";
}

/// A word of a newer version is an error of which we know no more than its sentence.
constexpr Errc errc_named(std::string_view name) {
    for (const auto& [code, known] : errc_names) {
        if (known == name) return code;
    }
    return Errc::internal;
}

}  // namespace debrief::core
