#include "bot/plan/plan.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "bot/plan/contingencies.hpp"
#include "bot/plan/placing.hpp"
#include "bot/plan/plan_findings.hpp"
#include "bot/plan/plan_texts.hpp"
#include "bot/plan/questions.hpp"
#include "bot/risk/praise.hpp"
#include "core/civil_date.hpp"

namespace debrief::bot {
namespace {

using core::Dimension;
using core::Item;
using core::ItemState;

/// Promises that fall due so soon after the meeting are worth a word in it.
constexpr std::chrono::days due_ahead{14};

const Item* newest_holding(const core::Journey& journey, Dimension dimension) {
    for (const Item& item : journey.of(dimension).items) {
        if (item.state == ItemState::confirmed && !is_vague_praise(item.text)) return &item;
    }
    return nullptr;
}

bool is_ours(const core::Journey& journey, const std::string& objective, const PlanContext& context) {
    for (const std::string_view language : {"en", "de"}) {
        if (objective == fill(plan_text(PlanText::objective_open, language), {{"{account}", context.account.name}}))
            return true;
    }
    for (const Dimension dimension : {Dimension::desired_outcome, Dimension::why_change}) {
        const auto& items = journey.of(dimension).items;
        if (std::any_of(items.begin(), items.end(), [&](const Item& item) { return item.text == objective; }))
            return true;
    }
    return false;
}

/// In the customer's words: what they want, else why they must change. What a person wrote stays.
std::string objective_of(const core::Journey& journey, const PlanContext& context, const std::string& stored) {
    if (!stored.empty() && !is_ours(journey, stored, context)) return stored;
    for (const Dimension dimension : {Dimension::desired_outcome, Dimension::why_change}) {
        if (const Item* item = newest_holding(journey, dimension)) return item->text;
    }
    return fill(plan_text(PlanText::objective_open, context.language), {{"{account}", context.account.name}});
}

/// Made by us from the journey, and by nobody touched: it may go when its reason goes.
bool is_computed(const PlanQuestion& question) {
    const bool derived = question.id.bytes[6] >> 4U == 8;
    return derived && !question.edited && question.status == "open";
}

struct Placed {
    PlanQuestion question;
    int value = 0;
    bool settled = false;
};

void merge_questions(CallPlan& plan, const core::Journey& journey, const PlanContext& context,
                     const StoredPlan& stored) {
    auto raised = candidates(journey, context, stored.id);
    std::map<core::Uuid, const PlanQuestion*> kept;
    std::vector<Placed> placed;
    std::size_t open = 0;
    for (const PlanQuestion& question : stored.questions) {
        const auto candidate = std::find_if(raised.begin(), raised.end(),
                                            [&](const Candidate& one) { return one.question.id == question.id; });
        if (candidate == raised.end() && is_computed(question)) {
            plan.obsolete.push_back(question.id);
            continue;
        }
        const bool settled = question.status == "answered" || question.status == "dropped";
        if (!settled) ++open;
        Placed one{question, 0, settled};
        if (candidate != raised.end()) {
            one.value = candidate->value;
            one.question.because = candidate->question.because;
            if (!one.question.to) one.question.to = candidate->question.to;
        } else {
            // What people wrote comes first, in the order that they gave it.
            one.value = 1000 - question.rank;
        }
        kept.emplace(question.id, &question);
        placed.push_back(std::move(one));
    }
    for (Candidate& candidate : raised) {
        if (open >= context.questions_max) break;
        if (kept.contains(candidate.question.id)) continue;
        placed.push_back({std::move(candidate.question), candidate.value, false});
        ++open;
    }
    std::stable_sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) {
        return std::tuple{a.settled, -a.value, a.question.dimension, a.question.id} <
               std::tuple{b.settled, -b.value, b.question.dimension, b.question.id};
    });
    for (Placed& one : placed) {
        one.question.rank = static_cast<int>(plan.questions.size()) + 1;
        plan.questions.push_back(std::move(one.question));
    }
}

/// Stored ones keep their words and answers; one that nobody answered goes with its reason.
void merge_contingencies(CallPlan& plan, const core::Journey& journey, const PlanContext& context,
                         const StoredPlan& stored) {
    const auto raised = hard_questions(journey, context, stored.id);
    std::set<core::Uuid> kept;
    for (const Contingency& one : stored.contingencies) {
        const bool still =
            std::any_of(raised.begin(), raised.end(), [&](const Contingency& other) { return other.id == one.id; });
        const bool derived = one.id.bytes[6] >> 4U == 8;
        if (!still && derived && one.answer.empty()) {
            plan.obsolete.push_back(one.id);
            continue;
        }
        kept.insert(one.id);
        plan.contingencies.push_back(one);
    }
    for (const Contingency& one : raised) {
        if (!kept.contains(one.id)) plan.contingencies.push_back(one);
    }
}

std::vector<core::CommitmentView> due_by(const core::Journey& journey, std::chrono::sys_days day) {
    std::vector<core::CommitmentView> due;
    for (const core::CommitmentView& view : journey.commitments) {
        const auto range = core::days_of(view.made.due);
        if (view.state == "overdue" || (view.state == "open" && range && range->first <= day + due_ahead))
            due.push_back(view);
    }
    return due;
}

}  // namespace

core::Uuid plan_id(const core::Uuid& account, const core::Uuid& meeting, const core::Uuid& opportunity) {
    return core::derive_uuid("call_plan", account.text() + "/" + meeting.text() + "/" + opportunity.text());
}

CallPlan make_plan(const core::Journey& journey, const PlanContext& context, const StoredPlan& stored) {
    CallPlan plan;
    plan.id = stored.id;
    plan.objective = objective_of(journey, context, stored.objective);
    merge_questions(plan, journey, context, stored);
    merge_contingencies(plan, journey, context, stored);
    plan.commitments_due = due_by(journey, context.meeting_day.value_or(context.today));
    judge(plan, journey, context, stored.text);
    return plan;
}

}  // namespace debrief::bot
