// The standing competitor: leaving things as they are.
#pragma once

#include <string_view>

namespace debrief::bot {

/// Whether an option amounts to doing nothing, waiting or carrying on as before. English and German.
bool is_doing_nothing(std::string_view option);

}  // namespace debrief::bot
