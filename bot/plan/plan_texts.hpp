// The words of a call plan, as data: one table a kind, English and German side by side.
// Marks: {account} {fact} {other} {date} {person} {topic} {n}.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "core/journey/words.hpp"

namespace debrief::bot {

enum class PlanText {
    ask_unknown,
    ask_stale,
    ask_contradicted,
    ask_contradicted_plainly,
    ask_disagreement,
    ask_stale_plainly,
    because_missing,
    because_dont_know,
    because_vague,
    because_stale,
    because_contradicted,
    because_disagreement,
    objective_open,
    hard_concern,
    hard_fear,
    hard_process,
    hard_money,
    hard_wish,
    hard_skeptic,
    hard_skeptic_second,
    hard_skeptic_third,
    hard_blocker,
    hard_blocker_second,
    hard_nothing,
    hard_option,
    finding_gap,
    finding_seller,
    finding_little_focus,
    finding_no_objective,
    finding_nobody,
    finding_no_date,
    page_title,
    page_objective,
    page_questions,
    page_promises,
    page_hard,
    page_findings,
    page_to,
    page_by,
    page_from,
    page_answer,
    page_overdue,
    page_focus,
    count_,
};

std::string_view plan_text(PlanText which, std::string_view language);
/// The open question of a dimension of which nothing is known.
std::string_view open_question(core::Dimension dimension, std::string_view language);

using Marks = std::initializer_list<std::pair<std::string_view, std::string_view>>;
/// Puts values for marks; a value's own braces are left alone.
std::string fill(std::string_view text, Marks marks);
/// As `fill`, with {fact} and {other} shortened until the whole is at most 25 words.
std::string fill_question(std::string_view text, Marks marks);
/// Words of a quoted fact in a reason or a finding.
constexpr std::size_t quote_words_max = 18;
/// At most so many words; an ellipsis where it was cut. End marks and quotation marks around it go.
std::string clipped(std::string_view text, std::size_t words_max);

}  // namespace debrief::bot
