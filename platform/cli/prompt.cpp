#include "platform/cli/prompt.hpp"

#include <unistd.h>

#include <cerrno>

#include "platform/cli/safe_text.hpp"

namespace debrief::platform::cli {
namespace {

core::Error broken_off() {
    return {core::Errc::cancelled, "Nothing was done. You broke it off.", "", "Run the command again when you like."};
}

core::Result<std::string> read_line() {
    std::string line;
    for (char c = 0;;) {
        const auto got = ::read(STDIN_FILENO, &c, 1);
        if (got < 0 && errno == EINTR && !interrupted()) continue;
        if (got <= 0) return broken_off();
        if (c == '\n') return line;
        if (line.size() < 4096) line += c;
    }
}

void show(const std::string& text) {
    const std::string safe = safe_text(text);
    if (::write(STDERR_FILENO, safe.data(), safe.size()) < 0) return;
}

}  // namespace

core::Result<std::string> ask_line(Context& context, const std::string& question, const std::string& option) {
    if (!may_prompt(context.environment)) {
        return core::Error{
            core::Errc::invalid,
            option + " is missing. Nobody can be asked here: this is no terminal, or DEBRIEF_NO_PROMPT is set.", option,
            "Give " + option + "."};
    }
    show(question + " ");
    return read_line();
}

core::Result<bool> ask_sure(Context& context, const std::string& question) {
    if (context.globals.yes) return true;
    if (!may_prompt(context.environment)) {
        return core::Error{
            core::Errc::invalid,
            "This needs a yes. Nobody can be asked here: this is no terminal, or DEBRIEF_NO_PROMPT is set.", "yes",
            "Add --yes if you are sure."};
    }
    show(question + " [y/N] ");
    auto line = read_line();
    if (!line) return line.error();
    return *line == "y" || *line == "Y" || *line == "yes" || *line == "ja" || *line == "j";
}

}  // namespace debrief::platform::cli
