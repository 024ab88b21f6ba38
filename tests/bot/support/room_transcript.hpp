// A review as a page to read: a head with the kind, the account, its members and what is known; then `> NAME: words`,
// `! NAME confirm`, `! NAME offline`, `! NAME online`, and what the bot says.
#pragma once

#include <string>

namespace debrief::bot::test {

/// The page with the bot's lines as they come now.
std::string play_room(const std::string& page);

}  // namespace debrief::bot::test
