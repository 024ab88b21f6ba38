// The call plan of a meeting: made from the journey each time it is read, under the words that people have edited.
#pragma once

#include <optional>

#include <nlohmann/json_fwd.hpp>

#include "platform/app/context.hpp"

namespace debrief::platform {

/// The plan of `meeting`, else of the account's next meeting, else of whenever it comes.
/// Errors: `not_found` for a meeting or opportunity that is not there.
core::Result<nlohmann::json> call_plan(Context& context, const core::Uuid& account, std::optional<core::Uuid> meeting,
                                       const std::optional<core::Uuid>& opportunity);

}  // namespace debrief::platform
