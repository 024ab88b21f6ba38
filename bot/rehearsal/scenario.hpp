// Who is played, and what they ask next: from their role, their stance, their stored concerns, what is due again, and
// the seed. The same seed and the same store give the same questions, whatever the ids are.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bot/dialogue/exchange.hpp"
#include "bot/rehearsal/library.hpp"

namespace debrief::bot::rehearsal {

struct Played {
    core::NamedId contact;
    std::string role;
    RoleGroup group = RoleGroup::operations;
    core::Stance stance = core::Stance::unknown;
    bool anything_stored = false;  ///< A stance or something said; else the role alone is played.
};
Played played(const Conversation& conversation, const World& world);

/// One answer that counts: not taken back.
struct Answered {
    const Message* line = nullptr;     ///< The rep's.
    const Message* verdict = nullptr;  ///< The bot's, with `judged`.
    const Message* asked = nullptr;    ///< Where the question was put first.
};
/// In the order in which they were given; a second try stands beside the first.
std::vector<Answered> answers(const Conversation& conversation, const State& state);

/// 1 to level_max: who doubts begins harder; from where the last rehearsals left off; one up for each answer that was
/// good at once, one down for each that stayed weak.
int level_now(const Conversation& conversation, const World& world, const State& state);

struct Chosen {
    Ask ask;
    std::string text;
};
/// Nothing once there is nothing left to ask.
std::optional<Chosen> next_question(const Exchange& exchange);

/// How many due ones come in a rehearsal of that day.
std::size_t due_count(const Conversation& conversation, const World& world);

/// The contingency of a question of this room.
std::string contingency_of(const std::string& question);
/// Stored facts that the question came from, or that speak of its contingency; the most telling first.
std::vector<const core::Item*> facts_for(const Conversation& conversation, const World& world, const Ask& ask);

}  // namespace debrief::bot::rehearsal
