// A stored concern in the mouth of the one who has it: "Sarah fears that the switch stops her line" becomes "I fear
// that the switch stops my line".
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace debrief::bot::rehearsal {

/// Nothing where the words do not turn cleanly; they are then quoted as noted. `name`: full name of the speaker.
std::optional<std::string> in_own_mouth(std::string_view noted, std::string_view name);

}  // namespace debrief::bot::rehearsal
