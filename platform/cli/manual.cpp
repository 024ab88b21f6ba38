// Manual pages, as troff with the man macros.
#include "platform/cli/chat_help.hpp"
#include "platform/cli/help.hpp"
#include "platform/cli/layout.hpp"

namespace debrief::platform::cli {
namespace {

/// Text as troff sees it: a leading dot or quote would be a request, a backslash an escape, a hyphen a soft one.
std::string roff(std::string_view text) {
    std::string out;
    bool line_start = true;
    for (const char c : text) {
        if (line_start && (c == '.' || c == '\'')) out += "\\&";
        line_start = c == '\n';
        if (c == '\\') {
            out += "\\e";
        } else if (c == '-') {
            out += "\\-";
        } else {
            out += c;
        }
    }
    for (auto at = out.find("…"); at != std::string::npos; at = out.find("…", at))
        out.replace(at, std::string_view{"…"}.size(), "...");
    return out;
}

std::string tagged(std::string_view tag, std::string_view text) {
    return ".TP\n.B " + roff(tag) + "\n" + roff(text) + "\n";
}

std::string params_text(std::span<const Param> params) {
    std::string out;
    for (const auto& param : params) {
        std::string tag = param.is_option() ? std::string{param.name} : std::string{param.value};
        if (param.is_option() && !param.value.empty()) tag += " " + std::string{param.value};
        out += tagged(tag, param.help.empty() ? std::string_view{"See above."} : param.help);
    }
    return out;
}

std::string head(const std::string& title, std::string_view name, std::string_view summary) {
    std::string upper = title;
    for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    std::string line{summary};
    if (!line.empty() && line.back() == '.') line.pop_back();
    return ".TH " + upper + " 1 \"\" \"debrief\" \"Debrief\"\n.SH NAME\n" + roff(name) + " \\- " + roff(line) + "\n";
}

std::string exit_text() {
    std::string out = ".SH EXIT STATUS\n";
    for (const auto& info : exit_codes())
        out += tagged(std::to_string(static_cast<int>(info.code)) + " " + std::string{info.name}, info.meaning);
    return out;
}

std::string program_page() {
    std::string out = head("debrief", "debrief", "ask about the customer, after the meeting");
    out += ".SH SYNOPSIS\n.B debrief\n[\\fIoptions\\fR] [\\fICOMMAND\\fR ...]\n.SH DESCRIPTION\n" +
           roff(
               "Debrief asks a few questions about the customer after a meeting, shows what it understood, and keeps "
               "what you confirm. "
               "It works without a network and syncs when there is one.") +
           "\n.SH COMMANDS\n";
    for (const auto& command : commands()) {
        if (!command.group.empty()) out += tagged(synopsis(command).substr(8), command.summary);
    }
    out += ".SH OPTIONS\n" + params_text(global_params());
    out += ".SH ENVIRONMENT\n" + tagged("DEBRIEF_HOME", "The store's folder, where --store is not given.") +
           tagged("XDG_DATA_HOME", "Where data folders live.") +
           tagged("DEBRIEF_NO_PROMPT", "Never ask; end with 2 and name the option instead.") +
           tagged("NO_COLOR, CLICOLOR, CLICOLOR_FORCE", "As everywhere.");
    return out + exit_text();
}

}  // namespace

std::string manual_page(const Command* command) {
    if (command == nullptr) return program_page();
    std::string title = "debrief-" + std::string{command->name};
    for (char& c : title) c = c == ' ' ? '-' : c;
    std::string out = head(title, title, command->summary);
    out += ".SH SYNOPSIS\n.B " + roff(synopsis(*command)) + "\n.SH DESCRIPTION\n" + roff(command->summary) + "\n";
    if (!command->details.empty()) out += ".PP\n" + roff(command->details) + "\n";
    if (!command->params.empty()) out += ".SH OPTIONS\n" + params_text(command->params);
    if (command->name == "chat") {
        out += ".SH WITHIN A CONVERSATION\n";
        for (const auto& row : chat_help_rows("debrief", "en")) out += tagged(row.usage, std::string{row.help});
    }
    if (!command->json.empty())
        out += ".SH JSON\n" + roff("Fields with --json: " + std::string{command->json} + ".") + "\n";
    if (!command->examples.empty()) {
        out += ".SH EXAMPLES\n.nf\n";
        for (const auto& example : wrap(command->examples, 0)) out += roff(example) + "\n";
        out += ".fi\n";
    }
    return out + exit_text() + ".SH SEE ALSO\n.BR debrief (1)\n";
}

}  // namespace debrief::platform::cli
