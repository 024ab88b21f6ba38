// What differs between two versions of a playbook, entry by entry, for people to read before they publish.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace debrief::bot {

struct PlaybookChange {
    std::string entry;  ///< `why_change.text.en`: questions by their id, wherever they stand; `order` for those.
    std::string before, after;  ///< As JSON, texts plain; empty where it is new or gone.
};
/// In the order of the entries' names. Errors: `invalid` where one of the two is no JSON object.
core::Result<std::vector<PlaybookChange>> playbook_changes(std::string_view before, std::string_view after);

}  // namespace debrief::bot
