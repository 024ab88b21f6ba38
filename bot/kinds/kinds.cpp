#include "bot/kinds/kinds.hpp"

#include <algorithm>
#include <array>

namespace debrief::bot {

const Kind* kind_called(std::string_view name) {
    static constexpr std::array all{
        Kind{"debrief", false, user_line, advance, reopen, nullptr},
    };
    const auto* const found = std::find_if(all.begin(), all.end(), [&](const Kind& kind) { return kind.name == name; });
    return found == all.end() ? nullptr : &*found;
}

}  // namespace debrief::bot
