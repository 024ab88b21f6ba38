#include "platform/cli/help.hpp"

#include "platform/cli/chat_help.hpp"
#include "platform/cli/layout.hpp"

namespace debrief::platform::cli {
namespace {

constexpr std::size_t name_width = 22;

void show_params(Output& out, std::span<const Param> params, bool options) {
    for (const auto& param : params) {
        if (param.is_option() != options) continue;
        std::string name = options ? std::string{param.name} : std::string{param.value};
        if (options && !param.value.empty()) name += " " + std::string{param.value};
        if (param.many) name += " …";
        out.paragraph({Style::accent, "  " + padded(name, name_width)}, {Style::plain, std::string{param.help}});
    }
}

void show_environment(Output& out) {
    struct Variable {
        const char* name;
        const char* meaning;
    };
    for (const auto& [name, meaning] :
         {Variable{"DEBRIEF_HOME", "the store's folder, where --store is not given"},
          Variable{"DEBRIEF_CA", "the certificate authority that 'join' trusts, where --ca is not given"},
          Variable{"DEBRIEF_ENCODER", "the sentence encoder's file, where it is not beside the program; off: without"},
          Variable{"XDG_DATA_HOME",
                   "where data folders live; the store is debrief in it (otherwise ~/.local/share/debrief)"},
          Variable{"DEBRIEF_NO_PROMPT", "set to anything: never ask, end with 2 and name the option instead"},
          Variable{"NO_COLOR", "set to anything: no colour"}, Variable{"CLICOLOR", "0: no colour"},
          Variable{"CLICOLOR_FORCE", "not 0: colour even into a pipe"},
          Variable{"TERM", "dumb: no colour, no line editing"},
          Variable{"COLUMNS", "the width, where the terminal does not say"}}) {
        out.paragraph({Style::accent, "  " + padded(name, name_width)}, {Style::plain, meaning});
    }
    out.paragraph("--color beats NO_COLOR, which beats CLICOLOR_FORCE.");
}

void show_json(Output& out) {
    out.paragraph(
        "With --json a command prints one JSON document, or one object a line where it goes on (chat, watch, sync "
        "--stay). A listing "
        "without entries is []. Errors are {\"error\": {what, why, next, code, name, reason, field?}} on standard "
        "error. Fields may be added, never change meaning.");
    for (const auto& command : commands()) {
        if (!command.json.empty())
            out.paragraph({Style::accent, "  " + padded(command.name, name_width)},
                          {Style::plain, std::string{command.json}});
    }
}

}  // namespace

std::string synopsis(const Command& command) {
    std::string text = "debrief " + std::string{command.name};
    bool options = false;
    for (const auto& param : command.params) {
        if (param.is_option()) {
            if (param.required) {
                text += " " + std::string{param.name} + " " + std::string{param.value};
            } else {
                options = true;
            }
            continue;
        }
        std::string word{param.value};
        if (param.many && word != "…") word += "…";
        text += param.required ? " " + word : " [" + word + "]";
    }
    if (command.run == nullptr) text += " COMMAND";
    return options ? text + " [options]" : text;
}

void show_overview(Output& out) {
    out.paragraph({Style::strong, "debrief  "},
                  {Style::plain, "asks about your customer, after the meeting; works without a network"});
    std::string_view group;
    for (const auto& command : commands()) {
        if (command.group.empty() || command.name.find(' ') != std::string_view::npos) continue;
        if (command.group != group) out.line({{Style::strong, std::string{command.group}}});
        group = command.group;
        out.paragraph({Style::accent, "  " + padded(command.name, 12)}, {Style::plain, std::string{command.summary}});
    }
    out.line({{Style::strong, "Everywhere"}});
    show_params(out, global_params(), true);
    out.paragraph({Style::dim, ""},
                  {Style::dim, "debrief help COMMAND tells more; debrief help topics lists the other pages."});
}

void show_command(Output& out, const Command& command) {
    out.paragraph(command.summary);
    out.paragraph({Style::strong, "usage: "}, {Style::plain, synopsis(command)});
    show_params(out, command.params, false);
    show_params(out, command.params, true);
    for (const auto& below : commands()) {
        if (below.name.substr(0, command.name.size() + 1) == std::string{command.name} + " ") {
            out.paragraph({Style::accent, "  " + padded(synopsis(below).substr(8), name_width)},
                          {Style::plain, std::string{below.summary}});
        }
    }
    if (!command.details.empty()) out.paragraph(command.details);
    if (!command.examples.empty()) {
        out.line({{Style::strong, "For example"}});
        for (const auto& example : wrap(command.examples, 0)) out.line("  " + example);
    }
    if (!command.json.empty()) out.paragraph({Style::dim, "--json: "}, {Style::dim, std::string{command.json}});
    out.paragraph({Style::dim, "Everywhere: "},
                  {Style::dim, "--store DIR, --json, --color WHEN, --yes (debrief help)"});
}

bool show_topic(Output& out, std::string_view topic) {
    if (topic == "exit-codes") {
        for (const auto& info : exit_codes()) {
            out.paragraph({Style::accent, std::to_string(static_cast<int>(info.code)) + "  " + padded(info.name, 13)},
                          {Style::plain, std::string{info.meaning}});
        }
        return true;
    }
    if (topic == "environment") {
        show_environment(out);
        return true;
    }
    if (topic == "json") {
        show_json(out);
        return true;
    }
    if (topic == "chat") {
        show_chat_help(out, "debrief", "en");
        out.paragraph({Style::dim, ""}, {Style::dim,
                                         "In a review, a rehearsal or a one-to-one /help tells what counts "
                                         "there."});
        return true;
    }
    if (topic == "topics") {
        for (const auto& one : topics())
            out.paragraph({Style::accent, "  " + padded(one.name, name_width)},
                          {Style::plain, std::string{one.summary}});
        return true;
    }
    return false;
}

}  // namespace debrief::platform::cli
