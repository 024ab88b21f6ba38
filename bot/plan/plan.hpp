// The call plan of the next meeting: what the customer wants from it, what we must learn and from whom, which of their
// promises are due, and which hard questions to expect. Made from the journey; what people wrote into it stays.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/journey/journey.hpp"

namespace debrief::bot {

struct Because {
    std::string code;  ///< missing dont_know vague stale contradicted disagreement agreed
    std::string text;  ///< One sentence.
    std::vector<core::Uuid> evidence;
};
struct PlanQuestion {
    core::Uuid id;
    std::string text;  ///< As one would say it to the customer; at most 25 words unless a person wrote it.
    core::Dimension dimension = core::Dimension::unknown;
    std::optional<core::NamedId> to;  ///< Who is best placed to answer.
    std::optional<core::NamedId> owner;
    std::string due;
    std::string status = "open";  ///< open asked answered dropped
    Because because;
    bool edited = false;
    int rank = 0;  ///< From 1; the most telling answer first.
};
/// An unexpected question to rehearse.
struct Contingency {
    core::Uuid id;
    std::string question;
    std::optional<core::NamedId> from;
    std::string answer;  ///< The rep's own.
    std::vector<core::Uuid> evidence;
};
struct PlanFinding {
    std::string code;  ///< gap seller_sentence little_focus no_objective nobody_to_ask promise_without_date
    std::string text;
    std::vector<core::Uuid> evidence;
};
struct FocusShares {
    int customer = 0, seller = 0, neutral = 0;  ///< Per cent; together 100.
};

/// The plan as the store holds it. A new one has an id and nothing else.
struct StoredPlan {
    core::Uuid id;
    std::string objective;
    std::string text;  ///< Whatever else people wrote into it.
    std::vector<PlanQuestion> questions;
    std::vector<Contingency> contingencies;
};

struct PlanContext {
    core::NamedId account;
    core::NamedId rep;  ///< Owns new questions; nobody if nil.
    std::chrono::sys_days today;
    std::optional<std::chrono::sys_days> meeting_day;
    std::vector<core::Uuid> attending;                     ///< Contacts who will be there.
    std::string language = "en";                           ///< en or de; others read English.
    std::function<core::Focus(const std::string&)> focus;  ///< Whose world a sentence is about; empty: not judged.
    std::size_t questions_max = 7;                         ///< Open ones, beyond which nothing is added.
};

struct CallPlan {
    core::Uuid id;
    std::string objective;
    std::vector<PlanQuestion> questions;  ///< By rank; answered and dropped ones last.
    std::vector<core::CommitmentView> commitments_due;
    std::vector<Contingency> contingencies;
    std::optional<FocusShares> focus;  ///< Nothing if it was not judged.
    std::vector<PlanFinding> findings;
    std::vector<core::Uuid> obsolete;  ///< Stored questions that nobody touched and whose reason is gone.
};

/// Where the plan of a meeting lives: two devices that plan the same meeting write to one plan. Nil ids for none.
core::Uuid plan_id(const core::Uuid& account, const core::Uuid& meeting, const core::Uuid& opportunity);

/// Pure: the same journey, context and stored plan give the same plan, ids included. Stored questions keep their words,
/// status, owner and date; those that people wrote or edited are never dropped. Never asks for close date, probability,
/// amount, discount, forecast or stage.
CallPlan make_plan(const core::Journey& journey, const PlanContext& context, const StoredPlan& stored);

/// The plan as a page to print or to paste.
std::string to_markdown(const CallPlan& plan, const PlanContext& context);

}  // namespace debrief::bot
