#include "platform/cli/cli.hpp"

#include <algorithm>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <exception>

#include "platform/cli/help.hpp"
#include "platform/cli/parse.hpp"
#include "platform/cli/run_commands.hpp"

namespace debrief::platform::cli {
namespace {

ExitCode finish(Output& out, const Outcome& outcome) {
    if (outcome.failure()) out.fail(*outcome.failure());
    return outcome.code();
}

/// These need no store, so that a broken one cannot keep the user from help. `admin` takes one where it is not told of
/// a server's folder.
bool needs_folder(const Command* command) {
    if (command == nullptr) return true;
    for (const char* name : {"help", "version", "completion", "man", "understand", "serve", "admin"}) {
        if (command->name == name) return false;
    }
    return true;
}

Outcome dispatch(const Parsed& parsed, const Environment& environment, Output& out, const Context::Opener& opener) {
    std::string folder;
    if (!parsed.help) {
        // A folder that nobody can name is no matter for those that need none.
        auto found = store_folder(parsed.globals.store, environment);
        if (!found && needs_folder(parsed.command)) return found.error();
        if (found) folder = *found;
    }
    Context context{environment, parsed.globals, out, folder, opener};
    if (parsed.help) {
        Arguments arguments;
        if (parsed.command != nullptr) arguments.values["words"] = {std::string{parsed.command->name}};
        return run_help(context, arguments);
    }
    if (parsed.command == nullptr) return run_greeting(context, {});
    return parsed.command->run(context, parsed.arguments);
}

}  // namespace

ExitCode run(const std::vector<std::string>& words, const Environment& environment, Output& out,
             const Context::Opener& opener) {
    // A command line that cannot be read may still have asked for JSON.
    for (const auto& word : words) {
        if (word == "--json") out.want_json();
    }
    try {
        const auto parsed = parse(words);
        if (const auto* failure = std::get_if<Failure>(&parsed)) return finish(out, *failure);
        return finish(out, dispatch(std::get<Parsed>(parsed), environment, out, opener));
    } catch (const std::exception& error) {
        return finish(out, core::Error{core::Errc::internal,
                                       "Something unexpected happened. " + std::string{error.what()}, "", ""});
    }
}

int run_program(int argc, char** argv) {
    // Writing into a closed pipe is told to us by write(), not by a signal that would kill a half-done command.
    std::signal(SIGPIPE, SIG_IGN);
    const Environment environment = Environment::of_process();
    std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
    ColourWish wish = ColourWish::automatic;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool spaced = (words[i] == "--color" || words[i] == "--colour") && i + 1 < words.size();
        const std::string value = spaced                               ? words[i + 1]
                                  : words[i].rfind("--color=", 0) == 0 ? words[i].substr(8)
                                                                       : std::string{};
        if (value == "always") wish = ColourWish::always;
        if (value == "never") wish = ColourWish::never;
    }
    Output::Look look;
    look.colour = wants_colour(wish, environment.stdout_terminal, environment);
    look.colour_err = wants_colour(wish, environment.stderr_terminal, environment);
    look.width_err = environment.stderr_terminal ? environment.columns : 0;
    look.width = environment.stdout_terminal || environment.variable("COLUMNS") ? environment.columns : 0;
    Output out = Output::of_process(look);
    end_on_interruption(std::find(words.begin(), words.end(), "--json") != words.end());
    return static_cast<int>(run(words, environment, out, open_app));
}

}  // namespace debrief::platform::cli
