#include "bot/plan/plan_findings.hpp"

#include <algorithm>
#include <array>

#include "bot/plan/pasted.hpp"
#include "bot/plan/plan_texts.hpp"
#include "bot/risk/dimension_words.hpp"

namespace debrief::bot {
namespace {

using core::Dimension;
using core::DimensionStatus;
using core::Focus;

constexpr int little_focus_below = 50;

struct Sentence {
    std::string text;
    core::Uuid where;
};

/// By end marks before white space, and by lines.
void split(const std::string& text, const core::Uuid& where, std::vector<Sentence>& out) {
    std::string sentence;
    const auto flush = [&] {
        const auto first = sentence.find_first_not_of(" \t\r-*");
        if (first != std::string::npos) out.push_back({sentence.substr(first), where});
        sentence.clear();
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\n') {
            flush();
            continue;
        }
        sentence += c;
        const bool end = c == '.' || c == '?' || c == '!';
        if (end && (i + 1 == text.size() || text[i + 1] == ' ')) flush();
    }
    flush();
}

std::vector<Sentence> sentences_of(const CallPlan& plan, const std::string& text) {
    std::vector<Sentence> sentences;
    split(plan.objective, plan.id, sentences);
    split(without_markdown(text), plan.id, sentences);
    for (const PlanQuestion& question : plan.questions) {
        if (question.status != "dropped") split(question.text, question.id, sentences);
    }
    for (const Contingency& one : plan.contingencies) split(one.answer, one.id, sentences);
    return sentences;
}

/// Whole per cents that add up to 100: the largest remainders get what rounding down left over.
FocusShares shares(const std::array<int, 3>& counts) {
    const int all = counts[0] + counts[1] + counts[2];
    std::array<int, 3> percent{};
    std::array<std::size_t, 3> order{0, 1, 2};
    int given = 0;
    for (std::size_t i = 0; i < 3; ++i) given += percent[i] = counts[i] * 100 / all;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return counts[a] * 100 % all > counts[b] * 100 % all; });
    for (std::size_t i = 0; given < 100; ++i, ++given) ++percent[order[i % 3]];
    return {percent[0], percent[1], percent[2]};
}

void judge_focus(CallPlan& plan, const PlanContext& context, const std::string& text) {
    if (!context.focus) return;
    std::array<int, 3> counts{};
    for (const Sentence& sentence : sentences_of(plan, text)) {
        const Focus focus = context.focus(sentence.text);
        ++counts[static_cast<std::size_t>(focus)];
        if (focus != Focus::seller) continue;
        plan.findings.push_back({"seller_sentence",
                                 fill(plan_text(PlanText::finding_seller, context.language),
                                      {{"{fact}", clipped(sentence.text, quote_words_max)}}),
                                 {sentence.where}});
    }
    if (counts[0] + counts[1] + counts[2] == 0) return;
    plan.focus = shares(counts);
    if (plan.focus->customer >= little_focus_below) return;
    plan.findings.push_back({"little_focus",
                             fill(plan_text(PlanText::finding_little_focus, context.language),
                                  {{"{n}", std::to_string(plan.focus->customer)}}),
                             {plan.id}});
}

bool asks_about(const CallPlan& plan, Dimension dimension) {
    return std::any_of(plan.questions.begin(), plan.questions.end(), [&](const PlanQuestion& question) {
        return question.dimension == dimension && question.status != "dropped";
    });
}

}  // namespace

void judge(CallPlan& plan, const core::Journey& journey, const PlanContext& context, const std::string& text) {
    const auto say = [&](std::string_view code, PlanText which, Marks marks, std::vector<core::Uuid> evidence) {
        plan.findings.push_back(
            {std::string{code}, fill(plan_text(which, context.language), marks), std::move(evidence)});
    };
    const std::string_view account = context.account.name;
    if (plan.objective == fill(plan_text(PlanText::objective_open, context.language), {{"{account}", account}})) {
        say("no_objective", PlanText::finding_no_objective, {{"{account}", account}}, {plan.id});
    }
    for (std::size_t i = 0; i < core::dimension_names.size(); ++i) {
        const auto dimension = static_cast<Dimension>(i);
        const auto status = journey.of(dimension).status;
        const bool nothing = status == DimensionStatus::empty || status == DimensionStatus::unknown;
        if (dimension == Dimension::unknown || !nothing || asks_about(plan, dimension)) continue;
        say("gap", PlanText::finding_gap, {{"{topic}", dimension_words(dimension, context.language)}}, {plan.id});
    }
    if (journey.people.empty())
        say("nobody_to_ask", PlanText::finding_nobody, {{"{account}", account}}, {context.account.id});
    for (const core::CommitmentView& view : journey.commitments) {
        if (view.state != "open" || !view.made.due.empty()) continue;
        say("promise_without_date", PlanText::finding_no_date, {{"{fact}", clipped(view.made.text, quote_words_max)}},
            {view.made.id});
    }
    judge_focus(plan, context, text);
}

}  // namespace debrief::bot
