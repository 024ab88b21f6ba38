// The customer's journey and the call plan that follows from it.
#include <array>

#include <nlohmann/json.hpp>

#include "platform/cli/names.hpp"
#include "platform/cli/run_commands.hpp"
#include "platform/cli/words.hpp"

namespace debrief::platform::cli {
namespace {

using nlohmann::json;

// The customer's aim comes first, then why they move at all, then how they get there.
constexpr std::array<const char*, 9> reading_order{"desired_outcome",  "why_change",  "cost_of_inaction",
                                                   "decision_process", "stakeholder", "concern",
                                                   "competing_option", "timing",      "commitment"};

Style style_of(const std::string& status) {
    if (status == "known") return Style::good;
    if (status == "stale" || status == "conflict") return Style::warn;
    return Style::dim;
}

std::string status_words(const json& dimension) {
    const std::string status = text_of(dimension, "status");
    const std::string last = text_of(dimension, "last_confirmed");
    if (status == "known") return last.empty() ? "known" : "known, last heard " + last;
    if (status == "stale") return last.empty() ? "stale" : "stale since " + last + ": still the same?";
    if (status == "conflict") return "two answers that do not agree";
    if (status == "unknown") return "asked, not known";
    return "nothing yet";
}

void print_item(Output& out, const json& item) {
    const std::string state = text_of(item, "state");
    std::string about;
    if (const auto person = name_in(item, "person"); !person.empty()) about += person + ", ";
    about += text_of(item, "said_on");
    if (const auto by = name_in(item, "by"); !by.empty()) about += ", told by " + by;
    for (const auto& date : item.value("dates", json::array()))
        about += "; " + text_of(date, "text") + " = " + text_of(date, "value");
    if (state != "confirmed") about += " [" + state + "]";
    out.paragraph({Style::plain, "    "}, {state == "confirmed" ? Style::plain : Style::dim, text_of(item, "text")});
    out.paragraph({Style::plain, "      "}, {Style::dim, about});
}

void print_people(Output& out, const json& people) {
    if (people.empty()) return;
    out.line({{Style::strong, "People"}});
    for (const auto& person : people) {
        std::string line = text_of(person, "name");
        if (const auto role = text_of(person, "role"); !role.empty()) line += ", " + role;
        line += ": " + text_of(person, "stance");
        if (const auto since = text_of(person, "since"); !since.empty()) line += " since " + since;
        if (person.contains("confirmed") && !flag_of(person, "confirmed")) line += " (not confirmed)";
        out.paragraph({Style::plain, "    "}, {Style::plain, line});
    }
}

void print_commitments(Output& out, const json& commitments, const char* heading) {
    if (commitments.empty()) return;
    out.line({{Style::strong, heading}});
    for (const auto& one : commitments) {
        const std::string state = text_of(one, "state");
        std::string line = text_of(one, "text");
        if (const auto owner = name_in(one, "owner"); !owner.empty()) line = owner + ": " + line;
        if (const auto due = text_of(one, "due"); !due.empty()) line += ", due " + due;
        out.paragraph({state == "overdue" ? Style::warn : Style::plain, "    " + state + "  "}, {Style::plain, line});
    }
}

void print_journey(Context& context, const std::string& name, const json& journey, bool all) {
    auto& out = context.out;
    out.line({{Style::strong, name}});
    const json& dimensions = journey.at("dimensions");
    for (const char* key : reading_order) {
        if (!dimensions.contains(key)) continue;
        const json& dimension = dimensions[key];
        out.paragraph({Style::strong, "  " + dimension_words(key) + "  "},
                      {style_of(text_of(dimension, "status")), status_words(dimension)});
        for (const auto& item : dimension.value("items", json::array())) {
            const std::string state = text_of(item, "state");
            if (all || state == "confirmed" || state == "proposed") print_item(out, item);
        }
    }
    print_people(out, journey.value("people", json::array()));
    print_commitments(out, journey.value("commitments", json::array()), "What they promised");
    if (const auto unknowns = journey.value("unknowns", json::array()); !unknowns.empty()) {
        out.line({{Style::strong, "Not known yet"}});
        for (const auto& unknown : unknowns) {
            out.paragraph(
                {Style::plain, "    "},
                {Style::plain, text_of(unknown, "text") + " (" + dimension_words(text_of(unknown, "dimension")) + ")"});
        }
    }
    if (const auto risk = journey.value("risk", json::object()); !risk.empty()) {
        out.paragraph(
            {Style::strong, "Risk of no decision  "},
            {Style::plain, std::to_string(number_of(risk, "score")) + " points, to order a list; no probability"});
        for (const auto& reason : risk.value("reasons", json::array())) {
            std::string text = text_of(reason, "text");
            if (const auto lowers = text_of(reason, "lowers"); !lowers.empty()) text += " — lower it: " + lowers;
            out.paragraph({Style::plain, "    " + std::to_string(number_of(reason, "points")) + "  "},
                          {Style::plain, text});
        }
    }
}

std::string change_words(const std::string& kind) {
    if (kind == "person_new") return "new person";
    if (kind == "person_gone") return "person gone";
    return kind;
}

void print_changes(Output& out, const std::string& name, const json& changes, const std::string& since) {
    out.line({{Style::strong, name}, {Style::dim, "  since " + since}});
    if (changes.empty()) out.line("  Nothing has shifted.");
    for (const auto& change : changes) {
        out.paragraph({Style::dim, "  " + text_of(change, "on") + "  "},
                      {Style::plain,
                       dimension_words(text_of(change, "dimension")) + ", " + change_words(text_of(change, "kind"))});
        if (const auto before = text_of(change, "before"); !before.empty())
            out.paragraph({Style::dim, "      before  "}, {Style::dim, before});
        if (const auto after = text_of(change, "after"); !after.empty())
            out.paragraph({Style::plain, "      now     "}, {Style::plain, after});
        // A first fact is its own reason.
        if (const auto why = text_of(change, "why"); !why.empty() && why != text_of(change, "after"))
            out.paragraph({Style::dim, "      because "}, {Style::plain, in_quotes(why)});
    }
}

void print_plan(Output& out, const std::string& name, const json& plan) {
    out.line({{Style::strong, "Call plan: " + name}});
    out.paragraph({Style::strong, "  Their aim  "}, {Style::plain, text_of(plan, "objective")});
    if (const auto questions = plan.value("questions", json::array()); !questions.empty()) {
        out.line({{Style::strong, "  To ask"}});
        int number = 1;
        for (const auto& question : questions) {
            std::string text = text_of(question, "text");
            if (const auto to = name_in(question, "to"); !to.empty()) text += "  → " + to;
            out.paragraph({Style::accent, "  " + std::to_string(number++) + ". "}, {Style::plain, text});
            const std::string because = text_of(question.value("because", json::object()), "text");
            if (!because.empty()) out.paragraph({Style::plain, "     "}, {Style::dim, because});
        }
    }
    print_commitments(out, plan.value("commitments_due", json::array()), "  Commitments due");
    if (const auto contingencies = plan.value("contingencies", json::array()); !contingencies.empty()) {
        out.line({{Style::strong, "  What they may ask"}});
        for (const auto& one : contingencies) {
            const std::string from = name_in(one, "from");
            out.paragraph({Style::plain, "  - "},
                          {Style::plain, (from.empty() ? std::string{} : from + ": ") + text_of(one, "question")});
            if (const auto answer = text_of(one, "answer"); !answer.empty())
                out.paragraph({Style::plain, "     "}, {Style::dim, answer});
        }
    }
    if (plan.contains("focus") && plan["focus"].is_object()) {
        const json& focus = plan["focus"];
        out.paragraph({Style::plain, "  Focus: "},
                      {Style::plain, std::to_string(number_of(focus, "customer")) + " % about the customer, " +
                                         std::to_string(number_of(focus, "seller")) + " % about us"});
    }
    for (const auto& finding : plan.value("findings", json::array()))
        out.paragraph({Style::warn, "  ! "}, {Style::plain, text_of(finding, "text")});
}

std::string plan_as_markdown(const std::string& name, const json& plan) {
    std::string text = "# Call plan: " + name + "\n\n" + text_of(plan, "objective") + "\n\n## To ask\n\n";
    int number = 1;
    for (const auto& question : plan.value("questions", json::array())) {
        text += std::to_string(number++) + ". " + text_of(question, "text");
        if (const auto to = name_in(question, "to"); !to.empty()) text += " (" + to + ")";
        text += "\n";
    }
    return text;
}

}  // namespace

Outcome run_journey(Context& context, const Arguments& arguments) {
    auto account = find_named(context, "account", arguments.text("account"));
    if (!account) return account.error();
    auto door = context.door();
    if (!door) return door.error();
    if (const auto since = arguments.value("since")) {
        json params{{"account", account->id}, {"from", *since}};
        if (const auto at = arguments.value("at")) params["to"] = *at;
        auto changes = (*door)->call("journey.changes", params);
        if (!changes) return changes.error();
        if (context.out.look().json) {
            context.out.json((*changes)["changes"]);
        } else {
            print_changes(context.out, account->name, (*changes)["changes"], *since);
        }
        return ExitCode::done;
    }
    json params{{"account", account->id}};
    if (const auto at = arguments.value("at")) params["at"] = *at;
    auto journey = (*door)->call("journey.get", params);
    if (!journey) return journey.error();
    if (context.out.look().json) {
        context.out.json(*journey);
    } else {
        print_journey(context, account->name, *journey, arguments.flag("all"));
    }
    return ExitCode::done;
}

Outcome run_plan(Context& context, const Arguments& arguments) {
    auto account = find_named(context, "account", arguments.text("account"));
    if (!account) return account.error();
    auto door = context.door();
    if (!door) return door.error();
    json params{{"account", account->id}};
    if (const auto meeting = arguments.value("meeting")) params["meeting"] = *meeting;
    auto plan = (*door)->call("plan.get", params);
    if (!plan) return plan.error();
    if (context.out.look().json) {
        context.out.json(*plan);
    } else if (arguments.flag("calendar")) {
        const std::string entry = text_of(*plan, "calendar");
        if (entry.empty()) {
            return Failure{"There is no calendar entry to write the plan into.",
                           "No meeting with " + account->name + " is still to come.",
                           "debrief add meeting " + quoted_for_shell(account->name) + " TITLE --at 2025-03-18T09:30",
                           ExitCode::failed,
                           "not_found",
                           "meeting"};
        }
        context.out.raw(entry);
    } else if (arguments.flag("markdown")) {
        const std::string given = text_of(*plan, "markdown");
        context.out.raw(given.empty() ? plan_as_markdown(account->name, *plan) : given);
    } else {
        print_plan(context.out, account->name, *plan);
    }
    return ExitCode::done;
}

}  // namespace debrief::platform::cli
