// Whom to ask.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "core/journey/journey.hpp"

namespace debrief::bot {

/// Who is best placed to answer a question about `dimension`: who will be there, who has spoken of it before, whose
/// role is near it, who wants the change. Nobody if nobody is known. Ties by name, then id.
/// `asked` counts the questions that somebody is to answer already: a meeting is no interrogation of one person.
std::optional<core::NamedId> best_placed(const core::Journey& journey, core::Dimension dimension,
                                         const std::vector<core::Uuid>& attending,
                                         const std::map<core::Uuid, int>& asked = {});

/// The person, if they are still there to be asked.
std::optional<core::NamedId> still_there(const core::Journey& journey, const std::optional<core::NamedId>& person);

}  // namespace debrief::bot
