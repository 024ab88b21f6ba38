// A debrief of how an opportunity ended, in the customer's terms: what they did, on whose words we know it, their
// reason in their words, and what of them it would have helped to know earlier. It is a debrief like any other (its
// turns are those of bot/dialogue), under a playbook of the kind "ending"; here stands what is different about it.
// What was told is kept in State::adds: `ended`, `ended_by`, `ended_why`; the last of each holds.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bot/dialogue/exchange.hpp"

namespace debrief::bot::ending {

/// Contribution::step of what was noted before the conversation began.
inline constexpr std::string_view stored = "stored";

/// The kind of the playbook; the conversation itself is of the kind "debrief".
inline constexpr std::string_view playbook_kind = "ending";

[[nodiscard]] inline bool is_ending(const Exchange& exchange) {
    return exchange.book.kind == playbook_kind;
}

/// How it ended, as told so far.
struct Told {
    std::string outcome;   ///< A word of `opportunity.outcome`; empty if nothing was said.
    std::string ended_on;  ///< Civil date as said; empty if not said.
    core::NamedId by;      ///< Nil id: a source that is no person, or nobody (then without a name too).
    std::string reason;
};
Told told(const State& state);

/// Something of how it ended was told here, so that there is something to confirm.
bool has_news(const Exchange& exchange);

/// The words before the first question: which opportunity, and what is noted of it already, which is then told.
void introduce(Exchange& exchange);
/// The first question to ask: how it ended, unless that is known.
const Question* opening(const Exchange& exchange);
/// Its answer is there already, or it belongs to another outcome.
bool is_covered(const Exchange& exchange, const Question& question);

/// "No, they stay as they are", "reason: …": takes what was told before back. False: the line is none of these.
bool take_change(Exchange& exchange, const std::string& text);
/// Takes the answer to an open question of an ending. False: it is an answer as in any debrief, such as "don't know".
bool take_answer(Exchange& exchange, const std::string& text);

/// The lines of the confirm screen that stand before the findings; empty if nothing was told.
std::string screen(const Exchange& exchange);
/// What a confirmation writes to the opportunity. Nothing if no outcome was told.
std::vector<core::Edit> edits(const Exchange& exchange);
/// The last line, once it is confirmed; `count`: findings besides.
std::string closing(const Exchange& exchange, std::size_t count);

/// The `outcome` of chat.get: `{opportunity: {id, name}, outcome, words, by, reason, ended_on, confirmed}`.
std::string outcome_json(const Playbook& playbook, const Conversation& conversation, const World& world);

}  // namespace debrief::bot::ending
