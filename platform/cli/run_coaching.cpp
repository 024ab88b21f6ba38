// Goals, one-to-ones, and whose world one talks about.
#include <charconv>

#include <nlohmann/json.hpp>

#include "platform/cli/chat.hpp"
#include "platform/cli/names.hpp"
#include "platform/cli/run_commands.hpp"
#include "platform/cli/words.hpp"

namespace debrief::platform::cli {
namespace {

using nlohmann::json;

core::Result<json> called(Context& context, const std::string& method, const json& params = json::object()) {
    auto door = context.door();
    if (!door) return door.error();
    return (*door)->call(method, params);
}

/// A number in the list of own goals, the beginning of one, or its id.
core::Result<Named> find_goal(Context& context, const std::string& typed) {
    auto list = called(context, "goal.list");
    if (!list) return list.error();
    std::vector<Named> goals;
    for (const auto& goal : (*list)["own"]) goals.push_back({text_of(goal, "id"), text_of(goal, "text")});
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), number);
    if (error == std::errc{} && end == typed.data() + typed.size() && number >= 1 && number <= goals.size())
        return goals[number - 1];
    return pick("goal", typed, goals);
}

Outcome said(Context& context, const json& result, const std::string& words) {
    if (context.out.look().json) {
        context.out.json(result);
    } else {
        context.out.paragraph({Style::good, "Saved: "}, {Style::plain, words});
    }
    return ExitCode::done;
}

void print_goals(Output& out, const json& list) {
    const json own = list.value("own", json::array()), shared = list.value("shared_with_me", json::array());
    if (own.empty() && shared.empty()) return out.talk("No goals yet. Write one down with: debrief goal add \"…\"");
    std::size_t number = 1;
    for (const auto& goal : own) {
        std::string text = text_of(goal, "text");
        text += flag_of(goal, "done")     ? " (reached)"
                : flag_of(goal, "shared") ? " (shared with your manager)"
                                          : " (only you)";
        out.paragraph({Style::accent, std::to_string(number++) + ". "}, {Style::plain, text});
    }
    for (const auto& goal : shared) {
        out.paragraph({Style::strong, name_in(goal, "rep") + "  "},
                      {Style::plain, text_of(goal, "text") + (flag_of(goal, "done") ? " (reached)" : "")});
    }
}

void print_months(Output& out, const json& months) {
    for (const auto& month : months) {
        out.paragraph({Style::plain, "  " + text_of(month, "from").substr(0, 7) + "  "},
                      {Style::plain,
                       std::to_string(number_of(month, "customer")) + " % about the customer, " +
                           std::to_string(number_of(month, "seller")) + " % about us, of " +
                           counted(static_cast<std::size_t>(number_of(month, "sentences")), "sentence", "sentences")});
    }
}

void print_coached(Output& out, const json& rep) {
    out.line({{Style::strong, text_of(rep, "name")}});
    // What the rep wants comes first.
    for (const auto& goal : rep.value("goals", json::array())) {
        if (!flag_of(goal, "done"))
            out.paragraph({Style::plain, "  wants  "}, {Style::plain, in_quotes(text_of(goal, "text"))});
    }
    if (rep.value("goals", json::array()).empty()) out.line("  has shared no goal with you yet");
    std::size_t shown = 0;
    for (const auto& need : rep.value("needs", json::array())) {
        if (shown++ == 3) break;
        out.paragraph({Style::warn, "  " + std::to_string(number_of(need, "points")) + "  "},
                      {Style::plain, text_of(need, "name")});
        std::size_t reasons = 0;
        for (const auto& reason : need.value("reasons", json::array())) {
            if (reasons++ == 3) break;
            out.paragraph({Style::dim, "      "}, {Style::plain, text_of(reason, "text")});
        }
    }
    for (const auto& task : rep.value("promises", json::array())) {
        const auto due = text_of(task, "due");
        out.paragraph({Style::accent, "  you promised  "},
                      {Style::plain, text_of(task, "text") + (due.empty() ? "" : ", until " + due)});
    }
    for (const auto& note : rep.value("notes", json::array())) {
        out.paragraph({Style::dim, "  " + text_of(note, "on") + (flag_of(note, "shared") ? " shared  " : " private  ")},
                      {Style::plain, text_of(note, "text")});
    }
    print_months(out, rep.value("focus_trend", json::array()));
}

std::string effect_side_words(const json& side) {
    const json share = side.value("bought_share", json{});
    if (!share.is_object()) return counted(static_cast<std::size_t>(number_of(side, "n")), "ended", "ended");
    return std::to_string(number_of(share, "count")) + " of " + std::to_string(number_of(share, "n")) +
           " bought (95 % interval " + std::to_string(static_cast<int>(share.value("low", 0.0) + 0.5)) + " to " +
           std::to_string(static_cast<int>(share.value("high", 0.0) + 0.5)) + " %)";
}

}  // namespace

Outcome run_goals(Context& context, const Arguments&) {
    auto list = called(context, "goal.list");
    if (!list) return list.error();
    if (context.out.look().json) {
        context.out.json(*list);
    } else {
        print_goals(context.out, *list);
    }
    return ExitCode::done;
}

Outcome run_goal_add(Context& context, const Arguments& arguments) {
    const auto text = arguments.joined("text");
    auto info = called(context, "system.info");
    if (!info) return info.error();
    json fields{{"text", text}};
    if (const auto today = text_of(*info, "today"); !today.empty()) fields["since"] = today;
    auto made = called(context, "record.put", {{"table", "goal"}, {"fields", fields}});
    if (!made) return made.error();
    return said(context, *made, text + " (only you read it, until you share it)");
}

Outcome run_goal_share(Context& context, const Arguments& arguments) {
    auto goal = find_goal(context, arguments.joined("goal"));
    if (!goal) return goal.error();
    const bool stop = arguments.flag("stop");
    auto done = called(context, "goal.share", {{"goal", goal->id}, {"shared", !stop}});
    if (!done) return done.error();
    return said(context, *done, goal->name + (stop ? " (only you read it again)" : " (your manager can read it now)"));
}

Outcome run_goal_done(Context& context, const Arguments& arguments) {
    auto goal = find_goal(context, arguments.joined("goal"));
    if (!goal) return goal.error();
    auto done = called(context, "goal.done", {{"goal", goal->id}});
    if (!done) return done.error();
    return said(context, *done, goal->name + " (reached)");
}

Outcome run_coach_list(Context& context, const Arguments&) {
    auto list = called(context, "coaching.list");
    if (!list) return list.error();
    auto& out = context.out;
    if (out.look().json) {
        out.json(*list);
        return ExitCode::done;
    }
    const json received = list->value("received", json::array());
    for (const auto& rep : (*list)["reps"]) print_coached(out, rep);
    for (const auto& note : received)
        out.paragraph({Style::strong, name_in(note, "by") + ", " + text_of(note, "on") + "  "},
                      {Style::plain, text_of(note, "text")});
    if ((*list)["reps"].empty() && received.empty())
        out.talk("You coach nobody, and nobody has shared a note with you.");
    return ExitCode::done;
}

Outcome run_coach_note(Context& context, const Arguments& arguments) {
    auto rep = find_named(context, "user", arguments.text("rep"));
    if (!rep) return rep.error();
    auto info = called(context, "system.info");
    if (!info) return info.error();
    const bool share = arguments.flag("share");
    json fields{{"rep", rep->id}, {"text", arguments.joined("text")}, {"shared", share}};
    if (const auto today = text_of(*info, "today"); !today.empty()) fields["on"] = today;
    auto made = called(context, "record.put", {{"table", "coaching_note"}, {"fields", fields}});
    if (!made) return made.error();
    return said(context, *made,
                "a note on " + rep->name + (share ? " (" + rep->name + " can read it)" : " (only you read it)"));
}

Outcome run_coach_talk(Context& context, const Arguments& arguments) {
    auto rep = find_named(context, "user", arguments.text("rep"));
    if (!rep) return rep.error();
    auto door = context.door();
    if (!door) return door.error();
    json params{{"kind", "coaching"}, {"rep", rep->id}};
    if (const auto language = arguments.value("language")) params["language"] = *language;
    return converse_about(context, **door, *rep, std::nullopt, params, arguments.flag("echo"));
}

Outcome run_focus(Context& context, const Arguments&) {
    auto focus = called(context, "focus.get");
    if (!focus) return focus.error();
    auto& out = context.out;
    if (out.look().json) {
        out.json(*focus);
        return ExitCode::done;
    }
    const json months = focus->value("months", json::array());
    out.line({{Style::strong, "Your debriefs"}});
    if (months.empty()) out.line("  Nothing yet: it counts from your first finished debrief.");
    print_months(out, months);
    std::string readers;
    for (const auto& one : focus->value("shared_with", json::array()))
        readers += (readers.empty() ? "" : ", ") + text_of(one, "name");
    out.paragraph(readers.empty() ? "Nobody else sees these figures."
                                  : readers + " sees exactly these figures, and never a line of yours.");
    if (const json talks = focus->value("one_to_ones", json::array()); !talks.empty()) {
        out.line({{Style::strong, "Your own words in one-to-ones"}, {Style::dim, "  nobody else sees these"}});
        print_months(out, talks);
    }
    const json effect = focus->value("effect", json::object());
    out.line({{Style::strong, "Your ended opportunities, by how much their debriefs were about the customer"}});
    if (flag_of(effect, "enough")) {
        out.paragraph({Style::plain, "  above your median (" + std::to_string(number_of(effect, "median")) + " %)  "},
                      {Style::plain, effect_side_words(effect.value("above", json::object()))});
        out.paragraph({Style::plain, "  below it  "},
                      {Style::plain, effect_side_words(effect.value("below", json::object()))});
    }
    out.paragraph({Style::plain, "  "}, {Style::plain, text_of(effect, "text")});
    return ExitCode::done;
}

}  // namespace debrief::platform::cli
