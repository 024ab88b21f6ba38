#include "platform/cli/parse.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>

#include "platform/cli/nearest.hpp"

namespace debrief::platform::cli {
namespace {

struct Bound {
    const Command* command = nullptr;
    CLI::App* app = nullptr;
    std::map<std::string, std::vector<std::string>> values;
    std::map<std::string, bool> flags;
};

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find(' ', at), text.size());
        out.emplace_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

void bind(Bound& bound) {
    for (const auto& param : bound.command->params) {
        const std::string key = param.key();
        const std::string help{param.help};
        if (param.value.empty()) {
            bound.app->add_flag(std::string{param.name}, bound.flags[key], help);
            continue;
        }
        auto* option = bound.app->add_option(std::string{param.name}, bound.values[key], help);
        if (!param.many) option->expected(1)->allow_extra_args(false);
        if (param.many && param.is_option())
            option->expected(1)
                ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
                ->take_all()
                ->allow_extra_args(false);
        if (!param.many && param.is_option()) option->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    }
}

std::string usage_of(const Command& command) {
    return "debrief help " + std::string{command.name};
}

Failure wrong(std::string what, std::string why, std::string next, std::string field = {}) {
    return {std::move(what), std::move(why), std::move(next), ExitCode::usage, "usage", std::move(field)};
}

/// Checks what the library was not told: needed words, whole numbers, allowed words. So the messages are ours.
std::optional<Failure> check(const Command& command, const Arguments& arguments) {
    for (const auto& param : command.params) {
        const std::string key = param.key();
        const auto typed = arguments.value(key);
        if (!typed) {
            if (!param.required) continue;
            return wrong("'debrief " + std::string{command.name} + "' needs " +
                             (param.is_option() ? std::string{param.name} + " " : "") + std::string{param.value} + ".",
                         std::string{param.help},
                         param.complete == Complete::accounts ? "debrief accounts lists them; " + usage_of(command)
                                                              : usage_of(command),
                         key);
        }
        const auto number = arguments.number(key);
        if (param.number && (!number || *number < param.least || (param.most > 0 && *number > param.most))) {
            const std::string range = param.most > 0
                                          ? " from " + std::to_string(param.least) + " to " + std::to_string(param.most)
                                      : param.least > 0 ? " from " + std::to_string(param.least) + " on"
                                                        : "";
            return wrong(std::string{param.name} + " needs a whole number" + range + ", not '" + *typed + "'.",
                         std::string{param.help}, usage_of(command), key);
        }
        if (!param.words.empty()) {
            const auto allowed = words_of(param.words);
            if (std::find(allowed.begin(), allowed.end(), *typed) == allowed.end()) {
                const auto meant = nearest(*typed, allowed);
                return wrong("'" + *typed + "' is not something that " +
                                 std::string{param.is_option() ? param.name : param.value} + " can be.",
                             "It can be: " + std::string{param.words},
                             meant ? "Did you mean '" + *meant + "'?" : usage_of(command), key);
            }
        }
    }
    return std::nullopt;
}

/// The first word that is no option and no option's value: the name of a command, or a try at one.
std::string first_word(const std::vector<std::string>& words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (word == "--store" || word == "--color" || word == "--seed") {
            ++i;
        } else if (word.rfind('-', 0) != 0) {
            return word;
        }
    }
    return {};
}

/// `--json=fields`: the library would take it for `--json` and say nothing.
std::optional<Failure> value_for_a_flag(const std::vector<std::string>& words) {
    const auto* command = find_command(first_word(words));
    for (const auto& word : words) {
        if (word == "--") break;
        const auto equals = word.find('=');
        if (word.rfind("--", 0) != 0 || equals == std::string::npos) continue;
        const std::string name = word.substr(0, equals);
        const auto is_flag = [&name](const Param& param) { return param.name == name && param.value.empty(); };
        const auto has = [&is_flag](std::span<const Param> params) {
            return std::any_of(params.begin(), params.end(), is_flag);
        };
        const bool below = std::any_of(commands().begin(), commands().end(), [&](const Command& one) {
            return command != nullptr && one.name.rfind(std::string{command->name} + " ", 0) == 0 && has(one.params);
        });
        if (name != "--version" && !has(global_params()) && !below && (command == nullptr || !has(command->params)))
            continue;
        return wrong(name + " takes no value, but '" + word + "' was written.",
                     name == "--json" ? "All fields always come; 'debrief help json' lists them."
                                      : "It is switched on by being there.",
                     "Write " + name + " alone.", name.substr(2));
    }
    return std::nullopt;
}

Failure unknown_word(const std::string& word, const Command* command) {
    if (word.rfind('-', 0) == 0) {
        // Without the dashes: what all have in common makes none of them likelier.
        std::vector<std::string> options;
        for (const auto& param : global_params()) options.push_back(param.key());
        if (command != nullptr) {
            for (const auto& param : command->params) {
                if (param.is_option()) options.push_back(param.key());
            }
        }
        const std::string bare = word.substr(0, word.find('='));
        const auto meant = nearest(bare.substr(std::min(bare.find_first_not_of('-'), bare.size())), options);
        const std::string where = command == nullptr ? "debrief" : "debrief " + std::string{command->name};
        return wrong("'" + where + "' has no option " + word + ".", "Options are listed by " + where + " --help.",
                     meant ? "Did you mean --" + *meant + "?" : where + " --help", word);
    }
    if (command == nullptr || command->run == nullptr) {
        const std::string start = command == nullptr ? "" : std::string{command->name} + " ";
        std::vector<std::string> names;
        for (const auto& one : commands()) {
            if (!one.group.empty() && one.name.substr(0, start.size()) == start)
                names.emplace_back(one.name.substr(start.size()));
        }
        const auto meant = nearest(word, names);
        return wrong("There is no command '" + start + word + "'.", "Commands are listed by debrief help.",
                     meant ? "Did you mean: debrief " + start + *meant + "?" : "debrief help", word);
    }
    return wrong("'" + word + "' is one word too many for 'debrief " + std::string{command->name} + "'.",
                 "A name of several words needs quotes around it.", usage_of(*command), word);
}

/// `--test-clock` may stand without a value; the library would swallow the next word.
std::vector<std::string> with_plain_test_clock(const std::vector<std::string>& words) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] != "--test-clock") {
            out.push_back(words[i]);
            continue;
        }
        const bool has_value = i + 1 < words.size() && !words[i + 1].empty() &&
                               words[i + 1].find_first_not_of("0123456789") == 4 && words[i + 1][4] == '-';
        out.push_back("--test-clock=" + (has_value ? words[++i] : std::string{"now"}));
    }
    return out;
}

}  // namespace

std::variant<Parsed, Failure> parse(const std::vector<std::string>& typed) {
    Parsed parsed;
    const std::vector<std::string> words = with_plain_test_clock(typed);

    // Words behind such a command are not ours to judge, so the parser does not see them.
    std::vector<std::string> ours = words, theirs;
    if (const auto* command = find_command(first_word(words)); command != nullptr && command->raw_words) {
        const auto at = std::find(words.begin(), words.end(), std::string{command->name});
        ours.assign(words.begin(), at + 1);
        for (auto word = at + 1; word != words.end(); ++word) {
            if (*word == "--json" || *word == "--help" || *word == "-h" || *word == "--yes" ||
                word->rfind("--store=", 0) == 0) {
                ours.push_back(*word);
            } else if (*word == "--store" && word + 1 != words.end()) {
                ours.push_back(*word);
                ours.push_back(*++word);
            } else {
                theirs.push_back(*word);
            }
        }
    }

    if (auto failure = value_for_a_flag(ours)) return *failure;

    CLI::App app{"", "debrief"};
    app.set_help_flag();
    app.fallthrough();
    std::string store, colour, clock, seed;
    bool version = false;
    auto* store_option = app.add_option("--store", store)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    app.add_flag("--json", parsed.globals.json);
    auto* colour_option =
        app.add_option("--color,--colour", colour)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    app.add_flag("-y,--yes", parsed.globals.yes);
    auto* clock_option = app.add_option("--test-clock", clock)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    auto* seed_option = app.add_option("--seed", seed)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    app.add_flag("-h,--help", parsed.help);
    app.add_flag("--version", version);

    std::vector<Bound> bound(commands().size());
    for (std::size_t i = 0; i < bound.size(); ++i) {
        const Command& command = commands()[i];
        const auto blank = command.name.find(' ');
        CLI::App* parent =
            blank == std::string_view::npos ? &app : app.get_subcommand(std::string{command.name.substr(0, blank)});
        bound[i].command = &command;
        bound[i].app = parent->add_subcommand(
            std::string{blank == std::string_view::npos ? command.name : command.name.substr(blank + 1)});
        bound[i].app->set_help_flag();
        bound[i].app->fallthrough();
        bind(bound[i]);
    }

    // Subcommands by the same name as a word ("plan" as an account) must not be taken for commands: only the first
    // counts.
    app.require_subcommand(0, 1);
    std::vector<std::string> reversed{ours.rbegin(), ours.rend()};
    const auto chosen = [&]() -> Bound* {
        Bound* deepest = nullptr;
        for (auto& one : bound) {
            if (one.app->parsed() && (deepest == nullptr || one.command->name.size() > deepest->command->name.size()))
                deepest = &one;
        }
        return deepest;
    };
    try {
        app.parse(std::move(reversed));
    } catch (const CLI::ExtrasError&) {
        const Bound* at = chosen();
        std::vector<std::string> extras = app.remaining(true);
        // An unknown option explains the words that follow it.
        const auto option = std::find_if(extras.begin(), extras.end(),
                                         [](const auto& word) { return word.rfind('-', 0) == 0 && word.size() > 1; });
        const std::string word = option != extras.end() ? *option : extras.empty() ? std::string{} : extras.front();
        return unknown_word(word, at == nullptr ? nullptr : at->command);
    } catch (const CLI::ParseError& error) {
        const Bound* at = chosen();
        return wrong("The command line could not be read: " + std::string{error.what()},
                     "An option may lack its value.", at == nullptr ? "debrief help" : usage_of(*at->command));
    }

    if (store_option->count() > 0) parsed.globals.store = store;
    if (clock_option->count() > 0) parsed.globals.test_clock = clock == "now" ? std::string{} : clock;
    if (colour_option->count() > 0) {
        if (colour != "auto" && colour != "always" && colour != "never") {
            return wrong("--color cannot be '" + colour + "'.", "It can be: auto always never",
                         "debrief --color never …", "color");
        }
        parsed.globals.colour = colour == "always"  ? ColourWish::always
                                : colour == "never" ? ColourWish::never
                                                    : ColourWish::automatic;
    }
    if (seed_option->count() > 0) {
        std::uint64_t number = 0;
        const auto [end, error] = std::from_chars(seed.data(), seed.data() + seed.size(), number);
        if (error != std::errc{} || end != seed.data() + seed.size()) {
            return wrong("--seed needs a whole number, not '" + seed + "'.", "It makes chance repeat, for tests.",
                         "debrief --seed 1 …", "seed");
        }
        parsed.globals.seed = number;
    }
    if (version) {
        parsed.command = find_command("version");
        return parsed;
    }
    if (Bound* at = chosen(); at != nullptr) {
        parsed.command = at->command;
        for (auto& [key, values] : at->values) {
            if (!values.empty()) parsed.arguments.values[key] = std::move(values);
        }
        parsed.arguments.flags = std::move(at->flags);
        if (at->command->raw_words) parsed.arguments.values["words"] = std::move(theirs);
        if (parsed.help) return parsed;
        if (at->command->run == nullptr) {
            return wrong("'debrief " + std::string{at->command->name} + "' needs one more word.",
                         std::string{at->command->summary}, usage_of(*at->command));
        }
        if (auto failure = check(*at->command, parsed.arguments)) return *failure;
    }
    return parsed;
}

}  // namespace debrief::platform::cli
