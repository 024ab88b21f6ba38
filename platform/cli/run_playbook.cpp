// Playbooks: the questions as data, to read, to change, to check and to publish to the workspace.
#include <filesystem>

#include <nlohmann/json.hpp>

#include "bot/playbook/playbook.hpp"
#include "bot/playbook/playbook_diff.hpp"
#include "platform/cli/files.hpp"
#include "platform/cli/names.hpp"
#include "platform/cli/run_commands.hpp"
#include "platform/cli/table.hpp"
#include "platform/cli/words.hpp"

namespace debrief::platform::cli {
namespace {

using nlohmann::json;

std::string text_with_end(std::string text) {
    if (!text.empty() && text.back() != '\n') text += '\n';
    return text;
}

/// A file, or what `ID`, `ID@VERSION` or `@VERSION` stands for in this store.
core::Result<std::string> document(Context& context, const std::string& named) {
    std::error_code ignored;
    if (named == "-" || std::filesystem::is_regular_file(named, ignored)) return read_file(named);
    const auto at = named.find('@');
    const std::string id = at == 0 ? "debrief" : named.substr(0, at);
    json params{{"playbook", id}};
    if (at != std::string::npos) params["version"] = named.substr(at + 1);
    auto door = context.door();
    if (!door) return door.error();
    auto found = (*door)->call("playbook.get", params);
    if (!found) {
        return core::Error{core::Errc::not_found,
                           "'" + named + "' is no file, and no playbook of this workspace has that name.",
                           found.error().field, "debrief playbook list"};
    }
    found->erase("active");
    return found->dump(2);
}

void print_findings(Output& out, const json& findings, Style style, const char* label) {
    for (const auto& one : findings) {
        out.paragraph({style, std::string{"  "} + label + "  "},
                      {Style::plain, text_of(one, "entry") + ": " + text_of(one, "reason")});
    }
}

core::Result<json> checked(Context& context, const std::string& text) {
    auto door = context.door();
    if (!door) return door.error();
    return (*door)->call("playbook.check", {{"playbook", text}});
}

}  // namespace

Outcome run_playbooks(Context& context, const Arguments&) {
    auto door = context.door();
    if (!door) return door.error();
    auto found = (*door)->call("playbook.list", json::object());
    if (!found) return found.error();
    if (context.out.look().json) {
        context.out.json((*found)["playbooks"]);
        return ExitCode::done;
    }
    Table table{{"playbook", "version", "kind", ""}};
    for (const auto& one : (*found)["playbooks"]) {
        table.row({text_of(one, "id"), text_of(one, "version"), text_of(one, "kind"),
                   flag_of(one, "active") ? "active" : ""});
    }
    table.print(context.out);
    return ExitCode::done;
}

Outcome run_playbook_show(Context& context, const Arguments& arguments) {
    auto text = document(context, arguments.value("playbook").value_or("debrief"));
    if (!text) return text.error();
    const json playbook = json::parse(*text, nullptr, false);
    if (context.out.look().json) {
        context.out.json(playbook);
        return ExitCode::done;
    }
    auto& out = context.out;
    out.line({{Style::strong, text_of(playbook, "id") + " " + text_of(playbook, "version")}});
    for (const auto& question : playbook.value("questions", json::array())) {
        std::string when;
        for (const auto& [condition, words] : question.value("when", json::object()).items()) {
            when += when.empty() ? "" : "; ";
            if (condition != "any") when += condition + " ";
            for (const auto& word : words) when += (&word == &words.front() ? "" : ", ") + word.get<std::string>();
        }
        out.paragraph({Style::strong, "  " + text_of(question, "id") + "  "},
                      {Style::plain, text_of(question.value("text", json::object()), "en")});
        out.paragraph({Style::plain, "      "},
                      {Style::dim, dimension_words(text_of(question, "dimension")) + "; " + when});
    }
    return ExitCode::done;
}

Outcome run_playbook_check(Context& context, const Arguments& arguments) {
    const std::string file = arguments.text("file");
    auto text = read_file(file);
    if (!text) return text.error();
    auto found = checked(context, *text);
    if (!found) return found.error();
    const json errors = (*found)["errors"], warnings = (*found)["warnings"];
    if (context.out.look().json) {
        context.out.json(*found);
    } else {
        print_findings(context.out, errors, Style::bad, "error  ");
        print_findings(context.out, warnings, Style::warn, "warning");
        if (errors.empty())
            context.out.line(warnings.empty()
                                 ? "Nothing is at fault. Next: debrief playbook publish " + quoted_for_shell(file)
                                 : "It can be published; the warnings say what reps would miss.");
    }
    if (errors.empty()) return ExitCode::done;
    return Failure{std::to_string(errors.size()) + (errors.size() == 1 ? " entry is" : " entries are") + " at fault.",
                   "A playbook with a fault is refused whole.",
                   "Mend what is named above, then: debrief playbook check " + quoted_for_shell(file),
                   ExitCode::failed,
                   "invalid",
                   text_of(errors.front(), "entry")};
}

Outcome run_playbook_new(Context& context, const Arguments& arguments) {
    const std::string file = arguments.text("file");
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored)) {
        return Failure{"'" + file + "' is there already.",
                       "A new playbook would take its place.",
                       "Name another file, or check this one: debrief playbook check " + quoted_for_shell(file),
                       ExitCode::failed,
                       "invalid",
                       "file"};
    }
    auto text = document(context, arguments.value("from").value_or("debrief"));
    if (!text) return text.error();
    auto playbook = nlohmann::ordered_json::parse(*text, nullptr, false);
    const std::string version = playbook.value("version", std::string{"1"}) + ".1";
    playbook["version"] = arguments.value("version").value_or(version);
    if (auto written = write_file(file, text_with_end(playbook.dump(2))); !written) return written.error();
    context.out.talk("Written to " + file + ", version " + playbook["version"].get<std::string>() +
                     ". Change what you like, then: debrief playbook check " + quoted_for_shell(file));
    return ExitCode::done;
}

Outcome run_playbook_diff(Context& context, const Arguments& arguments) {
    auto before = document(context, arguments.text("before"));
    if (!before) return before.error();
    auto after = document(context, arguments.value("after").value_or("debrief"));
    if (!after) return after.error();
    const auto changes = bot::playbook_changes(*before, *after);
    if (!changes) return changes.error();
    if (context.out.look().json) {
        json list = json::array();
        for (const auto& one : *changes)
            list.push_back({{"entry", one.entry}, {"before", one.before}, {"after", one.after}});
        context.out.json(list);
        return ExitCode::done;
    }
    if (changes->empty()) context.out.line("They are the same.");
    for (const auto& one : *changes) {
        context.out.line({{Style::strong, one.entry}});
        if (!one.before.empty()) context.out.paragraph({Style::bad, "  - "}, {Style::plain, one.before});
        if (!one.after.empty()) context.out.paragraph({Style::good, "  + "}, {Style::plain, one.after});
    }
    return ExitCode::done;
}

Outcome run_playbook_publish(Context& context, const Arguments& arguments) {
    auto text = read_file(arguments.text("file"));
    if (!text) return text.error();
    auto door = context.door();
    if (!door) return door.error();
    auto published = (*door)->call("playbook.publish", {{"playbook", *text}});
    if (!published) return published.error();
    if (context.out.look().json) {
        context.out.json(*published);
        return ExitCode::done;
    }
    const std::string name = text_of(*published, "id") + " " + text_of(*published, "version");
    context.out.line(flag_of(*published, "changed")
                         ? name + " is active now. Conversations that have begun end under the version they began with."
                         : name + " was active already.");
    return ExitCode::done;
}

Outcome run_playbook_replay(Context& context, const Arguments& arguments) {
    auto door = context.door();
    if (!door) return door.error();
    auto replayed = (*door)->call(
        "playbook.replay", {{"conversation", arguments.text("conversation")}, {"version", arguments.text("version")}});
    if (!replayed) return replayed.error();
    if (context.out.look().json) {
        context.out.json(*replayed);
        return ExitCode::done;
    }
    if (flag_of(*replayed, "identical")) context.out.line("The same questions would be asked, in the same words.");
    for (const auto& one : replayed->value("details", json::array())) {
        context.out.line({{Style::strong, text_of(one, "question")}});
        if (const auto was = text_of(one, "before"); !was.empty())
            context.out.paragraph({Style::bad, "  - "}, {Style::plain, was});
        if (const auto is = text_of(one, "after"); !is.empty())
            context.out.paragraph({Style::good, "  + "}, {Style::plain, is});
    }
    return ExitCode::done;
}

Outcome run_playbook_schema(Context& context, const Arguments&) {
    context.out.raw(text_with_end(std::string{bot::playbook_schema_json()}));
    return ExitCode::done;
}

}  // namespace debrief::platform::cli
