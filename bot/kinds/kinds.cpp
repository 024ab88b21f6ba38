#include "bot/kinds/kinds.hpp"

#include <algorithm>
#include <array>

#include "bot/coaching/one_to_one.hpp"
#include "bot/ending/ending.hpp"
#include "bot/rehearsal/outcome.hpp"
#include "bot/rehearsal/rehearsal.hpp"
#include "bot/review/outcome.hpp"
#include "bot/review/review.hpp"

namespace debrief::bot {

const Kind* kind_called(std::string_view name) {
    static constexpr std::array all{
        Kind{"debrief", false, user_line, advance, reopen, nullptr},
        // The conversation is a debrief; its playbook is of this kind.
        Kind{"ending", false, user_line, advance, reopen, ending::outcome_json},
        Kind{"deal_review", true, review::user_line, review::advance, review::reopen, review::outcome_json},
        Kind{"plan_review", true, review::user_line, review::advance, review::reopen, review::outcome_json},
        Kind{"competitive_review", true, review::user_line, review::advance, review::reopen, review::outcome_json},
        Kind{"rehearsal", false, rehearsal::user_line, rehearsal::advance, rehearsal::reopen, rehearsal::outcome_json},
        Kind{"coaching", false, coaching::user_line, coaching::advance, coaching::reopen, coaching::outcome_json},
    };
    const auto* const found = std::find_if(all.begin(), all.end(), [&](const Kind& kind) { return kind.name == name; });
    return found == all.end() ? nullptr : &*found;
}

const Kind* kind_of(const Conversation& conversation, const Playbook& playbook) {
    const bool ends = conversation.kind == "debrief" && playbook.kind == ending::playbook_kind;
    return kind_called(ends ? ending::playbook_kind : std::string_view{conversation.kind});
}

}  // namespace debrief::bot
