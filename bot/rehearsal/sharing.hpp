// What of a rehearsal the rep's manager gets to see, once the rep says so: the questions and the verdicts; the answers
// only where the rep says that too.
#pragma once

#include <string>
#include <vector>

#include "bot/rehearsal/scenario.hpp"
#include "core/store/store.hpp"

namespace debrief::bot::rehearsal {

/// "with my answers": what the rep adds to `share`.
bool wants_answers(std::string_view text);

std::string summary(const Conversation& conversation, const Played& who, const std::vector<Answered>& answers,
                    bool with_answers);
/// A note in `coaching/U/M` for each manager; sharing again writes the same notes anew. The rehearsal itself stays
/// where it is. `at`: when the rep said so.
std::vector<core::Edit> share_edits(const Conversation& conversation, const World& world, const State& state,
                                    core::Instant at, bool with_answers);

}  // namespace debrief::bot::rehearsal
