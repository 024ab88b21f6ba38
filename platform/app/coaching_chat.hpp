// Beginning a one-to-one, or going on with one that is not finished.
#pragma once

#include <utility>

#include <nlohmann/json_fwd.hpp>

#include "platform/app/chat_service.hpp"

namespace debrief::platform {

/// The talk with `params.rep`, and whether it had begun before. It lives in the manager's own scope. Errors: `invalid`
/// without a rep, or with oneself; `denied` with somebody whom this user does not coach.
core::Result<std::pair<Chat, bool>> open_coaching(Context& context, const nlohmann::json& params,
                                                  const bot::Playbook& playbook);

}  // namespace debrief::platform
