// What was worked out about an account ⇄ bytes that the store keeps beside the records until they change.
#pragma once

#include <optional>

#include "core/bytes.hpp"
#include "platform/app/account_views.hpp"

namespace debrief::platform {

core::Bytes bytes_of(const AccountView& view);
/// Nothing if these bytes are not what `bytes_of` of this build made.
std::optional<AccountView> account_view_of(core::ByteView bytes);

}  // namespace debrief::platform
