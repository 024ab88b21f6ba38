// Who is in a review room and who is typing: said while it is so, passed on to whoever is there, kept nowhere.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/cbor.hpp"
#include "core/uuid.hpp"

namespace debrief::sync {

enum class PresenceState { here, typing, gone };
inline constexpr std::string_view presence_names[]{"here", "typing", "gone"};

constexpr std::string_view name_of(PresenceState state) {
    return presence_names[static_cast<std::size_t>(state)];
}
/// Nothing for a word of a newer version.
std::optional<PresenceState> presence_named(std::string_view word);

/// Device: what its person does in a room. Server: what another person does there; `user` is set by the server alone.
struct PresenceFrame {
    core::Uuid room;
    std::string scope;  ///< The room's: `account/A`.
    core::Uuid user{};  ///< Nil from a device.
    std::string what;   ///< A name of PresenceState, or a word of a newer version, which is skipped.
};

/// For frame_read.cpp: takes one field; says false for one that it does not know.
bool read(PresenceFrame& to, std::string_view key, core::CborReader& in);
bool complete(const PresenceFrame& frame);

}  // namespace debrief::sync
