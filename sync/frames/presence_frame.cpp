#include "sync/frames/presence_frame.hpp"

#include <algorithm>
#include <iterator>

namespace debrief::sync {
namespace {

core::Uuid id_read(core::CborReader& in) {
    const auto id = core::uuid_from_bytes(in.bytes());
    if (!id || id->is_nil()) in.fail();
    return id.value_or(core::Uuid{});
}

}  // namespace

std::optional<PresenceState> presence_named(std::string_view word) {
    const auto* const found = std::find(std::begin(presence_names), std::end(presence_names), word);
    if (found == std::end(presence_names)) return std::nullopt;
    return static_cast<PresenceState>(found - std::begin(presence_names));
}

bool read(PresenceFrame& to, std::string_view key, core::CborReader& in) {
    if (key == "r") return to.room = id_read(in), true;
    if (key == "s") return to.scope = in.text(), true;
    if (key == "u") return to.user = id_read(in), true;
    if (key == "w") return to.what = in.text(), true;
    return false;
}

bool complete(const PresenceFrame& frame) {
    return !frame.room.is_nil() && !frame.scope.empty() && !frame.what.empty();
}

}  // namespace debrief::sync
