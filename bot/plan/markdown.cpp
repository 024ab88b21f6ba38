// A call plan as a page to print or to paste.
#include <string>

#include "bot/plan/plan.hpp"
#include "bot/plan/plan_texts.hpp"

namespace debrief::bot {
namespace {

/// One line, with the signs that Markdown would read taken literally.
std::string plain(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\n' || c == '\r' || c == '\t') {
            out += ' ';
            continue;
        }
        if (std::string_view{"\\`*_[]<>#|"}.find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
    return out;
}

}  // namespace

std::string to_markdown(const CallPlan& plan, const PlanContext& context) {
    const auto words = [&](PlanText which, std::string_view mark = {}, std::string_view value = {}) {
        return mark.empty() ? std::string{plan_text(which, context.language)}
                            : fill(plan_text(which, context.language), {{mark, value}});
    };
    std::string page = "# " + words(PlanText::page_title, "{account}", plain(context.account.name)) + "\n";
    const auto heading = [&](PlanText which) { page += "\n## " + words(which) + "\n\n"; };

    heading(PlanText::page_objective);
    page += plain(plan.objective) + "\n";

    if (!plan.questions.empty()) heading(PlanText::page_questions);
    for (const PlanQuestion& question : plan.questions) {
        if (question.status == "dropped") continue;
        page += std::to_string(question.rank) + ". " + plain(question.text);
        if (question.to && !question.to->name.empty())
            page += " (" + words(PlanText::page_to, "{person}", plain(question.to->name)) + ")";
        page += "\n";
        if (!question.because.text.empty()) page += "   " + plain(question.because.text) + "\n";
    }

    if (!plan.commitments_due.empty()) heading(PlanText::page_promises);
    for (const core::CommitmentView& view : plan.commitments_due) {
        page += "- " + plain(view.made.text);
        if (!view.made.owner.name.empty()) page += ", " + plain(view.made.owner.name);
        if (!view.made.due.empty()) page += ", " + words(PlanText::page_by, "{date}", view.made.due);
        if (view.state == "overdue") page += " (" + words(PlanText::page_overdue) + ")";
        page += "\n";
    }

    if (!plan.contingencies.empty()) heading(PlanText::page_hard);
    for (const Contingency& one : plan.contingencies) {
        page += "- " + plain(one.question);
        if (one.from && !one.from->name.empty())
            page += " (" + words(PlanText::page_from, "{person}", plain(one.from->name)) + ")";
        page += "\n";
        if (!one.answer.empty()) page += "  " + words(PlanText::page_answer) + ": " + plain(one.answer) + "\n";
    }

    if (!plan.findings.empty()) heading(PlanText::page_findings);
    for (const PlanFinding& finding : plan.findings) page += "- " + plain(finding.text) + "\n";
    if (plan.focus) page += "\n" + words(PlanText::page_focus, "{n}", std::to_string(plan.focus->customer)) + "\n";
    return page;
}

}  // namespace debrief::bot
