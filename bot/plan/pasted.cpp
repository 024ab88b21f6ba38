#include "bot/plan/pasted.hpp"

#include <algorithm>

namespace debrief::bot {
namespace {

using sv = std::string_view;

sv trimmed_line(sv line) {
    const auto first = line.find_first_not_of(" \t\r");
    if (first == sv::npos) return {};
    return line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
}

/// "- ", "* ", "> ", "[ ] ", "2. ", "2) " at the beginning; how many bytes, 0 if there is none. "12 people" has none.
std::size_t mark_length(sv line) {
    for (const sv mark : {sv("- "), sv("* "), sv("+ "), sv("> "), sv("• "), sv("– "), sv("[ ] "), sv("[x] ")}) {
        if (line.starts_with(mark)) return mark.size();
    }
    const auto digits = std::min(line.find_first_not_of("0123456789"), line.size());
    const bool numbered = digits > 0 && digits <= 3 && digits + 1 < line.size() &&
                          (line[digits] == '.' || line[digits] == ')') && line[digits + 1] == ' ';
    return numbered ? digits + 2 : 0;
}

bool is_heading(sv line) {
    const auto signs = std::min(line.find_first_not_of('#'), line.size());
    const bool rule = line.size() >= 3 && line.find_first_not_of("-=*_") == sv::npos;
    return rule || (signs > 0 && signs <= 6 && (signs == line.size() || line[signs] == ' '));
}

}  // namespace

std::string without_markdown(sv text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        sv line = trimmed_line(text.substr(at, end - at));
        at = end + 1;
        if (is_heading(line)) continue;
        while (const std::size_t mark = mark_length(line)) line = trimmed_line(line.substr(mark));
        std::string plain{line};
        // "**Goal**" is a word with weight.
        for (auto bold = plain.find("**"); bold != std::string::npos; bold = plain.find("**")) plain.erase(bold, 2);
        out += plain;
        if (end < text.size()) out += '\n';
    }
    return out;
}

}  // namespace debrief::bot
